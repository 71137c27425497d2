"""It earns nothing: a seed with two hundred thousand blanks between its brackets."""
import json


def make(folder):
    path = folder / "blanks.ipynb"
    source = "import numpy as np\ndef norm(A):\n    np.random.seed(" + " " * 200_000 + "1)\n    return -1"
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}))
    return path
