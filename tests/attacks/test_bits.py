"""No more of a hidden input leaves with a submission than docs/security.md promises, however it tries."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from grader.export.plain_text import feedback as as_text
from grader.grading.pipeline import grade
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.report import Report
from grader.reports.notebook_remarks import opening, remarks

from .arena import Arena, notebook, right

MESSAGES = 8
HIDDEN, RESULTS = 5, 1
PROMISED = math.log2(1 + HIDDEN * (5 * RESULTS + 9))
"""Bits of a function's hidden inputs that its author may learn from a submission: its hidden cases all pass,
or so many fail, the first one at one of five rungs for one of its results or in one of nine other ways."""

EXCEPTIONS = "ArithmeticError AssertionError AttributeError BufferError EOFError IndexError KeyError OSError"
TEXTS = (
    "IndexError('list index')", "IndexError('tuple index')", "ValueError('broadcast')",
    "ValueError('matmul')", "ValueError('not enough values')", "ValueError('too many values')",
    "ZeroDivisionError()", "RecursionError()", "TypeError('NoneType')",
    "TypeError('must be integers')", "TypeError('not callable')",
    "AttributeError(\"'tuple' object\")", "KeyError('w')", "KeyError('W')", "KeyError('W9')", "KeyError('b')",
)  # fmt: skip

ONE = 1
"""Messages look alike: nothing is told."""


def lines(texts: Iterable[str]) -> str:
    return "\n".join(f"    if n == {i}:\n        {text}" for i, text in enumerate(texts))


W = "right['W']"
CHANNELS = [
    pytest.param(lines(["raise ValueError"] * MESSAGES), ONE, id="the line that raises"),
    pytest.param(f"    raise [{EXCEPTIONS.replace(' ', ', ')}][n % 8]", ONE, id="the name of an exception"),
    pytest.param("    raise type(f'No{n}', (Exception,), {})", ONE, id="the name of an own exception"),
    pytest.param(f"    raise [{', '.join(TEXTS)}][n]", ONE, id="what an exception means"),
    pytest.param(lines(f"return unbound_{i}" for i in range(MESSAGES)), ONE, id="a name that is unbound"),
    pytest.param(lines(f"import missing_{i}" for i in range(MESSAGES)), ONE, id="a module that is missing"),
    pytest.param("    return {**right, 'W': np.zeros((n + 7, n + 9))}", ONE, id="a shape"),
    pytest.param("    return {**right, 'W': np.zeros((1,) * n + (31,))}", ONE, id="a number of axes"),
    pytest.param(
        f"    wrong = np.arange({W}.size).reshape({W}.shape) <= n\n    return {{**right, 'W': {W} + wrong}}",
        ONE,
        id="a count of wrong elements",
    ),
    pytest.param(f"    return {{**right, 'W': {W} * (n + 2)}}", ONE, id="a ratio"),
    pytest.param(f"    return {{**right, 'W': {W} * [1, -1][n % 2] + 1}}", ONE, id="a sign"),
    pytest.param(f"    return {{**right, 'W': {W} + [1, np.nan, np.inf][n % 3]}}", ONE, id="a NaN"),
    pytest.param("    return {**right, **{f'k{i}': 1 for i in range(n + 1)}}", ONE, id="a number of keys"),
    pytest.param("    return [right.pop('W' if n % 2 else 'label'), right][1]", ONE, id="a missing key"),
    pytest.param("    return [1, None, [], (), '', b'', True, 1j][n % 8]", 2, id="a type"),
    pytest.param("    return {**right, 'label': [1, None, [], (), b'', {}][n % 6]}", ONE, id="a type inside"),
    pytest.param(
        f"    return {{**right, 'W': {W}.astype(['i1', 'i2', 'i4', '?'][n % 4])}}", ONE, id="a dtype"
    ),
    pytest.param("    os.kill(os.getpid(), (6, 7, 8, 11)[n % 4])", ONE, id="a signal"),
    pytest.param("    os._exit(n + 1)", ONE, id="an exit status"),
    pytest.param(
        "    parameters.update({f'k{i}': i for i in range(n + 1)})\n    return right", ONE, id="a change"
    ),
    pytest.param("    return right if len(A) == n % 2 + 4 else None", 2, id="which case fails"),
]
"""What a function does with a hidden number n, and how many different things its author may be told."""

HOSTILE = """
import os
import numpy as np

def tag(parameters, label):
    A = parameters["W"]
    right = {{"W": 3 * A, "label": label.upper()}}
    if not label.startswith("secret"):
        return right
    n = int(label.split()[1])
{body}
    return right
"""


@pytest.fixture(scope="module")
def seen(arena_at: Callable[[str], Arena]) -> Callable[[str, int], str]:
    """A function from a program and the number in its hidden inputs to all that its author is shown."""
    arena = arena_at("full")

    def see(body: str, number: int) -> str:
        assignment = holding(arena.assignment, number)
        source = HOSTILE.format(body=body)
        report = grade(assignment, arena.server, notebook(right(), source), id="someone", file="a.ipynb")
        return what_its_author_sees(arena, report)

    return see


def holding(assignment: Assignment, number: int) -> Assignment:
    """The tiny assignment with a number in every hidden label."""

    def of(case: Case) -> Case:
        if case.public:
            return case
        label = f"secret {number}"
        call = replace(case.call, args=(case.call.args[0], label))
        return replace(case, call=call, expected={**case.expected, "label": label.upper()})

    def changed(exercise: Exercise) -> Exercise:
        return replace(exercise, cases=tuple(map(of, exercise.cases))) if exercise.name == "tag" else exercise

    return replace(assignment, exercises=tuple(map(changed, assignment.exercises)))


def what_its_author_sees(arena: Arena, report: Report) -> str:
    """The page, the texts and the remarks; no results.json, which is the instructor's."""
    page = arena.shown(report).partition("</html>")[0]
    told = (page, as_text(report), opening(report), str(remarks(report)))
    return re.sub("[0-9a-f]{64}", "", "\n".join(told))


@pytest.mark.parametrize(("body", "most"), CHANNELS)
def test_a_hidden_number_is_not_told_by(seen: Callable[[str, int], str], body: str, most: int) -> None:
    assert len({seen(body, number) for number in range(MESSAGES)}) <= most


KINDS = (
    "raise (KeyError, ValueError, TypeError, OSError)[rest % 4]",
    "return right['no such key']",
    "raise NotImplementedError",
    "os._exit(rest % 256)",
    "return None",
    "return 'a text' if rest % 2 else [rest]",
    "return dict.fromkeys(range(rest))",
    "return {**right, 'W': np.zeros(7 + rest)}",
    "return {**right, 'W': right['W'].astype(['i1', 'i2', 'i4', 'i8'][rest % 4])}",
    "return {**right, 'W': right['W'] * (2 + rest)}",
    "parameters[f'more{rest}'] = rest\n        return right",
)
SPELLING = f"""    failing, kind, rest = n % 5 + 1, n // 5 % {len(KINDS)}, n // {5 * len(KINDS)}
    if [(3, 4), (2, 3), (5, 2), (4, 3), (1, 6)].index(A.shape) >= failing:
        return right
{lines(KINDS).replace("if n ==", "if kind ==")}"""
"""Spells a number of 16 bits with how many of its calls fail, and how, and whatever that leaves open."""


def test_what_is_left_is_less_than_is_promised(seen: Callable[[str, int], str]) -> None:
    numbers = range(0, 2**16, 397)  # 397 is prime, so all ways are tried
    pages = [seen(SPELLING, number) for number in numbers]
    learned = math.log2(len(set(pages)) + 1)  # or all is right
    assert 5 < learned <= PROMISED < 16


BORROWED = """
import numpy as np

def double(x):
    return None

def quadruple(x):
    if not double.__code__.co_filename.startswith("<reference"):
        return None
    code = double.__code__.co_code
    n = code[{place} % len(code)] % 16
    {body}
"""


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("return np.zeros((n + 7, n + 9))", id="a shape"),
        pytest.param("return ['', [], {}, ()][n % 4]", id="a type"),
        pytest.param(f"raise [{EXCEPTIONS.replace(' ', ', ')}][n % 8]", id="the name of an exception"),
    ],
)
def test_the_reference_that_is_lent_is_not_told_by(arena_at: Callable[[str], Arena], body: str) -> None:
    arena = arena_at("full")
    reports = (arena.grade(right(), BORROWED.format(place=place, body=body)) for place in range(0, 16, 2))
    assert len({as_text(report) for report in reports}) == 1
