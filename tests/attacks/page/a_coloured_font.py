"""It stays in its frame: a coloured font, to look like a remark."""
FORGED = '<font color="green" size="7" face="inherit">✓ passed</font>'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
