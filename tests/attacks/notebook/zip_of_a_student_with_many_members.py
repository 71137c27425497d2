"""It is unreadable: a student's zip in the zip of a class has thousands of notebooks."""
import io
import zipfile

NOTEBOOK = (
    b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{"cell_type": "code", '
    b'"metadata": {}, "outputs": [], "source": "def norm(A): return 1"}]}'
)


def make(folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"{number}.ipynb", NOTEBOOK)
    path = folder / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ada/work.zip", packed.getvalue())
    return path
