"""It is unreadable: a hundred thousand cells."""


def make(folder):
    path = folder / "cells.ipynb"
    cell = '{"cell_type": "code", "metadata": {}, "outputs": [], "source": "1"}'
    cells = ",".join([cell] * 100_000)
    path.write_text('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [' + cells + "]}")
    return path
