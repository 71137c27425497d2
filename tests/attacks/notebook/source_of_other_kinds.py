"""It is unreadable: a cell whose source is a number."""


def make(folder):
    path = folder / "source.ipynb"
    cell = '{"cell_type": "code", "metadata": [], "outputs": 1, "source": 10}'
    path.write_text('{"nbformat": 4, "nbformat_minor": 4, "metadata": 1, "cells": [' + cell + "]}")
    return path
