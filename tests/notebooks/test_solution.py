"""A solution is read from a script or a notebook, and sample submissions are made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.assignments.definition import Definition
from grader.notebooks.extraction import extract
from grader.notebooks.placeholders import without_answers
from grader.notebooks.reader import read_cells
from grader.notebooks.solution import notebook_bytes, read_solution, sample

SCRIPT = """# %% [markdown]
# # A title

# %%
x = 1

# %%
# %matplotlib inline
"""


def test_a_script_and_a_notebook_are_the_same_solution(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(SCRIPT)
    script = read_solution(tmp_path / "a.py")
    (tmp_path / "a.ipynb").write_bytes(notebook_bytes(script))
    notebook = read_solution(tmp_path / "a.ipynb")
    sources = [(cell.cell_type, cell.source) for cell in notebook.cells]
    assert sources == [("markdown", "# A title"), ("code", "x = 1"), ("code", "%matplotlib inline")]
    assert sources == [(cell.cell_type, cell.source) for cell in script.cells]


def states(data: bytes, definition: Definition) -> dict[str, str]:
    return {
        name: found.state for name, found in extract(read_cells(data), definition.wanted).functions.items()
    }


def test_a_sample_keeps_the_answers_that_are_asked_for(solution: Any, definition: Definition) -> None:
    found = states(sample(solution, written=("linear_forward", "compute_cost")), definition)
    assert {name for name, state in found.items() if state == "written"} == {"linear_forward", "compute_cost"}
    assert set(found.values()) == {"written", "blank"}


def test_an_extra_cell_has_the_last_word(solution: Any, definition: Definition) -> None:
    data = sample(solution, extra=["def compute_cost(AL, Y):\n    return 7"])
    assert extract(read_cells(data), definition.wanted).functions["compute_cost"].source.endswith("return 7")


def test_making_a_sample_leaves_the_solution_as_it_was(solution: Any) -> None:
    before = nbformat.writes(solution)
    sample(solution, written=(), extra=["x = 1"])
    assert nbformat.writes(solution) == before


def test_the_same_content_has_the_same_bytes() -> None:
    cells = [nbformat.v4.new_code_cell("x = 1"), nbformat.v4.new_code_cell("x = 1")]
    again = [nbformat.v4.new_code_cell("x = 1"), nbformat.v4.new_code_cell("x = 1")]
    one = notebook_bytes(nbformat.v4.new_notebook(cells=cells))
    assert one == notebook_bytes(nbformat.v4.new_notebook(cells=again))
    assert one.endswith(b"}\n")


def test_an_invalid_notebook_is_not_written() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1")])
    notebook.cells[0].source = 5
    with pytest.raises(nbformat.ValidationError):
        notebook_bytes(notebook)


# ---------------------------------------------------------------- placeholders


@pytest.mark.parametrize(
    ("source", "stub"),
    [
        pytest.param(
            "def f():\n    # YOUR CODE STARTS HERE\n    x = 1\n\n    y = 2\n"
            "    # YOUR CODE ENDS HERE\n    return x",
            "def f():\n    # YOUR CODE STARTS HERE\n"
            '    raise NotImplementedError("f is not written yet")\n'
            "    # YOUR CODE ENDS HERE\n    return x",
            id="everything between the markers goes",
        ),
        pytest.param("def f():\n    return 1", "def f():\n    return 1", id="without markers nothing goes"),
        pytest.param(
            "def f():\n    ### START CODE HERE ### (1 line)\n    x = 1\n    ### END CODE HERE ###",
            "def f():\n    ### START CODE HERE ### (1 line)\n"
            '    raise NotImplementedError("f is not written yet")\n'
            "    ### END CODE HERE ###",
            id="markers of older notebooks",
        ),
        pytest.param(
            "def f():\n    for i in x:\n        # YOUR CODE STARTS HERE\n        y\n"
            "        # YOUR CODE ENDS HERE",
            "def f():\n    for i in x:\n        # YOUR CODE STARTS HERE\n"
            '        raise NotImplementedError("f is not written yet")\n'
            "        # YOUR CODE ENDS HERE",
            id="the placeholder is indented as its marker",
        ),
    ],
)
def test_a_placeholder_stands_where_the_answer_stood(source: str, stub: str) -> None:
    assert without_answers(source) == stub
    assert without_answers(stub) == stub
