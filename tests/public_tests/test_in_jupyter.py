"""In a Jupyter kernel a failed test shows a card, and a traceback has no line of the grader's."""

from __future__ import annotations

import re
import shutil
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from grader.assignments.definition import Definition

# What the packages of Jupyter warn of is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore")

IMPORTS = "from public_tests import *\nimport numpy as np"
CELLS = {
    "right": """
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
linear_forward_test(linear_forward)""",
    "wrong": """
def linear_forward(A, W, b):
    return W @ A - b, (A, W, b)
linear_forward_test(linear_forward)""",
    "helper": """
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    return np.maximum(0, Z), (cache, Z)
linear_activation_forward_test(linear_activation_forward)""",
    "raising": """
def of_rows(A, W):
    return np.dot(W.T, A)
def linear_forward(A, W, b):
    print("shape", A.shape)
    return of_rows(A, W) + b, (A, W, b)
linear_forward_test(linear_forward)""",
    "called": """
def linear_forward(A, W):
    return W @ A
linear_forward_test(linear_forward)""",
    "stub": """
def linear_forward(A, W, b):
    raise NotImplementedError
linear_forward_test(linear_forward)""",
    "earlier": """
def initialize_parameters(n_x, n_h, n_y):
    return None
initialize_parameters_test_1(initialize_parameters)""",
    "answer": "linear_forward_test(3)",
    "interrupted": """
def compute_cost(AL, Y):
    raise KeyboardInterrupt
compute_cost_test(compute_cost)""",
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory, definition: Definition) -> dict[str, list[Any]]:
    """The outputs of the cells by their names, run in one kernel beside what students receive."""
    folder = tmp_path_factory.mktemp("handed_out") / "folder"
    shutil.copytree(definition.course.root / "assignments" / definition.name, folder)
    cells = [nbformat.v4.new_code_cell(source) for source in (IMPORTS, *CELLS.values())]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook, timeout=60, kernel_name="python3", allow_errors=True, resources=resources
    ).execute()
    return {name: cell.outputs for name, cell in zip(("imports", *CELLS), notebook.cells, strict=True)}


def traceback_of(outputs: list[Any]) -> str:
    """The traceback of a cell, without colours."""
    [error] = [one for one in outputs if one.output_type == "error"]
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback))


def card_of(outputs: list[Any]) -> Any:
    [card] = [one.data for one in outputs if one.output_type == "display_data"]
    return card


def test_a_right_function_has_one_line(outputs: dict[str, list[Any]]) -> None:
    [line] = outputs["right"]
    assert line.text == "All tests passed: 3 of 3 of linear_forward. Hidden cases run after you submit.\n"


def test_a_wrong_function_has_a_card_and_one_line_of_error(outputs: dict[str, list[Any]]) -> None:
    card = card_of(outputs["wrong"])
    assert card["text/html"].startswith("<div")
    for words in ("Z is wrong in 2 of 2 elements.", "Hint", "Smallest example", "yours", "expected"):
        assert words in card["text/html"]
        assert words in card["text/plain"]
    assert traceback_of(outputs["wrong"]) == "linear_forward: wrong value; 0 of 3 public tests passed."


def test_what_it_calls_is_to_be_mended_first(outputs: dict[str, list[Any]]) -> None:
    first = "linear_forward, which this calls, fails its own test: mend that first."
    assert first in card_of(outputs["helper"])["text/plain"].splitlines()[1]


def test_a_function_that_raises_shows_its_own_lines(outputs: dict[str, list[Any]]) -> None:
    shown = traceback_of(outputs["raising"])
    assert "return of_rows(A, W) + b" in shown
    assert "return np.dot(W.T, A)" in shown
    assert shown.splitlines()[-1].startswith("ValueError: shapes")
    assert shown.count("Cell In[") == 2
    assert "0 of 3 public tests passed" in card_of(outputs["raising"])["text/plain"]


def test_what_raises_before_its_first_line_shows_the_exception_alone(outputs: dict[str, list[Any]]) -> None:
    assert traceback_of(outputs["called"]).startswith("TypeError: linear_forward() takes 2 positional")


@pytest.mark.parametrize("cell", CELLS)
def test_no_frame_of_the_grader_is_shown(cell: str, outputs: dict[str, list[Any]]) -> None:
    for one in outputs[cell]:
        assert "public_tests.py" not in str(one)
        assert "grader" not in "".join(one.get("traceback", ()))


def test_a_stub_stops_nothing(outputs: dict[str, list[Any]]) -> None:
    [line] = outputs["stub"]
    assert line.text == "linear_forward is not written yet.\n"


def test_the_names_of_earlier_notebooks_work(outputs: dict[str, list[Any]]) -> None:
    assert "It returns nothing (None)." in card_of(outputs["earlier"])["text/plain"]


def test_an_interrupt_shows_where_the_function_was(outputs: dict[str, list[Any]]) -> None:
    assert "raise KeyboardInterrupt" in traceback_of(outputs["interrupted"])


def test_an_answer_in_place_of_the_function_has_one_line(outputs: dict[str, list[Any]]) -> None:
    assert traceback_of(outputs["answer"]).endswith(": linear_forward_test(linear_forward)")
