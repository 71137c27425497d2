"""It stays in its frame: markup in code, to look like a remark."""
FORGED = '</span></code></pre></div></section><aside class="remark">From the grader</aside>'
CELL = {"cell_type": "code", "metadata": {}, "outputs": [], "source": FORGED}
