"""Check the arguments of the decorators of a file of test cases."""

from __future__ import annotations

import inspect
import json
import math
import re
from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import Any

from grader.comparison.judges import Ready
from grader.comparison.verdict import ALLOWANCES

NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)?")
"""The name of a function, class or variable, or of a method of a class."""

DEFAULT_POINTS = 10
"""The points of an exercise or a variable that declares none."""


def check_judge(judge: Ready) -> None:
    """Check the settings of a ready judge.

    Args:
        judge: what was given.

    Raises:
        TypeError: one is of the wrong type.
        ValueError: one is out of its range.
    """
    for name, value in judge.settings.items():
        said = f"{judge.name}({name}={shown(value)})"
        if name in {"rtol", "atol", "floor"}:
            check_tolerance(name, value)
        elif name == "bound":
            check_number(name, value)
            if not math.isfinite(value):
                raise ValueError(f"{said}: let it be a finite number")
        elif name == "metric":
            if not callable(value) or len(inspect.signature(value).parameters) != PARAMETERS_OF_METRIC:
                raise TypeError(f"{said}: let it be a function of (case, answer)")
        elif not all(one is None or _is_whole(one) for one in (value if name == "rows" else [value])):
            raise TypeError(f"{said}: let it be {'whole numbers' if name == 'rows' else 'a whole number'}")


PARAMETERS_OF_METRIC = 2


def _is_whole(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def check_expects(expects: Any) -> None:
    """Check what computes the answer of an earlier edition.

    Args:
        expects: what was given; None if there is nothing to compute.

    Raises:
        TypeError: it cannot be called with one answer.
    """
    said = f"expects={shown(expects)}"
    if expects is None:
        return
    if not callable(expects):
        raise TypeError(f"{said}: let it be a function of one answer, lambda y: y.T")
    try:
        inspect.signature(expects).bind(None)
    except TypeError:
        raise TypeError(f"{said}: let it take one argument, the solution's answer") from None
    except ValueError:  # some functions of C have no signature
        return


def shown(value: Any) -> str:
    """Return a value as an instructor may have written it: of a function the name, and never an address."""
    return value.__qualname__ if inspect.isroutine(value) else re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))


def check_of(of: Any, name: str | None = None) -> None:
    """Check the name of the notebook that an item of another name is about.

    Args:
        of: what was given.
        name: the name of the item, if it was given.

    Raises:
        TypeError: it is no identifier, or both are given.
    """
    if of and name:
        raise TypeError(f"of={shown(of)}, name={shown(name)}: let the generator have the name of the item")
    if not isinstance(of, str) or (of and not of.isidentifier()):
        raise TypeError(f"of={shown(of)}: let it be the name of a variable, a function or a class")


def points_of(points: Any, *, marked: bool) -> float:
    """Return the points of an exercise: the default, or none of what is told and not marked.

    Args:
        points: what was given, None if nothing was.
        marked: whether it is marked.

    Returns:
        the points.

    Raises:
        TypeError: the points are of the wrong type, or given of what is not marked.
        ValueError: they are out of their range.
    """
    if not marked and points is not None:
        raise TypeError(f"points={shown(points)}, marked=False: let it be one of the two")
    earned: float = DEFAULT_POINTS if points is None else points
    check_points(earned)
    return earned if marked else 0


def check_points(points: Any) -> None:
    """Check the points of an exercise, a part or a question.

    Args:
        points: what was given.

    Raises:
        TypeError: it is of the wrong type.
        ValueError: it is out of its range.
    """
    check_number("points", points)
    if not 0 < points < math.inf:
        raise ValueError(f"points={shown(points)}: let them be a number greater than 0")


def check_name(name: Any, what: str, form: re.Pattern[str] = re.compile(r"\S.*")) -> None:
    """Check a name.

    Args:
        name: what was given.
        what: how the argument is written, for the message.
        form: what it has to match.

    Raises:
        TypeError: it is of the wrong type.
        ValueError: it is out of its range.
    """
    if not isinstance(name, str):
        raise TypeError(f"{what}{shown(name)}: let it be a text")
    if not (form.fullmatch(name) and name.isprintable()):
        example = "the name of a function, or Class.method" if form is NAME else "a name, one line of text"
        raise ValueError(f"{what}{shown(name)}: let it be {example}")


LONGEST = 600
"""The seconds that one call may be given at most."""


def check_time(time: Any) -> None:
    """Check the seconds of one call.

    Args:
        time: what was given; None for the usual limit.

    Raises:
        TypeError: it is no number.
        ValueError: it is out of its range.
    """
    if time is None:
        return
    if isinstance(time, bool) or not isinstance(time, Real):
        raise TypeError(f"time={shown(time)}: let it be a number")
    if not 0 < float(time) <= LONGEST:
        raise ValueError(
            f"time={shown(time)}: let it be the seconds of one call, more than 0 and at most {LONGEST}"
        )


def check_grade_id(grade_id: Any) -> None:
    """Check the nbgrader id of a cell.

    Args:
        grade_id: what was given.

    Raises:
        TypeError: it is of the wrong type.
    """
    if grade_id is not None and not (isinstance(grade_id, str) and grade_id):
        raise TypeError(f"grade_id={shown(grade_id)}: let it be the nbgrader id of a cell, a text")


def allowances(allow: Any) -> tuple[str, ...]:
    """Return allowances as a tuple.

    Args:
        allow: an allowance, or several.

    Returns:
        them.

    Raises:
        ValueError: there is no such allowance.
    """
    listed = listed_of("allow", allow, (str,))
    if unknown := [one for one in listed if one not in ALLOWANCES]:
        raise ValueError(f"allow={unknown[0]!r}: let it be of {', '.join(ALLOWANCES)}")
    return listed


def check_all(values: Iterable[Any], kind: type, name: str, what: str) -> None:
    """Check that all entries of a list are of a kind.

    Args:
        values: the entries.
        kind: their type.
        name: the name of the argument, for the message.
        what: what they have to be, in words.

    Raises:
        TypeError: one is not.
    """
    if not all(isinstance(value, kind) for value in values):
        raise TypeError(f"{name}: let it be a list of {what}")


def listed_of(name: str, value: Any, single: tuple[type, ...] = ()) -> tuple[Any, ...]:
    """Return an argument that may be one thing, or several, as a tuple.

    Args:
        name: the name of the argument, for the message.
        value: what was given.
        single: the types of one thing.

    Returns:
        the things.

    Raises:
        TypeError: it is neither.
    """
    if single and isinstance(value, single):
        return (value,)
    if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
        raise TypeError(f"{name}={shown(value)}: let it be a list")
    return tuple(value)


TOO_WIDE: Mapping[str, str] = {
    "BaseException": "every mistake of a student raises one",
    "Exception": "every mistake of a student raises one",
    "NotImplementedError": "a function that is not written yet raises it",
}
"""Exceptions that a test case cannot expect, and why."""


def exceptions(raises: Any) -> tuple[str, ...]:
    """Return the names of exceptions.

    Args:
        raises: an exception, or the name of one that the notebook defines; or several.

    Returns:
        them.

    Raises:
        TypeError: it is of the wrong type.
        ValueError: it is out of its range.
    """
    listed = listed_of("raises", raises, (str, type))
    for one in listed:
        named = isinstance(one, str) and one.isidentifier()
        if not (named or (isinstance(one, type) and issubclass(one, Exception))):
            raise TypeError(f"raises={shown(one)}: let it be an exception, raises=ValueError, or its name")
    names = tuple(one if isinstance(one, str) else one.__name__ for one in listed)
    for name in TOO_WIDE.keys() & names:
        raise ValueError(f"raises={name}: let it be narrower: {TOO_WIDE[name]}")
    return names


def forbidden(forbid: Any) -> tuple[str, ...]:
    """Return what is forbidden as a tuple.

    Args:
        forbid: keywords and names.

    Returns:
        them.

    Raises:
        TypeError: it is of the wrong type.
        ValueError: it is out of its range.
    """
    if isinstance(forbid, str):
        raise TypeError(f"forbid={shown(forbid)}: let it be a list, forbid=[{json.dumps(forbid)}]")
    listed = listed_of("forbid", forbid)
    for one in listed:
        if not isinstance(one, str):
            raise TypeError(f'forbid={shown(one)}: let it be a text, forbid=["for", "np.dot"]')
        if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", one):
            raise ValueError(f"forbid={shown(one)}: let it be a keyword, or a name such as np.dot")
    return listed


def check_public(public: Any, least: int) -> None:
    """Check the number of public cases.

    Args:
        public: what was given.
        least: the smallest number that makes sense.

    Raises:
        TypeError: it is of the wrong type.
        ValueError: it is out of its range.
    """
    if isinstance(public, bool) or not isinstance(public, Integral):
        raise TypeError(f"public={shown(public)}: let it be a whole number, public=2")
    if public < least:
        raise ValueError(
            f"public={shown(public)}: let it be at least {least}, so that students have a public test"
        )


def check_tolerance(name: str, tolerance: Any) -> None:
    """Check a tolerance.

    Args:
        name: its name, for the message.
        tolerance: what was given.

    Raises:
        TypeError: it is of the wrong type.
        ValueError: it is out of its range.
    """
    check_number(name, tolerance)
    if not 0 <= tolerance < math.inf:
        raise ValueError(f"{name}={shown(tolerance)}: let it be 0 or a number greater than 0")


def check_number(name: str, value: Any) -> None:
    """Check that an argument is a real number.

    Args:
        name: its name, for the message.
        value: what was given.

    Raises:
        TypeError: it is of the wrong type.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name}={shown(value)}: let it be a number")
