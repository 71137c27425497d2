"""A notebook belongs to the assignment most of whose functions it defines."""

from __future__ import annotations

import pytest

from grader.models.submission import Cell
from grader.notebooks.assignment_detection import marked_functions, recognise

ASSIGNMENTS = {"one": frozenset({"f", "g"}), "two": frozenset({"g", "h", "k"}), "empty": frozenset()}


def cells(*sources: str) -> list[Cell]:
    return [Cell(number, source) for number, source in enumerate(sources, 1)]


@pytest.mark.parametrize(
    ("sources", "name"),
    [
        pytest.param(["def f(): pass", "def g(): pass"], "one", id="all of one"),
        pytest.param(["def g(): pass", "def h(x):\n    return x"], "two", id="more of two"),
        pytest.param(["def f(:\n   oops"], "one", id="a cell that does not parse"),
        pytest.param(["if True:\n    def k(): pass"], "two", id="an indented definition"),
        pytest.param(["f(1)\ng = 2"], None, id="named but not defined"),
        pytest.param(["def other(): pass"], None, id="functions of none"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_the_most_defined_assignment_is_recognised(sources: list[str], name: str | None) -> None:
    assert recognise(cells(*sources), ASSIGNMENTS) == name


def test_without_assignments_nothing_is_recognised() -> None:
    assert recognise(cells("def f(): pass"), {}) is None


def test_marked_functions_are_those_of_the_markers_at_the_start_of_a_line() -> None:
    text = '# GRADED FUNCTION: f\ndef f(): pass\n\n#GRADED FUNCTION:g\n"# GRADED FUNCTION: h"\n'
    assert marked_functions(cells("x = 1", text)) == {"f", "g"}
