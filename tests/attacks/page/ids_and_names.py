"""It stays in its frame: ids and names, to look like a remark."""
FORGED = '<a name="feedback" id="feedback" class="remark" target="_top" href="https://example.org">From the grader</a>'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
