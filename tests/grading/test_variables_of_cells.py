"""A variable that several cells set anew is an item for each cell: its value after that cell counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbgrader_cells
import pytest
from shop_course import items_lost, write_shop

from grader.assignments.loader import load
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.notebooks.name_map import NO_NAMES, NameMap, parse_name_map
from grader.sandbox.fork_server import ForkServer
from grader.testcase import variable

CELLS = {
    "first": "# GRADED VARIABLE: stock_1\n# GRADED VARIABLE: sold_1\nstock = 12\nsold = [3]",
    "second": "# GRADED VARIABLE: stock_2\nstock = stock - sum(sold)",
    "third": "# GRADED VARIABLE: stock\nsold = sold + [4]\nstock = stock - sold[-1]",
    "report": "# GRADED VARIABLE: report\nreport = f'{stock} left'",
}
ITEMS = ("stock_1", "sold_1", "stock_2", "stock", "report")
TESTS = """from grader.testcase import variable


@variable(points=1, of="stock", grade_id="cell-1")
def stock_1(): ...


@variable(points=1, of="sold", grade_id="cell-1")
def sold_1(): ...


@variable(points=1, of="stock", grade_id="cell-2")
def stock_2(): ...


@variable(points=1)
def stock(): ...


@variable(points=1)
def report(): ...
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, sandbox: ForkServer) -> Assignment:
    return prepare(
        load(write_shop(tmp_path_factory.mktemp("course"), CELLS, TESTS), "shop"), sandbox, "a seed"
    )


@pytest.fixture
def lost(shop: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> Callable[..., set[str]]:
    """Return the items that a notebook loses, whose cells have other texts."""

    def graded(names: NameMap = NO_NAMES, **changed: str) -> set[str]:
        return items_lost(shop, sandbox, notebook(*{**CELLS, **changed}.values()), names)

    return graded


def test_right_work_earns_each_of_them(lost: Callable[..., set[str]]) -> None:
    assert lost() == set()


@pytest.mark.parametrize(
    ("changed", "loses"),
    [
        pytest.param({"first": CELLS["first"].replace("12", "13")}, {"stock_1"}, id="the first value"),
        pytest.param({"second": CELLS["second"].replace("-", "+")}, {"stock_2"}, id="the one between"),
        pytest.param({"third": CELLS["third"].replace("[4]", "[5]")}, {"stock"}, id="the last"),
        pytest.param({"second": "# GRADED VARIABLE: stock_2\n..."}, {"stock_2"}, id="a blank cell"),
        pytest.param(
            {"first": "stock = 12\nsold = [3]"}, {"stock_1", "sold_1"}, id="a cell without its marker"
        ),
    ],
)
def test_a_mistake_in_one_of_them_costs_that_one(
    lost: Callable[..., set[str]], changed: dict[str, str], loses: set[str]
) -> None:
    assert lost(**changed) == loses


def test_a_cell_is_known_by_its_nbgrader_id(shop: Assignment, sandbox: ForkServer) -> None:
    bare = [re.sub("# GRADED.*\n", "", cell) for cell in CELLS.values()]
    cells = [nbgrader_cells.solution(cell, f"cell-{i}") for i, cell in enumerate(bare, 1)]
    report = grade(shop, sandbox, nbgrader_cells.notebook(cells), id="ann", file="ann.ipynb")
    assert {score.name: score.points for score in report.exercises} == dict.fromkeys(ITEMS, 1)


def test_it_is_known_by_the_authors_own_name(lost: Callable[..., set[str]]) -> None:
    names = parse_name_map("rest = stock", ITEMS)
    renamed = {
        key: cell.replace("stock ", "rest ").replace("{stock}", "{rest}") for key, cell in CELLS.items()
    }
    assert lost(names, **renamed) == set()


def test_a_variable_is_named_by_an_identifier() -> None:
    with pytest.raises(TypeError, match="let it be the name of a variable"):
        variable(points=1, of="two words")


def test_the_solution_needs_a_cell_for_each(tmp_path: Path) -> None:
    lacking = TESTS.replace("def stock_2", "def stock_3")
    with pytest.raises(AssignmentError, match=r"stock_3 is missing \(No statement sets stock in the cell of"):
        load(write_shop(tmp_path, CELLS, lacking), "shop")
