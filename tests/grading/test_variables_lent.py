"""Several graded variables that are lent to one item: each comes with its own value, where it has it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from shop_course import items_lost, write_shop

from grader.assignments.loader import load
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.notebooks.name_map import NO_NAMES, NameMap, parse_name_map
from grader.sandbox.fork_server import ForkServer

CELLS = {
    "first": "# GRADED VARIABLE: early\nimport numpy as np\nstock = np.array([12, 5])",
    "note": "opened = stock.copy()",
    "second": "# GRADED VARIABLE: stock\nstock -= 3",
    "report": "# GRADED VARIABLE: report\nreport = opened.sum() * 100 + stock.sum()",
}
TESTS = """from grader.testcase import variable


@variable(points=1, of="stock", grade_id="cell-1")
def early(): ...


@variable(points=1)
def stock(): ...


@variable(points=1)
def report(): ...
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, sandbox: ForkServer) -> Assignment:
    course = write_shop(tmp_path_factory.mktemp("course"), CELLS, TESTS)
    return prepare(load(course, "shop"), sandbox, "a seed")


@pytest.fixture
def lost(shop: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> Callable[..., set[str]]:
    """Return the items that a notebook loses, whose cells have other texts."""

    def graded(names: NameMap = NO_NAMES, **changed: str) -> set[str]:
        return items_lost(shop, sandbox, notebook(*{**CELLS, **changed}.values()), names)

    return graded


WRONG = {
    "first": "# GRADED VARIABLE: early\nimport numpy as np\nstock = np.array([13, 5])",
    "second": "# GRADED VARIABLE: stock\nstock -= 4",
}


def test_two_values_of_one_variable_are_each_lent_where_they_belong(lost: Callable[..., set[str]]) -> None:
    assert lost() == set()
    assert lost(**WRONG) == {"early", "stock"}


def test_what_is_wrong_with_both_of_them_lent_loses_still(lost: Callable[..., set[str]]) -> None:
    wrong = {"report": CELLS["report"].replace("100", "10")}
    assert lost(**WRONG, **wrong) == {"early", "stock", "report"}


def test_both_are_lent_by_the_authors_own_name(lost: Callable[..., set[str]]) -> None:
    names = parse_name_map("rest = stock", ("early", "stock", "report"))
    renamed = {key: cell.replace("stock", "rest") for key, cell in {**CELLS, **WRONG}.items()}
    assert lost(names, **renamed) == {"early", "stock"}
