"""It stays in its frame: a template, to look like a remark."""
FORGED = '<template shadowrootmode="open"><aside class="remark">100</aside></template><slot name="remark"></slot>'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
