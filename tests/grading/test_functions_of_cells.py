"""A function that several cells define anew is an item for each: graded is what it is after that cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbgrader_cells
import pytest
from shop_course import items_lost, write_shop

from grader.assignments.definition import reference_functions
from grader.assignments.loader import load
from grader.authoring.mutation_audit import audit
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Score
from grader.notebooks.name_map import NO_NAMES, NameMap, parse_name_map
from grader.notebooks.reader import read_cells
from grader.notebooks.solution import read_solution
from grader.notebooks.stub import stub_of
from grader.sandbox.fork_server import ForkServer
from grader.testcase import exercise

CELLS = {
    "rate": "# GRADED FUNCTION: rate\ndef rate():\n    return 0.5",
    "first": "# GRADED FUNCTION: price_1\ndef price(n):\n    # YOUR CODE STARTS HERE\n    return 2 * n\n"
    "    # YOUR CODE ENDS HERE",
    "total": "# GRADED FUNCTION: total_1\ndef total(n):\n    return price(n) + 1",
    "second": "# GRADED FUNCTION: price_2\ndef price(n):\n    return 2 * n * rate()",
    "till": "# GRADED CLASS: Till_1\nclass Till:\n    def __init__(self):\n        self.held = 0",
    "fuller": "# GRADED CLASS: Till\nclass Till(Till):\n    def take(self, n):\n        self.held += n",
    "last": "# GRADED FUNCTION: price\ndef price(n):\n    return 0 if n == 0 else n + price(n - 1)",
    "sum": "# GRADED FUNCTION: total\ndef total(n):\n    return price(n) + 2",
}
ITEMS = ("rate", "price_1", "total_1", "price_2", "Till_1", "Till", "price", "total")
PRICES = ("price_1", "price_2", "price")
TESTS = """from grader.testcase import exercise


@exercise(points=1)
def rate(rng):
    yield {}
    yield {}


@exercise(points=1, of="price", grade_id="cell-2")
def price_1(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@exercise(points=1, of="total", grade_id="cell-3")
def total_1(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@exercise(points=1, of="price", grade_id="cell-4")
def price_2(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@exercise(points=1, of="Till", grade_id="cell-5")
def Till_1(rng):
    yield {}
    yield {}


@Till_1.drive
def _(student):
    return student.Till_1().held


@exercise(points=1)
def Till(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@Till.drive
def _(student, n):
    till = student.Till()
    till.take(n)
    return till.held


@exercise(points=1)
def price(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@exercise(points=1)
def total(rng):
    for n in (2, 3, 5):
        yield {"n": n}
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    write_shop(root, CELLS, TESTS)
    return root


@pytest.fixture(scope="module")
def shop(course: Path, sandbox: ForkServer) -> Assignment:
    from grader.assignments.course import Course

    return prepare(load(Course(course), "shop"), sandbox, "a seed")


@pytest.fixture
def lost(shop: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> Callable[..., set[str]]:
    """Return the items that a notebook loses, whose cells have other texts."""

    def graded(names: NameMap = NO_NAMES, **changed: str) -> set[str]:
        return items_lost(shop, sandbox, notebook(*{**CELLS, **changed}.values()), names)

    return graded


def _written(shop: Assignment, sandbox: ForkServer, data: bytes) -> dict[str, Score]:
    report = grade(shop, sandbox, data, id="ann", file="ann.ipynb")
    return {score.name: score for score in report.exercises}


def test_right_work_earns_each_of_them(lost: Callable[..., set[str]]) -> None:
    assert lost() == set()


@pytest.mark.parametrize(
    ("changed", "loses"),
    [
        pytest.param(
            {"first": CELLS["first"].replace("2 *", "3 *")}, {"price_1", "total_1"}, id="the first version"
        ),
        pytest.param({"second": CELLS["second"].replace("2 *", "3 *")}, {"price_2"}, id="the one between"),
        pytest.param({"last": CELLS["last"].replace("n +", "2 * n +")}, {"price"}, id="the last"),
        pytest.param({"rate": CELLS["rate"].replace("0.5", "0.6")}, {"rate"}, id="what all of them call"),
        pytest.param(
            {"second": "# GRADED FUNCTION: price_2\ndef price(n):\n    pass"}, {"price_2"}, id="a blank one"
        ),
        pytest.param(
            {"last": "# GRADED FUNCTION: price\ndef price(n):\n    pass"}, {"price"}, id="the last is blank"
        ),
        pytest.param({"second": "# GRADED FUNCTION: price_2"}, {"price_2"}, id="one that is taken out"),
        pytest.param(
            {"second": CELLS["second"].replace("GRADED", "MY")}, {"price_2"}, id="a cell without its marker"
        ),
        pytest.param(
            {"second": "# GRADED FUNCTION: price_2\ndef price(n:\n    return n"},
            {"price_2"},
            id="a syntax error",
        ),
        pytest.param({"till": CELLS["till"].replace("0", "1")}, {"Till_1", "Till"}, id="what is extended"),
        pytest.param({"fuller": CELLS["fuller"].replace("+=", "-=")}, {"Till"}, id="what extends it"),
    ],
)
def test_a_mistake_in_one_of_them_costs_that_one(
    lost: Callable[..., set[str]], changed: dict[str, str], loses: set[str]
) -> None:
    assert lost(**changed) == loses


def test_a_cell_is_known_by_its_nbgrader_id(shop: Assignment, sandbox: ForkServer) -> None:
    bare = [re.sub("# GRADED.*\n", "", cell) for cell in CELLS.values()]
    cells = [nbgrader_cells.solution(cell, f"cell-{i}") for i, cell in enumerate(bare, 1)]
    scores = _written(shop, sandbox, nbgrader_cells.notebook(cells))
    assert {name: score.points for name, score in scores.items()} == dict.fromkeys(ITEMS, 1)


def test_it_is_known_by_the_authors_own_name(lost: Callable[..., set[str]]) -> None:
    renamed = {key: cell.replace("price(", "cost(") for key, cell in CELLS.items()}
    assert lost(parse_name_map("cost = price", ITEMS), **renamed) == set()


@pytest.mark.parametrize(
    ("second", "says"),
    [
        pytest.param("def price(n:\n    return n", "cell 4", id="a syntax error"),
        pytest.param("def cost(n):\n    return n", "defines cost instead", id="another name"),
    ],
)
def test_its_own_cell_is_told(
    shop: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes], second: str, says: str
) -> None:
    cells = {**CELLS, "second": f"# GRADED FUNCTION: price_2\n{second}"}
    score = _written(shop, sandbox, notebook(*cells.values()))["price_2"]
    assert says in f"{score.message} cell {score.cell}"


def test_a_syntax_slip_in_its_cell_is_mended(
    shop: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    cells = {**CELLS, "second": CELLS["second"].replace("(n):", "(n)")}
    score = _written(shop, sandbox, notebook(*cells.values()))["price_2"]
    assert "would pass" in score.message or "passes" in f"{score.message}{score.hint}", score


def test_a_generator_may_call_each_version(course: Path) -> None:
    from grader.assignments.course import Course

    reference = reference_functions(load(Course(course), "shop"))
    assert (reference.price_1(3), reference.price_2(3)) == (6, 3)


def test_the_stub_has_a_blank_for_each_of_them(course: Path) -> None:
    stub = stub_of(read_solution(course / "solutions" / "shop.py"), {})
    cells = [cell.source for cell in read_cells(stub) if "def price" in cell.source]
    assert [cell.split("\n")[0] for cell in cells] == [f"# GRADED FUNCTION: {name}" for name in PRICES]
    assert "2 * n" not in cells[0]


def test_one_edit_mutants_are_of_the_version_that_they_change(
    course: Path, shop: Assignment, sandbox: ForkServer
) -> None:
    from grader.assignments.course import Course

    found = audit(load(Course(course), "shop"), shop, sandbox)
    assert {one.function for one in found.mistakes} >= {"price_1", "price_2", "price", "total_1", "Till_1"}
    assert {one.function for one in found.survivors} == {"price"}  # an end of it that nothing shows


def test_an_item_is_a_name_of_the_notebook() -> None:
    with pytest.raises(TypeError, match="let it be the name of a variable, a function or a class"):
        exercise(points=1, of="two words")
    with pytest.raises(TypeError, match="let the generator have the name of the item"):
        exercise(points=1, of="Till", name="Till.take")


def test_the_solution_needs_a_cell_for_each(tmp_path: Path) -> None:
    lacking = TESTS.replace("def price_2", "def price_3")
    with pytest.raises(AssignmentError, match=r"price_3 is missing \(No cell is marked as its own"):
        load(write_shop(tmp_path, CELLS, lacking), "shop")
