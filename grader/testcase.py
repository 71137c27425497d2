"""The decorators of a file of test cases: they declare graded functions, and checks of the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Arguments = Mapping[str, Any]
"""The keyword arguments of one call, by the reference's parameter names."""

Generator = Callable[..., Iterable[Arguments]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A convention of notebooks that were handed out earlier, and still count.

    A function whose source matches the regular expression `marked_by` (a line of its template, say) is
    right when it returns what `expects` makes of the reference's answer.
    """

    marked_by: str
    expects: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What `exercise` was told, kept on the generator that it decorates."""

    generator: Generator
    points: float
    grade_id: str | None
    published: tuple[Arguments, ...]
    public: int
    pure: bool
    rtol: float
    atol: float
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What `check` decorates."""

    function: Callable[[Any, Any], None]


def check(function: Callable[[Any, Any], None]) -> Check:
    """Declare that the decorated function checks the reference, by something that it does not say itself.

    It is called as `function(rng, reference)`, with the same two as a generator, and raises an
    AssertionError when the reference is not right. `grader validate` calls it, with several seeds.
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
    editions: Iterable[Edition] = (),
) -> Callable[[Generator], Declaration]:
    """Declare that the decorated generator makes the test cases of the graded function of its name.

    The generator is called as `generator(rng)`, or `generator(rng, reference)` when it has a second
    parameter, and yields the keyword arguments of one call at a time. `rng` is a seeded
    `numpy.random.Generator`; `reference` has the solution's functions as attributes, so that a cache in
    a test case can come from the reference's own forward pass.

    Args:
        points: what a right function earns; all of it, or nothing.
        grade_id: the nbgrader id of the function's cell in notebooks that exist already.
        published: calls whose inputs and answers are public knowledge; they are public tests too.
        public: how many of the generated cases, counted from the first, become public tests.
        pure: whether a function that changes its inputs loses its points; otherwise that is a note.
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in the array.
        editions: conventions of earlier editions of the exercise.
    """

    def declare(generator: Generator) -> Declaration:
        return Declaration(
            generator, points, grade_id, tuple(published), public, pure, rtol, atol, tuple(editions)
        )

    return declare
