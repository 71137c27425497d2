"""It earns nothing: functions whose bytecode doubles with each `finally` inside a `finally`."""
import json

HELPERS = 40


def helper(number):
    lines = [f"def help{number}(A):"]
    for level in range(1, 19):
        lines += ["    " * level + "try:", "    " * level + "    A()", "    " * level + "finally:"]
    return "\n".join([*lines, "    " * 19 + "A()"])


def make(folder):
    norm = "def norm(A):\n    return " + " + ".join(f"help{number}(A)" for number in range(HELPERS))
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
        for source in (norm, *map(helper, range(HELPERS)))
    ]
    path = folder / "slow.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}))
    return path
