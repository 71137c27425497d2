"""Texts that keep a regular expression busy if anything does, made from the expression itself."""

from __future__ import annotations

import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from itertools import product
from typing import Any

REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
CLASSES = {
    sre.CATEGORY_SPACE: " \n",
    sre.CATEGORY_WORD: "a0_",
    sre.CATEGORY_DIGIT: "0",
    sre.CATEGORY_NOT_WORD: " (",
    sre.CATEGORY_NOT_SPACE: "a(",
    sre.CATEGORY_NOT_DIGIT: "a ",
}
ENDS = ("", "\0", "\nx", "!")
ANYTHING = "a 0(\n#\"'=:.,_-?%["


def witnesses(pattern: str, flags: int, size: int) -> Iterator[str]:
    """Texts of about `size` characters: one repeat is long, and what follows does not fit."""
    tree = parser.parse(pattern, flags)
    bodies = {*_long(tree, size), *(c * size for c in ANYTHING)}
    short = _shortest(tree)
    for cut in {len(short), len(short) - 1, (len(short) + 1) // 2} - {0, -1}:
        bodies.add(short[:cut] * (size // cut))
        bodies.add((short[:cut] + "\n") * (size // (cut + 1)))
    for body, end in product(sorted(bodies), ENDS):
        yield body + end


def _long(items: Any, size: int) -> Iterator[str]:
    """What the items match up to a repeat, and that at its longest; for each repeat among them."""
    before = ""
    for op, argument in items:
        if op in REPEATS and argument[1] > 1000:
            for unit in _units(argument[-1]):
                yield before + unit * (size // max(len(unit), 1))
        for inner in _inside(op, argument):
            yield from (before + text for text in _long(inner, size))
        before += _shortest([(op, argument)])


def _inside(op: Any, argument: Any) -> list[Any]:
    """The items in an item, by the ways to match it."""
    if op is sre.BRANCH:
        return [*argument[1]]
    if op is sre.ATOMIC_GROUP:
        return [argument]
    return [argument[-1]] if op in {*REPEATS, sre.SUBPATTERN, sre.ASSERT, sre.ASSERT_NOT} else []


def _units(items: Any) -> set[str]:
    """A few texts that repeated items match."""
    if len(items) == 1 and items[0][0] in {sre.IN, sre.ANY, sre.NOT_LITERAL, sre.LITERAL, sre.BRANCH}:
        op, argument = items[0]
        if op is sre.BRANCH:
            return {_shortest(branch) for branch in argument[1]}
        return set(_characters(op, argument))
    return {_shortest(items), _shortest(items, optional=True)}


def _shortest(items: Any, *, optional: bool = False) -> str:
    """A short text that items match; with what is `optional` once."""
    text = ""
    for op, argument in items:
        if op in REPEATS:
            least, _, inner = argument
            text += _shortest(inner, optional=optional) * max(least, int(optional))
        elif op is sre.SUBPATTERN:
            text += _shortest(argument[-1], optional=optional)
        elif op is sre.ATOMIC_GROUP:
            text += _shortest(argument, optional=optional)
        elif op is sre.BRANCH:
            text += _shortest(argument[1][0], optional=optional)
        elif op in {sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY}:
            text += next(_characters(op, argument))
    return text


def _characters(op: Any, argument: Any) -> Iterator[str]:
    """Characters of each kind that an item matches."""
    if op is sre.LITERAL:
        yield chr(argument)
    elif op is sre.ANY:
        yield from "a (0"
    elif op is sre.NOT_LITERAL:
        yield from (c for c in ANYTHING if ord(c) != argument)
    elif argument[0][0] is sre.NEGATE:
        matched = {c for entry in argument[1:] for c in _characters(sre.IN, [entry])}
        yield from (c for c in ANYTHING if c not in matched)
    else:
        for kind, value in argument:
            if kind is sre.LITERAL:
                yield chr(value)
            elif kind is sre.RANGE:
                yield chr(value[0])
            elif kind is sre.CATEGORY:
                yield from CLASSES[value]
