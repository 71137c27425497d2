"""What was observed of one call: its calls of other functions, its random draws, and where it raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class HelperCall:
    """A call of another function: its arguments in order, and what it returned.

    An argument has the name of its parameter, its text in the notebook, and its value.
    """

    function: str
    args: tuple[tuple[str, str, Any], ...]
    returned: bool
    result: Any


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """An expression that raised: its kind, its text, and its parts with a sketch of the value of each.

    A sketch is a list: the type of a value, and its shape, its keys, its entries or its small value.
    """

    file: str
    line: int
    function: str
    kind: str
    text: str
    parts: tuple[tuple[str, list[Any]], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What was observed of a call. Of an exception, `frames` has the outermost place and the innermost."""

    calls: tuple[HelperCall, ...] = ()
    draws: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    frames: tuple[Expression, ...] = ()


def observation(claim: Any) -> Observation:
    """Return what a process claims to have observed; nothing if the claim is malformed.

    Args:
        claim: what `sandbox.observing` returns, if nobody meddled.

    Returns:
        the observation.
    """
    try:
        return Observation(
            tuple(map(_call, claim["calls"])),
            tuple((str(name), tuple(map(_drawn, args))) for name, args in claim["draws"]),
            tuple(map(_expression, claim["frames"])),
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return Observation()


def _drawn(claim: Any) -> Any:
    if not _is_sketch(claim):
        raise ValueError
    return claim


def _call(claim: Sequence[Any]) -> HelperCall:
    function, args, returned, result = claim
    named = tuple((str(name), str(text), value) for name, text, value in args)
    return HelperCall(str(function), named, bool(returned), result)


def _expression(claim: Sequence[Any]) -> Expression:
    file, line, function, kind, text, parts = claim
    if not all(_is_sketch(sketch) for _, sketch in parts):
        raise ValueError
    own = tuple((str(name), sketch) for name, sketch in parts)
    return Expression(str(file), int(line), str(function), str(kind), str(text), own)


def _is_sketch(claim: Any) -> bool:
    """Return whether a claim has the form of a sketch, so that it can be put into words."""
    match claim:
        case ["array", list() as shape, *_]:
            return all(isinstance(size, int) for size in shape)
        case ["number", bool() | int() | float()] | ["None"] | [("text" | "other"), str()]:
            return True
        case ["dict", int(), list() as keys]:
            return all(isinstance(key, str | int) for key in keys)
        case [str(), int(), list() as inner]:
            return all(map(_is_sketch, inner))
    return False
