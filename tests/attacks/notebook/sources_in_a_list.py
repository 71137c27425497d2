"""It is unreadable: a cell whose lines are lists."""


def make(folder):
    path = folder / "source.ipynb"
    cell = '{"cell_type": "code", "metadata": {}, "outputs": [], "source": [["def norm(A):"], 1, null]}'
    path.write_text('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [' + cell + "]}")
    return path
