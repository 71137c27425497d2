"""It is unreadable: more code than a notebook has."""
import json


def make(folder):
    path = folder / "long.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = 1\n" * 200_000}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}))
    return path
