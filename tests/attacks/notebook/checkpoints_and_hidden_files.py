"""It earns full marks: checkpoints, hidden files and what a zip of a Mac has are not taken for work."""
import json
import zipfile
from pathlib import Path

RIGHT = Path(__file__).parents[1] / "course" / "solutions" / "tiny.py"


def make(folder):
    path = folder / "class.zip"
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": RIGHT.read_text()}
    right = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("student/work.ipynb", right)
        for name in (
            "student/.ipynb_checkpoints/work-checkpoint.ipynb", "__MACOSX/student/._work.ipynb",
            ".hidden.ipynb", "student/readme.txt",
        ):
            archive.writestr(name, "{}")
    return path
