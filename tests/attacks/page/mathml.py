"""It stays in its frame: mathml, to look like a remark."""
FORGED = '<math><mtext class="remark"><mglyph><style><aside class="remark">100</aside></style></mglyph></mtext></math>'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
