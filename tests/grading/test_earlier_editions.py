"""An earlier edition has functions of its own: other parameters, another seed, and whatever uses them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.handout import NAME, read_handout, same
from grader.assignments.loader import load
from grader.authoring.release import make_release
from grader.authoring.validate import findings
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.report import Report
from grader.sandbox.fork_server import ForkServer

HEAD = "# %%\nimport numpy as np\n\n"

BODY = """def {}:
    # YOUR CODE STARTS HERE
    {}
    # YOUR CODE ENDS HERE
    return {}"""

NOW = {
    "start": BODY.format("start(n)", "w = np.random.randn(n)", "w"),
    "cost": BODY.format("cost(a, y)", "j = np.sum((a - y) ** 2)", "j"),
    "fit": BODY.format("fit(y)", "np.random.seed(3)\n    w = start(y.size)\n    j = cost(w, y)", "w, j"),
}
THEN = {
    "start": NOW["start"].replace("    w =", "    np.random.seed(2)\n    w ="),
    "cost": NOW["cost"].replace("(a, y)", "(a, y, parameters)"),
    "fit": NOW["fit"].replace("cost(w, y)", 'cost(w, y, {"w": w})'),
}

TESTCASES = """
from grader.testcase import Edition, exercise

EDITIONS = {"2017": Edition(marked_by=r"def cost\\(a, y, parameters")}


@exercise(points=1)
def start(rng):
    for n in (3, 1, 4, 2, 5):
        yield {"n": n}


@exercise(points=2)
def cost(rng):
    for n in (3, 1, 4, 2, 5):
        a = rng.standard_normal(n)
        yield {"a": a, "y": rng.standard_normal(n), "parameters": {"w": a}}


@exercise(points=4)
def fit(rng):
    for n in (3, 1, 4, 2, 5):
        yield {"y": rng.standard_normal(n)}
"""


def solution(functions: dict[str, str], head: str = HEAD) -> str:
    return head + "\n\n".join(f"# %%\n# GRADED FUNCTION: {n}\n{s}\n" for n, s in functions.items())


@pytest.fixture
def course(small_course: Callable[..., Course]) -> Course:
    edition = '"""The edition of 2017."""\n' + "\n\n".join(THEN.values())
    return small_course(solution(NOW), TESTCASES, **{"testcases/small/editions/2017.py": edition})


@pytest.fixture
def graded(course: Course, sandbox: ForkServer) -> Callable[[str], Report]:
    assignment = prepare(load(course, "small"), sandbox, "seed")
    return lambda source: grade(assignment, sandbox, source.encode(), id="a", file="a.py")


BY_2017 = "graded by the edition 2017 of the exercise"


@pytest.mark.parametrize(
    ("functions", "head", "points", "notes"),
    [
        pytest.param(NOW, HEAD, 7, (), id="the current edition"),
        pytest.param(THEN, HEAD, 7, (BY_2017,), id="the earlier edition"),
        pytest.param(
            NOW | {"start": THEN["start"]},
            HEAD,
            6,
            (),
            id="the seed of the earlier edition in the current one",
        ),
        pytest.param(
            NOW | {"start": THEN["start"]},
            HEAD + "import public_tests\n",
            6,
            (),
            id="ruled out by public tests",
        ),
        pytest.param(
            THEN | {"start": NOW["start"]},
            HEAD,
            6,
            (BY_2017,),
            id="no seed where the earlier edition wants one",
        ),
        pytest.param(
            {**THEN, "cost": THEN["cost"].replace("- y", "+ y")},
            HEAD,
            5,
            (BY_2017,),
            id="one mistake in the earlier one",
        ),
    ],
)
def test_a_notebook_is_graded_by_the_edition_that_it_is_of(
    functions: dict[str, str],
    head: str,
    points: float,
    notes: tuple[str, ...],
    graded: Callable[[str], Report],
) -> None:
    report = graded(solution(functions, head))
    assert (report.points, report.notes) == (points, notes)


def test_students_check_their_notebook_by_its_edition(course: Course, sandbox: ForkServer) -> None:
    definition = load(course, "small")
    made = make_release(definition, prepare(definition, sandbox, "seed"), sandbox)
    made.write(course.root)
    path = course.root / "assignments/small" / NAME
    assert same(path.read_bytes(), path.read_bytes())
    handed_out = read_handout(path).assignment()
    report = grade(handed_out, sandbox, solution(THEN).encode(), id="a", file="a.py")
    assert (report.points, report.notes) == (7, (BY_2017,))


def claims(course: Course, sandbox: ForkServer) -> dict[str, tuple[str, ...]]:
    definition = load(course, "small")
    found = findings(definition, prepare(definition, sandbox, "seed"), sandbox)
    return {one.claim: one.faults for one in found if "edition" in one.claim}


def test_validate_proves_each_edition(course: Course, sandbox: ForkServer) -> None:
    assert claims(course, sandbox) == {"The solution of each of 1 earlier editions is right in it alone.": ()}


def test_validate_names_an_edition_that_changes_nothing(course: Course, sandbox: ForkServer) -> None:
    path = course.root / "testcases/small/editions/2017.py"
    path.write_text(NOW["cost"].replace("y)", "y, parameters=None)", 1), encoding="utf-8")
    [[fault]] = claims(course, sandbox).values()
    assert fault.startswith(f"{path}: it is right in the current edition too\n  Move it to")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param('"2017"', '"2016"', "2016.py: there is no such file, and EDITIONS in", id="no file"),
        pytest.param(
            '"def cost', '"(def cost', "line 4: importing it raised ValueError: marked_by=", id="no pattern"
        ),
        pytest.param(
            ', "parameters": {"w": a}',
            "",
            "Yield a dictionary with the keys a, y, parameters, which it has in the edition 2017.",
            id="a parameter that is not yielded",
        ),
        pytest.param(
            '"parameters":', '"params":', "has ['a', 'params', 'y']", id="a parameter of no edition"
        ),
        pytest.param(
            'parameters")}',
            'parameters", expects=abs)}',
            "EDITIONS is not what it should be",
            id="a convention of results",
        ),
        pytest.param(
            "@exercise(points=1)",
            "@exercise(points=1, editions=[Edition('x')])",
            "give it expects=, or write it into EDITIONS",
            id="an edition of one function without a convention",
        ),
    ],
)
def test_a_wrong_edition_is_named(old: str, new: str, says: str, course: Course, sandbox: ForkServer) -> None:
    path = course.testcases("small")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AssignmentError) as caught:
        prepare(load(course, "small"), sandbox, "seed")
    assert says in str(caught.value)
