"""Put the values that stood in an expression which raised into words, by the names that the student gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from grader.hints.observation import Expression

Sketch = list[Any]
"""The kind of a value: its type, and its shape, its keys, its entries or its small value."""

NAMELESS = ("module", "type", "function", "builtin_function_or_method", "ufunc", "_ArrayFunctionDispatcher")
"""Types of what is called, and no operand."""

LISTED = 8
"""Keys that are listed."""


def in_words(sketch: Sketch) -> str:
    """Return a value in words: "an array of the shape (2, 3)"."""
    match sketch:
        case ["array", [*shape], *_]:
            return f"an array of the shape {shaped(shape)}"
        case ["number", int() as value]:
            return str(value) if isinstance(value, bool) else f"the number {value}"
        case ["number", *_]:
            return "a number"
        case ["text", str() as text]:
            return f"the text {text!r}"
        case ["dict", int() as size, *_]:
            return f"a dictionary of {_count(size, 'key')}"
        case ["tuple", int() as size, [*inner]] if 0 < size == len(inner) and all(map(_is_whole, inner)):
            return shaped(one[1] for one in inner)
        case [("tuple" | "list") as kind, int() as size, [*inner]]:
            parts = (
                " and ".join(map(in_words, inner)) if 0 < size == len(inner) <= 2 else _count(size, "value")
            )
            return f"a {kind} of {parts}"
        case ["other", str() as kind]:
            return f"a {kind}"
    return str(sketch[0])


def shaped(shape: Iterable[Any]) -> str:
    """Return a shape as Python shows it."""
    return str(tuple(shape))


def operands(expression: Expression) -> list[tuple[str, Sketch]]:
    """Return the parts of an expression that are operands, each once."""
    parts = {
        text: sketch
        for text, sketch in expression.parts
        if not (sketch[0] == "other" and sketch[-1] in NAMELESS)
    }
    return [*parts.items()]


def arrays(expression: Expression) -> list[tuple[str, tuple[int, ...]]]:
    """Return the parts of an expression that are arrays, with their shapes."""
    return [(text, tuple(sketch[1])) for text, sketch in operands(expression) if sketch[0] == "array"]


def of_kind(expression: Expression, *kinds: str) -> Iterator[tuple[str, Sketch]]:
    """Yield the parts of an expression whose values are of some kinds.

    Args:
        expression: the expression.
        kinds: the types, as sketches begin.

    Returns:
        an iterator of (text, sketch).
    """
    return (part for part in operands(expression) if part[1][0] in kinds)


def described(expression: Expression, *, most: int = 3) -> str:
    """Return a sentence about the operands of an expression.

    Args:
        expression: the expression.
        most: the number of operands that a sentence can hold.

    Returns:
        the sentence; "" if there are no operands, or too many.
    """
    parts = operands(expression)
    if not parts or len(parts) > most:
        return ""
    return f"{_joined(f'`{text}` is {in_words(sketch)}' for text, sketch in parts)}."


def shapes(expression: Expression) -> str:
    """Return the shapes of the arrays in an expression: "`A` is (2, 3) and `B` is (3, 2)"; "" without two."""
    found = arrays(expression)
    if len(found) < 2 or len(found) > 4:
        return ""
    return _joined(f"`{text}` is {shaped(shape)}" for text, shape in found)


def keys(sketch: Sketch) -> str:
    """Return the keys of a dictionary as a list in words."""
    names = [str(key) for key in sketch[2]]
    more = ", ..." if sketch[1] > LISTED else ""
    return ", ".join(names[:LISTED]) + more if names else ""


def _is_whole(sketch: Sketch) -> bool:
    return sketch[0] == "number" and isinstance(sketch[-1], int)


def _joined(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
