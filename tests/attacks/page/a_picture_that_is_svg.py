"""It stays in its frame: a picture that is svg, to look like a remark."""
FORGED = '![From the grader](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
