"""Decorators for a file of test cases: they declare graded functions, and checks of the reference."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from grader.comparison.verdict import ALLOWANCES, Tolerance

Arguments = Mapping[str, Any]
"""The keyword arguments of one call, by the reference's parameter names."""

Generator = Callable[..., Iterable[Arguments]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A convention of earlier notebooks that is still accepted.

    A function of such a notebook is also right if it returns `expects(answer)`, applied to the reference's
    answer, in all cases. A notebook may be of this edition if the regular expression `marked_by` matches any
    of its cells (a line of its template, say), or `ruled_out_by` matches none.
    """

    marked_by: str
    expects: Callable[[Any], Any]
    ruled_out_by: str = r"\bpublic_tests\b"


@dataclass(frozen=True, slots=True)
class Declaration:
    """The arguments of `exercise`, with the generator that it decorates."""

    generator: Generator
    points: float
    grade_id: str | None
    published: tuple[Arguments, ...]
    public: int
    pure: bool
    tolerance: Tolerance
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The function that `check` decorates."""

    function: Callable[[Any, Any], None]


def check(function: Callable[[Any, Any], None]) -> Check:
    """Declare that the decorated function checks the reference, independently of its code.

    It is called as `function(rng, reference)`, with the same arguments as a generator, and raises an
    AssertionError if the reference is wrong. `grader validate` calls it with several seeds.
    """
    return Check(function)


def exercise(
    *,
    points: float = 10,
    grade_id: str | None = None,
    published: Iterable[Arguments] = (),
    public: int = 2,
    pure: bool = False,
    rtol: float = 1e-5,
    atol: float = 1e-7,
    floor: float = 1e-12,
    allow: Iterable[str] = (),
    editions: Iterable[Edition] = (),
) -> Callable[[Generator], Declaration]:
    """Declare that the decorated generator makes the test cases of the graded function of its name.

    The generator is called as `generator(rng)`, or `generator(rng, reference)` when it has a second
    parameter, and yields the keyword arguments of one call at a time. `rng` is a seeded
    `numpy.random.Generator`; `reference` has the solution's functions as attributes, so that a cache in
    a test case can come from the reference's own forward pass.

    Args:
        points: the points of a right function; all or none are earned.
        grade_id: the nbgrader id of the function's cell in existing notebooks.
        published: calls whose inputs and answers are public already; they become public tests too.
        public: how many of the generated cases, from the first, become public tests.
        pure: whether a function that changes its arguments loses its points; otherwise that is a remark.
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in the array.
        floor: absolute tolerance of an expected number that is exactly 0.
        allow: what else counts as right: `number_for_bool` (0 and 1 for False and True), `array_for_number`
            (the shape (1,) for a single number), `either_sign` (every element with the opposite sign).
        editions: conventions of earlier editions of the exercise.

    Returns:
        the decorator.

    Raises:
        TypeError: an argument is of the wrong type.
        ValueError: an argument is out of its range.
    """
    _check_points(points)
    _check_tolerance("rtol", rtol)
    _check_tolerance("atol", atol)
    _check_tolerance("floor", floor)
    if grade_id is not None and not (isinstance(grade_id, str) and grade_id):
        raise TypeError(f"grade_id={grade_id!r}: let it be the nbgrader id of a cell, a text")
    if not isinstance(pure, bool):
        raise TypeError(f"pure={pure!r}: let it be True or False")
    published, editions = tuple(published), tuple(editions)
    allowed = (allow,) if isinstance(allow, str) else tuple(allow)
    if unknown := [name for name in allowed if name not in ALLOWANCES]:
        raise ValueError(f"allow={unknown[0]!r}: let it be of {', '.join(ALLOWANCES)}")
    _check_public(public, least=0 if published else 1)
    if not all(isinstance(case, Mapping) for case in published):
        raise TypeError("published: let it be a list of dictionaries, each the keyword arguments of one call")
    if not all(isinstance(edition, Edition) for edition in editions):
        raise TypeError("editions: let it be a list of Edition(...)")

    def declare(generator: Generator) -> Declaration:
        if not callable(generator):
            raise TypeError(f"{type(generator).__name__} below it: let it be a generator")
        if len(inspect.signature(generator).parameters) not in {1, 2}:
            name, signature = generator.__name__, inspect.signature(generator)
            raise TypeError(f"{name}{signature}: let it be {name}(rng), or {name}(rng, reference)")
        tolerance = Tolerance(rtol, atol, floor, allowed)
        return Declaration(generator, points, grade_id, published, int(public), pure, tolerance, editions)

    return declare


def _check_points(points: Any) -> None:
    _check_number("points", points)
    if not 0 < points < math.inf:
        raise ValueError(f"points={points!r}: let them be a number greater than 0")


def _check_public(public: Any, least: int) -> None:
    if isinstance(public, bool) or not isinstance(public, Integral):
        raise TypeError(f"public={public!r}: let it be a whole number, public=2")
    if public < least:
        raise ValueError(
            f"public={public!r}: let it be at least {least}, so that students have a public test"
        )


def _check_tolerance(name: str, tolerance: Any) -> None:
    _check_number(name, tolerance)
    if not 0 <= tolerance < math.inf:
        raise ValueError(f"{name}={tolerance!r}: let it be 0 or a number greater than 0")


def _check_number(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name}={value!r}: let it be a number")
