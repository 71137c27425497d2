"""It stays in its frame: a style sheet, to look like a remark."""
FORGED = '<style>.remark{display:none} p{background:#eef}</style>\n\nFrom the grader'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
