"""It is unreadable: an old format whose parts are not what they should be."""


def make(folder):
    path = folder / "old.ipynb"
    path.write_text('{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": 5}, null]}')
    return path
