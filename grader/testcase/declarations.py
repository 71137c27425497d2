"""What the decorators of a file of test cases declare."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from grader.comparison.verdict import Tolerance
from grader.testcase.arguments import check_expects

Arguments = Mapping[str, Any]
"""The keyword arguments of one call, by the names of the reference's or the driver's parameters."""

ASSERTION, HIDDEN = "assertion ", "hidden "
"""The beginnings of the keys of assertions among the callbacks of a declaration."""

KEYWORD_ONLY, VAR_KEYWORD = inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD


def line_of(function: Callable[..., Any]) -> int:
    """Return the line on which a function begins, with its decorators; 1 if it is not known."""
    code = getattr(function, "__code__", None)
    return code.co_firstlineno if code else 1


Generator = Callable[..., Iterable["Arguments | Part"]]


@dataclass(frozen=True, slots=True)
class Edition:
    """An earlier edition of an exercise, or of a whole assignment, whose notebooks are still accepted.

    In `exercise(editions=[...])` it is a convention: a function of such a notebook is also right if it
    returns `expects(answer)`, applied to the reference's answer, in all cases. In `EDITIONS`, by its name, it
    has no `expects` but a solution of its own in the folder `editions` of the test cases. A notebook may be
    of the edition if the regular expression `marked_by` matches any of its code cells (a line of its
    template, say), or `ruled_out_by` matches none; it certainly is if both are so.
    """

    marked_by: str
    expects: Callable[[Any], Any] | None = None
    ruled_out_by: str = r"\bpublic_tests\b"

    def __post_init__(self) -> None:
        """Check the patterns, and what computes an answer."""
        for name in ("marked_by", "ruled_out_by"):
            try:
                re.compile(getattr(self, name))
            except (re.error, TypeError) as error:
                raise ValueError(f"{name}={getattr(self, name)!r}: {error}") from None
        check_expects(self.expects)


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning of a part of an exercise in the order of its cases, its points, and where it is made."""

    name: str
    points: float
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Declaration:
    """The arguments of `exercise`, with the generator that it decorates.

    `callbacks` has the functions that `drive` and `judge` decorate, by these names, or a ready judge;
    `of` is what the notebook calls an item of another name; `points_given` is False if `points` is
    the default, and `line` is that of the decorator.
    """

    generator: Generator
    points: float
    grade_id: str | None
    published: tuple[Arguments, ...]
    public: int
    pure: bool
    tolerance: Tolerance
    editions: tuple[Edition, ...]
    name: str = ""
    raises: tuple[str, ...] = ()
    bonus: bool = False
    forbid: tuple[str, ...] = ()
    seconds: float | None = None
    is_variable: bool = False
    of: str = ""
    callbacks: dict[str, Callable[..., Any]] = field(default_factory=dict)
    points_given: bool = field(default=False, compare=False)
    line: int = field(default=1, compare=False)

    def drive(self, driver: Callable[..., Any]) -> Callable[..., Any]:
        """Declare that the decorated function calls the student's code in its place, and returns plain data.

        It runs beside the submission, as `driver(student, **case)`: `student.NAME` is what the notebook
        defines, `student.printed()` what it printed, `student.feed(...)` what `input()` returns next, and
        `student.figure()` what it plotted. It must not look at a test case's answer, and what it returns
        is compared with what it returns beside the reference.

        Args:
            driver: the function, with the parameter `student` and those of the cases.

        Returns:
            the function.

        Raises:
            TypeError: its first parameter is not `student`, or there is a driver already.
        """
        kinds = [p.kind for p in inspect.signature(driver).parameters.values()] if callable(driver) else []
        by_name = inspect.Parameter.POSITIONAL_OR_KEYWORD
        if kinds[:1] != [by_name] or not {*kinds} <= {by_name, KEYWORD_ONLY, VAR_KEYWORD}:
            raise TypeError(f"drive of {self.called}: let it decorate a function of (student, ...)")
        self._once("drive")
        self.callbacks["drive"] = driver
        return driver

    def judge(self, judge: Callable[..., Any]) -> Callable[..., Any]:
        """Declare that the decorated function says whether an answer is right.

        It runs in the grader, as `judge(case, expected, answer)`, and returns None, or one sentence for the
        student. `case` maps parameters to arguments, `expected` is the reference's answer.

        Args:
            judge: the function.

        Returns:
            the function.

        Raises:
            TypeError: it has other parameters, or there is a judge already.
        """
        if not callable(judge) or len(inspect.signature(judge).parameters) != 3:
            raise TypeError(f"judge of {self.called}: let it decorate a function of (case, expected, answer)")
        self._once("judge")
        self.callbacks["judge"] = judge
        return judge

    def assertion(
        self, title: str, *, hidden: bool = False
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare that the decorated function is a test whose own assertions judge.

        Its parameters are names of the notebook. It runs in a process of its own, on the answers to the
        `steps` of a case that has its title among its `assertions`: what it does with its arguments has to be
        these steps. The student's process never has its text.

        Args:
            title: how cases name it.
            hidden: whether students may not see it.

        Returns:
            the decorator.

        Raises:
            TypeError: there is such a test already.
        """

        def declare(test: Callable[..., Any]) -> Callable[..., Any]:
            self._once(f"{ASSERTION}{title}")
            self.callbacks[f"{ASSERTION}{title}"] = test
            if hidden:
                self.callbacks[f"{HIDDEN}{title}"] = test
            return test

        return declare

    @property
    def assertions(self) -> dict[str, tuple[Callable[..., Any], bool]]:
        """The tests that `assertion` decorates, by title, and whether each is hidden."""
        return {
            key.removeprefix(ASSERTION): (test, key.replace(ASSERTION, HIDDEN, 1) in self.callbacks)
            for key, test in self.callbacks.items()
            if key.startswith(ASSERTION)
        }

    def _once(self, callback: str) -> None:
        if callback in self.callbacks:
            raise TypeError(f"a second {callback} of {self.called}: let it have one")

    @property
    def driver(self) -> Callable[..., Any] | None:
        """The function that `drive` decorates, or None."""
        return self.callbacks.get("drive")

    @property
    def judging(self) -> Callable[..., Any] | None:
        """The function that `judge` decorates, or a ready judge, or None."""
        return self.callbacks.get("judge")

    @property
    def yields_parts(self) -> bool:
        """True if the file of the generator imports what begins a part, or the package that has it."""
        names = getattr(self.generator, "__globals__", {}).values()
        if any(isinstance(value, ModuleType) and value.__name__ == __package__ for value in names):
            return True
        own = (value for value in names if getattr(value, "__name__", "") == "part")
        return any(getattr(value, "__module__", "") == f"{__package__}.decorators" for value in own)

    @property
    def called(self) -> str:
        """The name of the graded item."""
        return self.name or self.generator.__name__


@dataclass(frozen=True, slots=True)
class Question:
    """The arguments of `question`."""

    name: str
    points: float
    grade_id: str | None


QUESTIONS: ContextVar[list[Question] | None] = ContextVar("questions", default=None)


@contextmanager
def collected_questions() -> Iterator[list[Question]]:
    """Collect the questions that are declared inside the context, in order."""
    questions: list[Question] = []
    token = QUESTIONS.set(questions)
    try:
        yield questions
    finally:
        QUESTIONS.reset(token)


@dataclass(frozen=True, slots=True)
class Check:
    """The function that `check` decorates."""

    function: Callable[[Any, Any], None]
