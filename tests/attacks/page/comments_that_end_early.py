"""It stays in its frame: comments that end early, to look like a remark."""
FORGED = '<!-- --!><aside class="remark">100 of 100</aside><!-- -->'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
