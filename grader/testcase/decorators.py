"""Decorators for a file of test cases: they declare graded items, how each is called, judged and checked."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from grader.comparison.judges import Ready
from grader.comparison.verdict import Tolerance
from grader.testcase.arguments import (
    NAME,
    allowances,
    check_all,
    check_grade_id,
    check_judge,
    check_name,
    check_of,
    check_points,
    check_public,
    check_time,
    check_tolerance,
    exceptions,
    forbidden,
    listed_of,
    points_of,
    shown,
)
from grader.testcase.declarations import (
    QUESTIONS,
    Arguments,
    Check,
    Declaration,
    Edition,
    Generator,
    Part,
    Question,
    line_of,
)


def part(name: str, *, points: float) -> Part:
    """Begin a part of an exercise: yield it before the cases that belong to it.

    Each part earns its own points, all or none. The points of the exercise are their sum.

    Args:
        name: what is told to students, "valid padding".
        points: the points of the part.

    Returns:
        what a generator has to yield.

    Raises:
        TypeError: an argument is of the wrong type.
        ValueError: an argument is out of its range.
    """
    check_points(points)
    if not isinstance(name, str):
        raise TypeError(f"part({shown(name)}): let it have a name, a text")
    if not name.strip() or not name.isprintable():
        raise ValueError(f"part({shown(name)}): let it have a name that says what it tests, on one line")
    return Part(name, points, sys._getframe(1).f_lineno)


def question(name: str, *, points: float, grade_id: str | None = None) -> None:
    """Declare a question that a person marks: its points are given with `grader adjust`.

    Args:
        name: its name in the tables, and in the line `**Question: NAME**` of the solution's text.
        points: the points of the best answer.
        grade_id: the nbgrader id of its cell.

    Raises:
        TypeError: an argument is of the wrong type.
        ValueError: an argument is out of its range.
    """
    check_points(points)
    check_name(name, "name=")
    check_grade_id(grade_id)
    collected = QUESTIONS.get()
    if collected is not None:
        collected.append(Question(name, points, grade_id))


def check(function: Callable[[Any, Any], None]) -> Check:
    """Declare that the decorated function checks the reference, independently of its code.

    It is called as `function(rng, reference)`, with the same arguments as a generator, and raises an
    AssertionError if the reference is wrong. `grader validate` calls it with several seeds.
    """
    return Check(function)


def exercise(
    *,
    points: float | None = None,
    grade_id: str | None = None,
    name: str | None = None,
    of: str = "",
    published: Iterable[Arguments] = (),
    public: int = 2,
    pure: bool = False,
    rtol: float = 1e-5,
    atol: float = 1e-7,
    floor: float = 1e-12,
    allow: Iterable[str] = (),
    compare: Ready | None = None,
    raises: type[Exception] | str | Iterable[type[Exception] | str] = (),
    forbid: Iterable[str] = (),
    bonus: bool = False,
    marked: bool = True,
    editions: Iterable[Edition] = (),
    time: float | None = None,
) -> Callable[[Generator], Declaration]:
    """Declare that the decorated generator makes the test cases of the graded function of its name.

    The generator is called as `generator(rng)`, or `generator(rng, reference)` when it has a second
    parameter, and yields the keyword arguments of one call at a time, or `part(...)`. `rng` is a seeded
    `numpy.random.Generator`; `reference` has the solution's functions as attributes, so that a cache in
    a test case can come from the reference's own forward pass.

    Args:
        points: the points of a right function, 10 by default; all or none are earned. If the generator yields
            parts, it is the sum of theirs, and need not be given.
        grade_id: the nbgrader id of the function's cell in existing notebooks.
        name: the graded item, if it is not of the generator's name: a method, "LinearRegression.fit".
        of: the function or class, if the generator is called otherwise, since several cells define it anew.
            Each cell is an item then: graded is what the name is after the cell, which has the marker or the
            nbgrader id of the item.
        published: calls whose inputs and answers are public already; they become public tests too.
        public: how many of the generated cases, from the first, become public tests; of each part so many.
        pure: whether a function that changes its arguments loses its points; otherwise that is a remark.
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in the array.
        floor: absolute tolerance of an expected number that is exactly 0.
        allow: what else counts as right: `number_for_bool` (0 and 1 for False and True), `array_for_number`
            (one of a single element), `either_sign` (every element with the opposite sign).
        compare: a ready judge: `close()`, `exactly()`, `unordered()`, `up_to_sign()`, `up_to_labels()` or
            `at_least(metric, bound)`.
        raises: the exceptions that the reference may raise on a case; the student's function then has to.
            One that the notebook defines is given by its name, a text.
        forbid: what the function and its helpers may not use: "for", "while", "np.dot", "sklearn".
        bonus: whether its points count beyond the total.
        marked: whether it gives points; if not, a mistake is told.
        editions: conventions of earlier editions of the exercise.
        time: the seconds that one call may take; imports and definitions do not count. The default is that of
            the command, 2.

    Returns:
        the decorator.

    Raises:
        TypeError: an argument is of the wrong type.
        ValueError: an argument is out of its range.
    """
    for setting, value in (("pure", pure), ("bonus", bonus), ("marked", marked)):
        if not isinstance(value, bool):
            raise TypeError(f"{setting}={shown(value)}: let it be True or False")
    earned = points_of(points, marked=marked)
    check_tolerance("rtol", rtol)
    check_tolerance("atol", atol)
    check_tolerance("floor", floor)
    if name is not None:
        check_name(name, "name=", NAME)
    check_of(of, name)
    check_grade_id(grade_id)
    check_time(time)
    if compare is not None and not isinstance(compare, Ready):
        raise TypeError(
            f"compare={shown(compare)}: let it be a ready judge, as unordered(), or write @NAME.judge"
        )
    if compare is not None:
        check_judge(compare)
    published, editions = listed_of("published", published), listed_of("editions", editions)
    allowed = allowances(allow)
    check_public(public, least=0 if published else 1)
    check_all(published, Mapping, "published", "dictionaries, each the keyword arguments of one call")
    check_all(editions, Edition, "editions", "Edition(...)")
    if any(edition.expects is None for edition in editions):
        raise TypeError("editions=[Edition(...)]: give it expects=, or write it into EDITIONS")
    raised, unwanted = exceptions(raises), forbidden(forbid)

    def declare(generator: Generator) -> Declaration:
        if not callable(generator):
            raise TypeError(f"{type(generator).__name__} below it: let it be a generator")
        if len(inspect.signature(generator).parameters) not in {1, 2}:
            called, signature = generator.__name__, inspect.signature(generator)
            raise TypeError(f"{called}{signature}: let it be {called}(rng), or {called}(rng, reference)")
        return Declaration(
            generator=generator,
            points=earned,
            grade_id=grade_id,
            published=published,
            public=int(public),
            pure=pure,
            tolerance=Tolerance(rtol, atol, floor, allowed),
            editions=editions,
            name=name or "",
            of=of,
            raises=raised,
            bonus=bonus,
            forbid=unwanted,
            seconds=time,
            callbacks={} if compare is None else {"judge": compare},
            points_given=points is not None,
            line=line_of(generator),
        )

    return declare


def variable(
    *,
    points: float | None = None,
    grade_id: str | None = None,
    of: str = "",
    public: bool = False,
    rtol: float = 1e-5,
    atol: float = 1e-7,
    floor: float = 1e-12,
    allow: Iterable[str] = (),
    compare: Ready | None = None,
    forbid: Iterable[str] = (),
    bonus: bool = False,
    marked: bool = True,
    time: float | None = None,
) -> Callable[[Callable[[], Any]], Declaration]:
    """Declare that the name of the decorated function is a variable, graded by its value in the notebook.

    Run is what leads to the value: the statements of the notebook that bind what it is made of.

    Args:
        points: the points of a right value, 10 by default.
        grade_id: the nbgrader id of the cell that sets it.
        of: the variable, if the decorated function is called otherwise, since several cells set it anew. Each
            cell is an item then: the value counts that the variable has after the cell, which has the marker
            or the nbgrader id of the item.
        public: whether students may see the expected value; if not, public tests tell its type and shape.
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in the array.
        floor: absolute tolerance of an expected number that is exactly 0.
        allow: see `exercise`.
        compare: see `exercise`.
        forbid: see `exercise`.
        bonus: whether its points count beyond the total.
        marked: whether it gives points; if not, a mistake is told.
        time: the seconds that one call of its driver may take; what leads to the value does not count.

    Returns:
        the decorator.

    Raises:
        TypeError: an argument is of the wrong type.
        ValueError: an argument is out of its range.
    """

    def declare_variable(function: Callable[[], Any]) -> Declaration:
        if not callable(function) or inspect.signature(function).parameters:
            raise TypeError("parameters: let it decorate a function without any: def answer(): ...")

        def cases(_rng: Any) -> Iterator[Arguments]:
            yield {}

        cases.__name__ = function.__name__
        settings = exercise(
            points=points,
            grade_id=grade_id,
            public=1 if public else 0,
            published=() if public else ({},),
            rtol=rtol,
            atol=atol,
            floor=floor,
            allow=allow,
            compare=compare,
            forbid=forbid,
            bonus=bonus,
            marked=marked,
            time=time,
        )
        return replace(settings(cases), published=(), is_variable=True, of=of, line=line_of(function))

    if not isinstance(public, bool):
        raise TypeError(f"public={shown(public)}: let it be True or False")
    check_of(of)
    return declare_variable
