"""It earns nothing: source in letters that no file could hold."""
import json


def make(folder):
    path = folder / "surrogates.ipynb"
    cell = {
        "cell_type": "code", "metadata": {}, "outputs": [],
        "source": "def norm(A):\n    '''\ud800 \udfff'''\n    return '\ud800'",
    }
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}))
    return path
