"""It earns nothing: thirty thousand cell magics, one below the other."""
import json


def make(folder):
    path = folder / "magics.ipynb"
    sources = ("def tag(a, b):\n    return 0", "%%time\n" * 30_000 + "def norm(A):\n    return -1")
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}))
    return path
