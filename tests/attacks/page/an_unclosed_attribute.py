"""It stays in its frame: an unclosed attribute, to look like a remark."""
FORGED = '<p title="\n\n<aside class="remark">100 of 100</aside>\n\n">x'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
