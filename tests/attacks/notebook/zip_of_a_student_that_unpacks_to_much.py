"""It is unreadable: a student's zip of a few hundred kilobytes unpacks to three hundred megabytes."""
import io
import zipfile

NOTEBOOK = (
    b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{"cell_type": "code", '
    b'"metadata": {}, "outputs": [], "source": "def norm(A): return 1"}]}'
)


def make(folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(16):
            archive.writestr(f"{number}.ipynb", NOTEBOOK + b" " * (19 << 20))
    (folder / "ada").mkdir()
    (folder / "ada" / "work.zip").write_bytes(packed.getvalue())
    return folder
