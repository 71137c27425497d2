"""A question that no text asks can be answered by nobody: neither release nor validate passes over it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.questions import absent_questions
from grader.authoring.release import release
from grader.authoring.validate import findings
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]

SOLUTION = """# %% [markdown]
# {asked}

# %%
# GRADED FUNCTION: double
def double(x):
    # YOUR CODE STARTS HERE
    return 2 * x
    # YOUR CODE ENDS HERE
"""
TESTCASES = """from grader.testcase import exercise, question


@exercise()
def double(rng):
    yield {"x": rng.normal()}
    yield {"x": rng.normal()}


question("why", points=2)
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("**Question: why** Is it?", []),
        ("Why?", ["Write `**Question: why**` into a text cell."]),
        ("**Question: whi** Is it?", ["Did you mean whi? Write `**Question: why**` into a text cell."]),
    ],
)
def test_a_question_that_no_text_asks_is_told(small_course: NewCourse, asked: str, said: list[str]) -> None:
    course = small_course(SOLUTION.format(asked=asked), TESTCASES)
    found = [*absent_questions(load(course, "small"))]
    problem = f"{course.solution('small')}: no text asks the question why\n  "
    assert found == [f"{problem}{one}" for one in said]


def test_neither_release_nor_validate_passes_over_it(small_course: NewCourse, sandbox: ForkServer) -> None:
    course = small_course(SOLUTION.format(asked="Why?"), TESTCASES)
    definition = load(course, "small")
    assignment = prepare(definition, sandbox, "s")
    with pytest.raises(AssignmentError, match="no text asks the question why"):
        release(definition, assignment, sandbox)
    faults = {finding.claim: "".join(finding.faults) for finding in findings(definition, assignment, sandbox)}
    assert "no text asks the question why" in faults["The text of the solution has each question."]
