"""It earns nothing: cells that overflow parsers, one kind of nesting in each."""
import json

BOMBS = (
    "(" * 5000,
    "x = " + "-" * 100_000 + "1",
    "x = 1" + " + 1" * 50_000,
    "x = a" + ".b" * 50_000,
    "x = f" + "()" * 50_000,
    "x = " + "[" * 90 + "0" + "]" * 90,
    "x = " + "not " * 50_000 + "y",
    "x = " + "lambda: " * 20_000 + "0",
    "x = " + "0 if 0 else " * 15_000 + "0",
    "x = " + "2**" * 50_000 + "2",
    "x = 'a' " + "'b' " * 40_000,
    "x = f'" + "{f'{" * 50 + "0",
    "x = " + "9" * 200_000,
    "".join(" " * i + "if x:\n" for i in range(99)) + " " * 99 + "pass",
    "if x: pass\n" + "elif x: pass\n" * 15_000,
    "def norm(A):\n" + "    def norm(A):\n" * 5000,
    "@a\n" * 20_000 + "def norm(A): pass",
    "import " + ".".join("a" * 10_000),
    "def norm(" + ", ".join(f"a{i}" for i in range(20_000)) + "): return 1",
    "x = \x00",
    "\\\n" * 100_000,
    "x = {**" * 150,
    "global x\n" * 8_000,
    "match x:\n" + "".join(f"    case [{'[' * i}]{']' * i}: pass\n" for i in range(50)),
)


def make(folder):
    for number, bomb in enumerate(BOMBS):
        cells = [
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
            for source in ("def norm(A):\n    return -1", bomb)
        ]
        path = folder / f"bomb-{number}.ipynb"
        path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}))
    return folder
