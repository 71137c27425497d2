"""Write values as Python source that makes them again; large arrays are kept in a file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.models.value_text import called, table
from grader.plain.frames import Column, Frame, Labels, Series
from grader.plain.records import Instance, Named

FEW = 200
"""The numbers of an array that is written out."""

RECORDED = "RECORDED"
"""The name of the arrays in a file of test cases that are too large to be written out."""


class CannotWriteError(Exception):
    """A value that cannot be written as source."""


class Literals:
    """Writes values; `arrays` collects the large ones by name, and `pandas` says whether it is needed."""

    def __init__(self) -> None:
        self.arrays: dict[str, np.ndarray] = {}
        self.pandas = False

    def write(self, value: Any) -> str:
        """Return Python source of a value.

        Raises:
            CannotWriteError: there is none.
        """
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, np.generic):
            return self._number(value)
        if isinstance(value, Frame | Series | Labels | Column):
            self.pandas = True
            return table(value, self.write, "pd.")
        if isinstance(value, Named | Instance):
            return called(value, self.write)
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{self.write(k)}: {self.write(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list | tuple | set | frozenset):
            return self._series(value)
        if isinstance(value, float | complex):
            return _float(value)
        if value is None or isinstance(value, bool | int | str | bytes):
            return repr(value)
        raise CannotWriteError(f"a value of type {type(value).__name__}")

    def archive(self) -> bytes:
        """Return the large arrays as a file of NumPy."""
        stream = io.BytesIO()
        np.savez_compressed(stream, **self.arrays)  # type: ignore[arg-type]
        return stream.getvalue()

    def _series(self, value: Any) -> str:
        inner = ", ".join(
            map(self.write, value if isinstance(value, list | tuple) else sorted(value, key=repr))
        )
        if isinstance(value, list):
            return f"[{inner}]"
        if isinstance(value, tuple):
            return f"({inner},)" if len(value) == 1 else f"({inner})"
        made = f"{{{inner}}}" if value else "set()"
        return f"frozenset({made if value else ''})" if isinstance(value, frozenset) else made

    def _array(self, value: np.ndarray) -> str:
        if value.dtype.kind == "O":
            return f"np.array({self.write(value.tolist())}, dtype=object)"
        if value.dtype.names is not None:
            raise CannotWriteError("a structured array")
        if value.size > FEW and value.dtype.kind in "biufcUSmM":
            name = f"a{len(self.arrays) + 1}"
            self.arrays[name] = value
            return f'{RECORDED}["{name}"]'
        plain = value.astype(str).tolist() if value.dtype.kind in "mM" else value.tolist()
        if value.size == 0:
            return f"np.zeros({value.shape}, dtype={value.dtype.str!r})"
        usual = value.dtype in (np.dtype(float), np.dtype(int), np.dtype(bool)) or value.dtype.kind == "U"
        kind = "" if usual else f", dtype={value.dtype.str!r}"
        return f"np.array({self.write(plain)}{kind})"

    def _number(self, value: np.generic) -> str:
        if value.dtype.kind in "mM":
            return f"np.{type(value).__name__}({str(value)!r})"
        return f"np.{type(value).__name__}({self.write(value.item())})"


def _float(value: float | complex) -> str:
    if isinstance(value, float):
        return repr(value) if np.isfinite(value) else f'float("{value}")'
    return f"complex({_float(value.real)}, {_float(value.imag)})"
