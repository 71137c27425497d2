"""A name in `forbid` or `raises` that is of nothing is told, as it would be without effect."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.errors import AssignmentError
from grader.models.execution import Statement
from grader.notebooks.forbidden import KEYWORDS, uses_of

NewCourse = Callable[..., Course]

SOLUTION = """import numpy as np
from collections import OrderedDict

class Odd(Exception): ...

def helped(x): return x

def double(x):
    return 2 * helped(x)
"""


def course_with(small_course: NewCourse, arguments: str) -> Course:
    return small_course(
        SOLUTION,
        "from grader.testcase import exercise, variable\n\n"
        f"@exercise({arguments})\ndef double(rng):\n    yield {{'x': 1}}\n    yield {{'x': 2}}\n",
    )


@pytest.mark.parametrize(
    ("arguments", "problem", "advice"),
    [
        ("forbid=['for', 'fro']", "'fro', which forbids nothing", "Did you mean for? Write a keyword"),
        ("forbid=['numpi.clip']", "'numpi.clip', which", "Did you mean numpy?"),
        ("forbid=['np.clpi']", "'np.clpi', which", "Did you mean clip? np has no clpi."),
        ("forbid=['np.linalg.nrom']", "'np.linalg.nrom', which", "Did you mean norm? np.linalg has no nrom."),
        ("forbid=['sort']", "'sort', which", "Did you mean sorted?"),
        ("forbid=['elif']", "'elif', which", "grader finds the keywords and, assert, break"),
        ("raises='ValueErorr'", "'ValueErorr', which is no exception", "Did you mean ValueError? Give"),
        ("raises=[KeyError, 'Qwertz']", "'Qwertz', which is no exception of Python or", "Give the exception"),
    ],
)
def test_what_is_of_nothing_is_told_with_what_may_be_meant(
    small_course: NewCourse, arguments: str, problem: str, advice: str
) -> None:
    course = course_with(small_course, arguments)
    with pytest.raises(AssignmentError) as error:
        load(course, "small")
    first, second = str(error.value).split("\n")
    which = arguments.partition("=")[0]
    assert first.startswith(f"{course.testcases('small')}, line 3: {which} of double has {problem}")
    assert second.startswith(f"  {advice}")


@pytest.mark.parametrize(
    "arguments",
    [
        "forbid=['for', 'sorted', 'np', 'np.dot', 'numpy.linalg', 'np.asscalar', 'np.float', 'collections']",
        "forbid=['sklearn', 'torch', 'pd.concat', 'math.fsum', 'os.path.join', 'plt']",
        "forbid=['helped', 'OrderedDict', 'scipy.special.expit']",
        "raises='Odd'",
        "raises=['ValueError', 'LinAlgError', ZeroDivisionError]",
    ],
)
def test_names_that_are_of_something_are_right(small_course: NewCourse, arguments: str) -> None:
    assert load(course_with(small_course, arguments), "small").exercises


def test_the_line_of_a_variable_is_that_of_its_decorator(small_course: NewCourse) -> None:
    course = small_course(
        "q = 3\n",
        "from grader.testcase import variable\n\n@variable(forbid=['fro'])\ndef q(): ...\n",
    )
    with pytest.raises(AssignmentError, match="line 3: forbid of q has 'fro'"):
        load(course, "small")


USES = {
    "for": "for i in x: pass", "while": "while x: pass", "if": "y = 1 if x else 2",
    "else": "if x:\n    pass\nelse:\n    pass",
    "lambda": "y = lambda: 1", "def": "def f(): ...", "class": "class A: ...", "try": "try: x\nfinally: x",
    "with": "with x: pass", "import": "import os", "global": "def f():\n    global x", "in": "y = 1 in x",
    "yield": "def f(): yield", "is": "y = x is None", "not": "y = not x", "and": "y = x and x",
    "or": "y = x or x", "assert": "assert x", "del": "del x", "break": "while x: break",
    "continue": "while x: continue", "return": "def f(): return", "raise": "raise x", "pass": "pass",
    "except": "try: x\nexcept x: x", "nonlocal": "def f(x):\n    def g():\n        nonlocal x",
}  # fmt: skip


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_each_keyword_is_found(keyword: str) -> None:
    [use, *_] = uses_of([Statement(3, 1, USES[keyword])], [keyword])
    assert (use.what, use.cell) == (keyword, 3)


def test_an_if_without_an_else_has_none() -> None:
    assert [*uses_of([Statement(1, 1, "if x:\n    y = 1\nfor i in x: pass")], ["else"])] == []
