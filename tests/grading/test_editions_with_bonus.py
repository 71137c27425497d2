"""A bonus hides nothing of an earlier edition, and the edition that a notebook is marked by explains it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.validate import findings
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.report import Report
from grader.sandbox.fork_server import ForkServer

BODY = """def {}:
    # YOUR CODE STARTS HERE
    y = {}
    # YOUR CODE ENDS HERE
    return y
"""
NOW = {"triple": BODY.format("triple(n)", "3 * n"), "scaled": BODY.format("scaled(n)", "2 * n")}
ANSWERS_THEN = BODY.format("scaled(n)", "5 * n")
PARAMETERS_THEN = BODY.format("scaled(n, k)", "k * n")
TESTCASES = """
from grader.testcase import Edition, exercise

EDITIONS = {"2017": Edition(marked_by=r"def scaled\\(n, k", ruled_out_by="import later")}


@exercise(points=2, bonus=True)
def triple(rng):
    for n in (3, 1, 4, 2, 5):
        yield {"n": n}


@exercise(points=2)
def scaled(rng):
    for n in (3, 1, 4, 2, 5):
        yield {"n": n, "k": n + 1}
"""
BY_2017 = "graded by the edition 2017 of the exercise"


def solution(functions: dict[str, str]) -> str:
    cells = "\n".join(f"# %%\n# GRADED FUNCTION: {name}\n{source}" for name, source in functions.items())
    return f"# %%\nimport numpy as np\n\n{cells}"


@pytest.fixture
def course_with(small_course: Callable[..., Course]) -> Callable[[str], Course]:
    def write(then: str) -> Course:
        testcases = TESTCASES if "k" in then else TESTCASES.replace(', "k": n + 1', "")
        return small_course(solution(NOW), testcases, **{"testcases/small/editions/2017.py": then})

    return write


@pytest.fixture
def graded(sandbox: ForkServer) -> Callable[[Course, str], Report]:
    def grade_it(course: Course, source: str) -> Report:
        assignment = prepare(load(course, "small"), sandbox, "seed")
        return grade(assignment, sandbox, source.encode(), id="a", file="a.py")

    return grade_it


def test_a_bonus_does_not_keep_an_earlier_edition_from_being_tried(
    course_with: Callable[[str], Course], graded: Callable[[Course, str], Report]
) -> None:
    report = graded(course_with(ANSWERS_THEN), solution(NOW | {"scaled": ANSWERS_THEN}))
    assert (report.points, report.max_points, report.notes) == (4, 2, (BY_2017,))


def test_of_equal_points_the_edition_that_a_notebook_is_marked_by_explains(
    course_with: Callable[[str], Course], graded: Callable[[Course, str], Report]
) -> None:
    wrong = solution(NOW | {"scaled": PARAMETERS_THEN.replace("k * n", "k * n + 1")})
    report = graded(course_with(PARAMETERS_THEN), wrong + "\nimport later\n")
    [_, scaled] = report.exercises
    assert (report.points, report.notes, scaled.message) == (
        2,
        (BY_2017,),
        "y is wrong. Yours is 13, expected 12.",
    )


@pytest.mark.parametrize(
    ("then", "is_named"),
    [
        pytest.param(NOW["scaled"], True, id="all is right, a bonus too"),
        pytest.param(ANSWERS_THEN, False, id="a bonus makes up for what is wrong"),
    ],
)
def test_validate_tells_whether_an_edition_is_right_in_the_current_one_too(
    then: str, is_named: bool, course_with: Callable[[str], Course], sandbox: ForkServer
) -> None:
    definition = load(course_with(then), "small")
    found = findings(definition, prepare(definition, sandbox, "seed"), sandbox)
    [faults] = [one.faults for one in found if "edition" in one.claim]
    assert bool(faults) is is_named


def test_a_mistyped_function_of_an_edition_is_named(course_with: Callable[[str], Course]) -> None:
    course = course_with("import numpy as np\n\n\n" + ANSWERS_THEN.replace("scaled", "scaledd"))
    with pytest.raises(AssignmentError) as caught:
        load(course, "small")
    path = course.edition("small", "2017")
    assert str(caught.value) == (
        f"{path}, line 4: scaledd is no graded function, and none uses it\n"
        "  Did you mean scaled? Give it the name that it has in the solution, or take it out."
    )


def test_what_a_function_of_an_edition_needs_may_be_defined_beside_it(
    course_with: Callable[[str], Course], graded: Callable[[Course, str], Report]
) -> None:
    helper = "@np.vectorize\ndef five_times(n):\n    return 5 * n\n\n\n"
    course = course_with(helper + ANSWERS_THEN.replace("5 * n", "five_times(n)"))
    assert graded(course, solution(NOW | {"scaled": ANSWERS_THEN})).points == 4
