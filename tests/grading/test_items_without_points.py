"""An item that is not marked is judged and told like any other, and changes no mark by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from shop_course import write_shop

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.validate import findings, judged_already
from grader.comparison.verdict import Verdict
from grader.grading.pipeline import grade
from grader.grading.programs import lendable
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Report, Score
from grader.reports.class_report.item_analysis import analyse, cronbach_alpha
from grader.reports.wording import score_marks
from grader.sandbox.fork_server import ForkServer

CELLS = {
    "prices": "# GRADED VARIABLE: prices\n# YOUR CODE STARTS HERE\nprices = [3, 4]\n# YOUR CODE ENDS HERE",
    "rate": "# GRADED FUNCTION: rate\ndef rate(n):\n    # YOUR CODE STARTS HERE\n    return n / 4\n"
    "    # YOUR CODE ENDS HERE",
    "total": "# GRADED VARIABLE: total\n# YOUR CODE STARTS HERE\ntotal = sum(prices) + rate(2)\n"
    "# YOUR CODE ENDS HERE",
}
TESTS = """from grader.testcase import exercise, variable


@variable(marked=False)
def prices(): ...


@exercise(points=1)
def rate(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@variable(points=1)
def total(): ...
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return write_shop(tmp_path_factory.mktemp("course"), CELLS, TESTS)


@pytest.fixture(scope="module")
def shop(course: Course, sandbox: ForkServer) -> Assignment:
    return prepare(load(course, "shop"), sandbox, "a seed")


@pytest.fixture
def graded(shop: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> Callable[..., Report]:
    def report(**changed: str) -> Report:
        data = notebook(*{**CELLS, **changed}.values())
        return grade(shop, sandbox, data, id="ann", file="ann.ipynb")

    return report


def _scores(report: Report) -> dict[str, Score]:
    return {score.name: score for score in report.exercises}


def test_right_work_passes_it_and_earns_what_the_others_give(graded: Callable[..., Report]) -> None:
    report = graded()
    assert (report.points, report.max_points) == (2, 2)
    assert all(score.is_full for score in report.exercises)


def test_a_mistake_in_it_is_told_and_costs_what_needs_it(graded: Callable[..., Report]) -> None:
    scores = _scores(graded(prices="prices = [3, 5]"))
    assert scores["prices"].verdict is Verdict.WRONG_VALUE
    assert scores["prices"].message
    assert not scores["prices"].is_full
    assert score_marks(scores["prices"]) == "0 of 0"
    assert scores["total"].points == 0


def test_what_gives_no_points_is_not_lent(shop: Assignment) -> None:
    assert lendable(shop, "total") == {"rate"}


def test_another_mistake_costs_its_own_item_alone(graded: Callable[..., Report]) -> None:
    scores = _scores(graded(rate=CELLS["rate"].replace("/ 4", "/ 5")))
    assert {name for name, score in scores.items() if not score.is_full} == {"rate"}


def test_what_students_receive_may_not_pass_it(graded: Callable[..., Report]) -> None:
    stub = graded(prices="prices = None", rate="def rate(n):\n    pass", total="total = None")
    assert {score.name for score in stub.exercises if score.is_full} == set()
    assert [*judged_already(stub.exercises)] == []


def test_it_is_no_item_of_cronbachs_alpha(graded: Callable[..., Report]) -> None:
    right, half = graded(), graded(rate=CELLS["rate"].replace("/ 4", "/ 5"))
    none = graded(rate="def rate(n):\n    pass", total="total = None", prices="prices = None")
    analysis = analyse([right, right, half, none, none] * 5)
    marked = np.array([[1, 1], [1, 1], [0, 1], [0, 0], [0, 0]] * 5, float)
    assert analysis.alpha == pytest.approx(cronbach_alpha(marked))
    assert len(analysis.items) == 3


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        pytest.param("return n / 5", set(), id="a wrong one"),
        pytest.param("return n * 0.25", {"Each of 1 broken solutions loses its points"}, id="a right one"),
    ],
)
def test_a_broken_version_has_to_fail_it(
    tmp_path: Path, sandbox: ForkServer, source: str, faults: set[str]
) -> None:
    course = write_shop(tmp_path, CELLS, TESTS.replace("exercise(points=1)", "exercise(marked=False)"))
    broken = tmp_path / "testcases" / "shop" / "broken"
    broken.mkdir(parents=True)
    (broken / "rate.py").write_text(f'"""Another rate."""\ndef rate(n):\n    {source}\n', encoding="utf-8")
    definition = load(course, "shop")
    found = findings(definition, prepare(definition, sandbox, "a seed"), sandbox)
    told = {one.claim.partition(",")[0] for one in found if one.faults and "broken" in one.claim}
    assert told == faults
