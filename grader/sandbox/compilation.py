"""Compile the statements of a program to what a worker process runs."""

from __future__ import annotations
import __future__

import ast
import functools
import operator
import types
from collections.abc import Sequence
from typing import Any, NamedTuple

from grader.models.protocol import KEEP, LEND

WRITING = "%%writefile "
FUTURES = functools.reduce(
    operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)
"""The compiler flags of all features in `__future__`."""


class Written(NamedTuple):
    """The file of a `%%writefile` cell: its module, text, position, and whether it is appended."""

    module: str
    text: str
    cell: int
    line: int
    appended: bool


class Lent(NamedTuple):
    """The place in a program where a variable gets the value that is lent of an item."""

    item: str
    name: str


class Kept(NamedTuple):
    """The place in a program that lends where a variable has the value of an item."""

    item: str
    name: str


Code = types.CodeType | Written | Lent | Kept


class Compiler:
    """Compiles statements in order; imports from `__future__` apply to all later ones."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT

    def compiled(self, statements: Sequence[Any]) -> list[Code]:
        """Compile statements to the codes that `Space` runs."""
        return [self._one(*statement) for statement in statements]

    def _one(self, cell: int, line: int, source: str) -> Code:
        if source.startswith(WRITING):
            head, _, text = source.partition("\n")
            return Written(head.split()[-1], text, cell, line + 1, " -a " in head)
        if source.startswith(LEND):
            return Lent(*source.removeprefix(LEND).split())
        if source.startswith(KEEP):
            return Kept(*source.removeprefix(KEEP).split())
        code = compiled(source, line, f"<{self.label} {cell}>", self.flags)
        self.flags |= code.co_flags & FUTURES
        return code


def compiled(source: str, line: int, file: str, flags: int) -> types.CodeType:
    """Compile a text that begins on some line of a file.

    Args:
        source: the text.
        line: its first line, from 1.
        file: the name of the file in tracebacks.
        flags: flags of the compiler.

    Returns:
        the code.
    """
    code: types.CodeType = compile("\n" * (line - 1) + source, file, "exec", flags, dont_inherit=True)
    return code
