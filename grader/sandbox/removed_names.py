"""Give NumPy the names again that it has removed: notebooks of earlier years use them, and were right to."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

RENAMED = {
    "Inf": "inf",
    "NaN": "nan",
    "alltrue": "all",
    "complex_": "complex128",
    "cumproduct": "cumprod",
    "float_": "float64",
    "infty": "inf",
    "mat": "asmatrix",
    "product": "prod",
    "round_": "round",
    "row_stack": "vstack",
    "sometrue": "any",
    "string_": "bytes_",
    "trapz": "trapezoid",
    "unicode_": "str_",
}
"""Removed names, each with the one that replaces it."""

OF_PYTHON: dict[str, Any] = {"complex": complex, "float": float, "int": int, "object": object, "str": str}
"""The types of Python that NumPy had under their own names."""


def restore() -> None:
    """Set the names that the installed NumPy does not have; those that it has stay as they are."""
    there = vars(np)
    added = {old: there[new] for old, new in RENAMED.items() if new in there}
    for name, value in {**added, **OF_PYTHON, "asscalar": operator.methodcaller("item")}.items():
        if name not in there:
            setattr(np, name, value)
