"""It is unreadable: an import whose names CPython joins to ten gigabytes."""
import json


def make(folder):
    path = folder / "dots.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "import a" + ".a" * 100_000}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}))
    return path
