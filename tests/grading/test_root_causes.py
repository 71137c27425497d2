"""What is missing for a reason is told with that reason, where the student looks first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.report import Score
from grader.sandbox.fork_server import ForkServer

IMPORT = "from dataclasses import dataclass, field"
CLASS = """# GRADED CLASS: Stack
@dataclass
class Stack:
    items: list = field(default_factory=list)

    def push(self, x):
        # YOUR CODE STARTS HERE
        self.items.append(x)
        # YOUR CODE ENDS HERE

    def pop(self):
        # YOUR CODE STARTS HERE
        return self.items.pop()
        # YOUR CODE ENDS HERE"""
VALID = "# GRADED VARIABLE: valid\nwords = ['a', 'bc']\nvalid = [w for w in words if len(w) > 1]"
SOLUTION = f"# %%\n{IMPORT}\n\n# %%\n{CLASS}\n\n# %%\n{VALID}"
TESTS = """from grader.testcase import exercise, variable


@exercise(points=2, name="Stack.push")
def push(rng):
    for x in (1, 2, 3):
        yield {"x": x}


@push.drive
def _(student, x):
    stack = student.Stack()
    stack.push(x)
    return stack.items


@exercise(points=2, name="Stack.pop")
def pop(rng):
    for x in (1, 2, 3):
        yield {"x": x}


@pop.drive
def _(student, x):
    return student.Stack([x]).pop()


@variable(points=2)
def valid(): ...
"""
Graded = Callable[..., dict[str, Score]]


@pytest.fixture
def graded(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> Graded:
    """A function from the cells of a notebook to its scores, by name."""
    assignment = prepare(load(small_course(SOLUTION, TESTS), "small"), sandbox, "a seed")

    def run(*cells: str) -> dict[str, Score]:
        report = grade(assignment, sandbox, notebook(*cells), id="a", file="a.ipynb")
        return {score.name: score for score in report.exercises}

    return run


def test_a_class_whose_statement_raises_tells_so_in_each_method(graded: Graded) -> None:
    scores = graded(CLASS, VALID)
    for name in ("Stack.push", "Stack.pop"):
        score = scores[name]
        assert score.message == "NameError: name 'dataclass' is not defined"
        assert score.hint == "Add `from dataclasses import dataclass` to a cell above."
        assert (score.cell, score.line) == (1, 2)
        assert score.points == 0


def test_so_does_one_whose_base_raises(graded: Graded) -> None:
    base = "class Base:\n    limit = math.inf"
    score = graded(IMPORT, base, CLASS.replace("class Stack:", "class Stack(Base):"), VALID)["Stack.pop"]
    assert score.message == "NameError: name 'math' is not defined"
    assert score.hint == "Add `import math` to a cell above."
    assert (score.cell, score.line) == (2, 2)


def test_a_class_that_is_gone_for_no_known_reason_is_called_a_class(graded: Graded) -> None:
    gone = f"{CLASS}\n\nfor name in ['Stack']:\n    globals().pop(name)"
    message = graded(IMPORT, gone, VALID)["Stack.push"].message
    assert "unction" not in message


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        pytest.param(
            VALID.replace("valid =", "vaild ="),
            "valid is not written yet. The 3rd code cell sets another name: did you mean `vaild`?",
            id="letters in another order",
        ),
        pytest.param(
            VALID.replace("valid =", "Valid ="),
            "valid is not written yet. The 3rd code cell sets another name: did you mean `Valid`?",
            id="a capital letter",
        ),
        pytest.param(
            VALID.replace("valid =", "valid = None\nvaild ="),
            "valid is not written yet. The 3rd code cell sets another name: did you mean `vaild`?",
            id="beside the placeholder",
        ),
        pytest.param(
            VALID.replace("valid =", "invalid = vaild ="), "valid is not written yet.", id="two are near"
        ),
        pytest.param(VALID.replace("valid =", "chosen ="), "valid is not written yet.", id="none is near"),
        pytest.param(VALID.replace("valid =", "valid2 ="), "valid is not written yet.", id="another number"),
    ],
)
def test_a_variable_under_a_misspelt_name_is_asked_for(graded: Graded, cell: str, message: str) -> None:
    assert graded(IMPORT, CLASS, cell)["valid"].message == message
