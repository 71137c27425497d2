"""Find the graded items that a student's function calls or reads. Bundled for students."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any


def needed(function: Any, names: Collection[str]) -> list[str]:
    """Return the graded items that a function calls or reads, also by way of others; the deepest first.

    Args:
        function: the student's function, or class.
        names: the names of the graded items.

    Returns:
        names of items that its notebook defines, without the function itself.
    """
    found: dict[str, None] = {}
    seen: set[int] = {id(function)}

    def visit(value: Any) -> None:
        for code, namespace in _codes(value):
            for name in _names_in(code):
                other = namespace.get(name)
                if name not in namespace or other is function:
                    continue
                if id(other) not in seen and isinstance(other, FunctionType | type):
                    seen.add(id(other))
                    visit(other)
                if name in names:
                    found[name] = None

    visit(function)
    return [*found]


def _codes(value: Any) -> Iterator[tuple[CodeType, Mapping[str, Any]]]:
    """Yield the code of a function, or of the methods of a class, with the names that it sees."""
    functions = vars(value).values() if isinstance(value, type) else (value,)
    for one in functions:
        plain = getattr(one, "__func__", one)
        if isinstance(plain, FunctionType):
            yield plain.__code__, plain.__globals__


def _names_in(code: CodeType) -> Iterator[str]:
    """Yield the names that code reads, in order, those of functions inside it too."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)
