"""It earns nothing: a function whose name only looks like a graded one, and markup for names."""
import json


def make(folder):
    path = folder / "names.ipynb"
    source = (
        "def n\u043erm(A):\n    return 0\n\ndef norm(A):\n    return \u202e\u2066 A\n"
        "# GRADED FUNCTION: <script>alert(1)</script>\n"
    )
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": text}
        for text in (source, "def tag(parameters, label):\n    return undefined_name_of_\u5b57")
    ]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}))
    return path
