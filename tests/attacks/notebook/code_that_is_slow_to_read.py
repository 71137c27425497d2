"""It earns nothing: cells that a careless search would read for hours."""
import json

SLOW = (
    "# GRADED FUNCTION: norm\n" * 8000,
    "def norm(A" + " " * 200_000,
    "def norm(A):\n    '''" + "\\" * 200_000,
    "%" + " " * 200_000 + "\ndef norm(A):",
    "def norm(A):\n" + "    # START CODE HERE\n" * 8000 + "    return (",
    "def norm(A):\n    x = " + "=" * 200_000,
    "def norm(A):\n    return ((" + ", " * 100_000,
    "a, " * 30_000 + "= !ls\ndef norm(A):",
    "def norm(A):\n    return [" + "1,\n" * 15_000,
    "\t" * 100_000 + "def norm(A): return 1\n" + " " * 100_000 + "x",
    "def norm(A):\n    pass\n" * 5_000 + "(",
    "x" * 200_000 + "?\n" + "def norm(A): return (",
)


def make(folder):
    for number, source in enumerate(SLOW):
        cells = [
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": text}
            for text in ("def tag(a, b):\n    return 0", source)
        ]
        path = folder / f"slow-{number}.ipynb"
        path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}))
    return folder
