"""One mistake in a variable costs that variable alone: what needs it is judged with the reference's value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.programs import isolated_program
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Report, Score
from grader.notebooks.extraction import extract
from grader.notebooks.name_map import NO_NAMES, NameMap, parse_name_map
from grader.notebooks.reader import read_cells
from grader.sandbox.fork_server import ForkServer

CELLS = {
    "data": "import numpy as np\n\nprices = np.array([3.0, 1.0, 2.5])",
    "cheap": "# GRADED VARIABLE: cheap\ncheap = [float(p) for p in prices if p < 3]",
    "total": "# GRADED VARIABLE: total\ntotal = sum(cheap) + 1",
    "rate": "# GRADED VARIABLE: rate\nrate = 0.25",
    "tax": "# GRADED FUNCTION: tax\ndef tax(price):\n    amount = rate * price\n    return amount",
    "bill": "# GRADED VARIABLE: bill\nbill = total + tax(total)",
}
TESTS = """from grader.testcase import exercise, variable


@variable(points=2)
def cheap(): ...


@variable(points=2)
def total(): ...


@variable(points=2)
def rate(): ...


@exercise(points=2)
def tax(rng):
    for price in (2.0, 5.0, 7.0):
        yield {"price": price}


@variable(points=2)
def bill(): ...
"""
SOLUTION = "\n\n".join(f"# %%\n{cell}" for cell in CELLS.values())


@pytest.fixture(scope="module")
def shopping(tmp_path_factory: pytest.TempPathFactory, sandbox: ForkServer) -> Assignment:
    root: Path = tmp_path_factory.mktemp("course")
    for folder, text in {"solutions": SOLUTION, "testcases": TESTS}.items():
        (root / folder).mkdir()
        (root / folder / "shopping.py").write_text(text, encoding="utf-8")
    return prepare(load(Course(root), "shopping"), sandbox, "a seed")


Graded = Callable[..., Report]


@pytest.fixture
def shop(shopping: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> Graded:
    def graded(*, names: NameMap = NO_NAMES, more: str = "pass", **changed: str) -> Report:
        data = notebook(*({**CELLS, **changed}).values(), more)
        return grade(shopping, sandbox, data, id="ann", file="ann.ipynb", names=names)

    return graded


def losing(report: Report) -> set[str]:
    return {score.name for score in report.exercises if score.points == 0}


def score_of(report: Report, name: str) -> Score:
    return next(score for score in report.exercises if score.name == name)


def test_the_reference_uses_what_its_items_need(shopping: Assignment) -> None:
    uses = {exercise.name: set(exercise.uses) for exercise in shopping.exercises}
    assert uses == {
        "cheap": set(),
        "total": {"cheap"},
        "rate": set(),
        "tax": {"rate"},
        "bill": {"total", "tax"},
    }


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        pytest.param("cheap", "cheap = [1.0]", id="the first of three"),
        pytest.param("total", "total = 7", id="the second of three"),
        pytest.param("rate", "rate = 0.5", id="one that a function reads"),
        pytest.param("tax", "def tax(price):\n    return rate", id="a function that a variable needs"),
        pytest.param("bill", "bill = total", id="the last"),
        pytest.param("cheap", "cheap = None", id="it is left blank"),
        pytest.param("cheap", "cheap = [p for p", id="its cell does not parse"),
        pytest.param("cheap", "cheap = prices.nothing", id="its cell fails"),
        pytest.param("cheap", "pass", id="nothing sets it"),
        pytest.param("rate", "rate = None", id="one that a function reads is left blank"),
    ],
)
def test_one_mistake_costs_one_item(shop: Graded, name: str, cell: str) -> None:
    assert losing(shop(**{name: cell})) == {name}


def test_all_of_a_right_notebook_is_right_as_written(shop: Graded) -> None:
    report = shop()
    assert report.points == 10
    assert {score.credited for score in report.exercises} == {"as_written"}


def test_the_author_is_told_which_value_was_wrong(shop: Graded) -> None:
    total = score_of(shop(cheap="cheap = [1.0]"), "total")
    assert (total.credited, total.cause) == ("isolated", "cheap")
    assert total.message == "Right by itself: computed from the right cheap; yours, which it needs, is not."


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(
            {
                "cheap": "# GRADED VARIABLE: cheap\ncheap = [1.0]",
                "total": "cheap.append(9.0)\ntotal = sum(cheap) - 8",
            },
            id="it changes the value that was lent, for each of its cases",
        ),
        pytest.param(
            {
                "cheap": "cheap = prices\nshown = list(cheap)\ncheap = [1.0]",
                "total": "total = sum(cheap) + 1",
            },
            id="the name had another value before",
        ),
        pytest.param(
            {
                "cheap": "# GRADED VARIABLE: cheap\nother, cheap = 1, [1.0]",
                "total": "total = sum(cheap) + other",
            },
            id="the same statement sets a name that it needs",
        ),
        pytest.param(
            {
                "cheap": "def above():\n    return sum(cheap)\n\ncheap = [1.0]",
                "total": "total = above() + 1",
            },
            id="a helper of the author reads it",
        ),
    ],
)
def test_a_wrong_value_is_replaced_where_it_would_have_been_set(
    shop: Graded, changed: dict[str, str]
) -> None:
    assert losing(shop(**changed)) == {"cheap"}


def test_a_variable_that_is_right_with_its_authors_wrong_value_keeps_its_points(shop: Graded) -> None:
    report = shop(cheap="cheap = [3.5]", total="total = sum(cheap) + 1 if len(cheap) == 2 else 4.5")
    assert losing(report) == {"cheap"}
    report = shop(cheap="cheap = [3.0, 0.5]", total="total = max(cheap) + min(cheap) + 1")
    assert losing(report) == {"cheap"}
    by_its_own = shop(cheap="cheap = [4.5]", total="total = cheap[0]")
    assert losing(by_its_own) == {"cheap"}
    assert score_of(by_its_own, "total").credited == "as_written"


def test_a_variable_that_is_wrong_either_way_is_told_as_it_was_written(shop: Graded) -> None:
    total = score_of(shop(cheap="cheap = [1.0]", total="total = sum(cheap) + 2"), "total")
    assert total.points == 0
    assert "3.0" in total.message or "wrong" in total.message


def test_a_value_is_lent_by_the_name_that_its_author_gives_it(shop: Graded, shopping: Assignment) -> None:
    names = parse_name_map("low = cheap", shopping.wanted.functions)
    report = shop(names=names, cheap="low = [1.0]", total="total = sum(low) + 1")
    assert losing(report) == {"cheap"}


def test_the_reference_of_a_variable_is_never_in_its_own_process(
    shopping: Assignment, notebook: Callable[..., bytes]
) -> None:
    parts = extract(read_cells(notebook(*CELLS.values())), shopping.wanted).parts
    for name in shopping.wanted.functions:
        lent = isolated_program(shopping, name, parts, NO_NAMES).stand_ins
        assert lent is not None
        assert not any(name in statement.source.split(" =")[0] for statement in lent.statements), name
