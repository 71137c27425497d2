"""Fuzzes what reads a stranger's bytes, with atheris: by hand, for as long as one likes.

    pip install atheris && python tests/fuzz/fuzz.py decoder -max_total_time=1200

The targets are `decoder` (a child's replies), `extraction` (the code in a notebook's cells) and `intake` (a
notebook's bytes, and a zip's). Whatever leaves them but their own exceptions is a bug.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris
import numpy as np

with atheris.instrument_imports(include=["grader"]):
    from grader.errors import UnreadableError, UsageError
    from grader.models import serialization
    from grader.models.assignment import Wanted
    from grader.models.submission import Cell
    from grader.notebooks.extraction import extract
    from grader.notebooks.reader import read_cells
    from grader.submissions import find, read

WANTED = Wanted(("f", "g"), {"f": "cell-f"}, {"lib": "def helper(x):\n    return x\n"})
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def decoder(data: bytes) -> None:
    """Decode; what decodes encodes to the same value again."""
    with contextlib.suppress(serialization.WireError):
        again = serialization.encode(serialization.decode(data))
        serialization.decode(again)


def extraction(data: bytes) -> None:
    """Extract from two cells of any text, in which the graded functions are likely."""
    text = data.decode("utf-8", "replace")
    for mark, beginning in (("\x01", "def f(x):\n    "), ("\x02", "def g(x):\n    ")):
        text = text.replace(mark, beginning)
    first, _, second = text.partition("\x00")
    extract((Cell(1, first, "cell-f"), Cell(2, second)), WANTED)


def intake(data: bytes) -> None:
    """Read the bytes as a notebook, and as a zip of notebooks."""
    with contextlib.suppress(UnreadableError):
        read_cells(data)
    path = FOLDER / "class.zip"
    path.write_bytes(data)
    with contextlib.suppress(UsageError):
        for handed in find([path]):
            with contextlib.suppress(UnreadableError):
                read_cells(read(handed))


def seeds(folder: Path) -> None:
    """Something valid of each kind to begin with."""
    (folder / "value").write_bytes(serialization.encode({"W1": [1.5, "x", None, (True, 3)], "b": b"12"}))
    kinds = (
        {1, (2, "a")},
        range(3),
        np.array(["a", "bc"]),
        np.datetime64("2020-01-01"),
        np.array([None], object),
    )
    (folder / "kinds").write_bytes(serialization.encode(kinds))
    (folder / "cells").write_bytes(b"from lib import *\n\x01return helper(x)\x00\x02return f(x)")
    notebook = json.dumps(
        {
            "cells": [{"cell_type": "code", "source": ["x=1\n"], "metadata": {}, "outputs": []}],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 4,
        }
    ).encode()
    (folder / "notebook").write_bytes(notebook)
    with zipfile.ZipFile(folder / "zip", "w") as archive:
        archive.writestr("a.ipynb", notebook)


TARGETS: dict[str, Callable[[bytes], None]] = {"decoder": decoder, "extraction": extraction, "intake": intake}

if __name__ == "__main__":
    target = TARGETS[sys.argv[1]]
    corpus = Path(tempfile.mkdtemp(prefix="corpus-"))
    seeds(corpus)
    atheris.Setup([sys.argv[0], str(corpus), *sys.argv[2:]], target)
    atheris.Fuzz()
