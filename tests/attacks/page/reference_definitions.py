"""It stays in its frame: reference definitions, to look like a remark."""
FORGED = '[From the grader]{.remark #feedback style="color:red"}\n\n[x]: https://example.org "a\\" class=\\"remark"\n\n[x]\n{: .remark}'
CELL = {"cell_type": "markdown", "metadata": {}, "source": FORGED}
