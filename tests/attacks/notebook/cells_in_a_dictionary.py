"""It is unreadable: cells by name."""


def make(folder):
    path = folder / "cells.ipynb"
    path.write_text('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": {"cell_type": "code"}}')
    return path
