"""It is unreadable: JSON of another kind."""


def make(folder):
    path = folder / "list.ipynb"
    path.write_text('["nbformat", 4, "cells", []]')
    return path
