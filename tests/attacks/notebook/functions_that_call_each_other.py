"""It earns nothing: graded functions that need each other without end."""
import json


def make(folder):
    path = folder / "circle.ipynb"
    names = ("double", "norm", "quadruple", "tag")
    circle = zip(names, (*names[1:], names[0]), strict=True)
    source = "\n".join(f"def {name}(*args):\n    return {other}(*args)" for name, other in circle)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}))
    return path
