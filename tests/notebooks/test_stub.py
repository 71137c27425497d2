"""The stub is the solution without its answers, and the same every time."""

from __future__ import annotations

import ast
from typing import Any

import nbformat
import pytest

from grader.assignments.definition import Definition
from grader.notebooks.extraction import extract
from grader.notebooks.graded_items import MARKER
from grader.notebooks.placeholders import without_answers
from grader.notebooks.reader import read_cells
from grader.notebooks.solution import sample
from grader.notebooks.stub import stub_of

END = "# YOUR CODE ENDS HERE"
START = "# YOUR CODE STARTS HERE"


@pytest.fixture(scope="module")
def data(definition: Definition, solution: Any) -> bytes:
    return stub_of(solution, definition.wanted.grade_ids)


@pytest.fixture(scope="module")
def stub(data: bytes) -> Any:
    return nbformat.reads(data.decode(), as_version=4)


def graded_cells(notebook: Any) -> dict[str, Any]:
    return {m[1]: cell for cell in notebook.cells if (m := MARKER.search(cell.source))}


def test_a_stub_is_a_valid_notebook_with_a_kernel(stub: Any) -> None:
    nbformat.validate(stub)
    assert stub.metadata.kernelspec.name == "python3"
    assert set(stub.metadata) == {"kernelspec"}


def test_a_stub_has_every_cell_of_the_solution(stub: Any, solution: Any) -> None:
    assert [cell.cell_type for cell in stub.cells] == [cell.cell_type for cell in solution.cells]
    for cell, original in zip(stub.cells, solution.cells, strict=True):
        if not MARKER.search(original.source):
            assert cell.source == original.source


def test_no_line_of_an_answer_is_in_a_stub(stub: Any, solution: Any, data: bytes) -> None:
    answers = []
    for original in graded_cells(solution).values():
        inside = False
        for line in original.source.split("\n"):
            if END in line:
                inside = False
            if inside and line.strip():
                answers.append(line)
            if START in line:
                inside = True
    assert len(answers) > 20
    lines = {line for cell in stub.cells for line in cell.source.split("\n")}
    assert not lines & set(answers)


def test_every_graded_function_has_its_markers_and_a_placeholder_that_parses(
    stub: Any, definition: Definition
) -> None:
    cells = graded_cells(stub)
    assert tuple(cells) == definition.wanted.functions
    for name, cell in cells.items():
        ast.parse(cell.source)
        placeholder = f'    raise NotImplementedError("{name} is not written yet")\n'
        assert f"{START}\n{placeholder}    {END}" in cell.source
        assert '"""' in cell.source, "the docstring stays"


def test_graded_cells_have_their_nbgrader_ids_and_no_other_has(stub: Any, definition: Definition) -> None:
    ids = {name: cell.metadata.nbgrader.grade_id for name, cell in graded_cells(stub).items()}
    assert ids == definition.wanted.grade_ids
    others = [cell for cell in stub.cells if not MARKER.search(cell.source)]
    assert all(cell.metadata == {} for cell in others)


def test_outputs_and_counts_do_not_travel(definition: Definition, solution: Any) -> None:
    used = nbformat.from_dict(solution)
    for cell in used.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="W1 = [[0.0162]]")]
            cell.execution_count = 7
            cell.metadata["collapsed"] = True
    assert stub_of(used, definition.wanted.grade_ids) == stub_of(solution, definition.wanted.grade_ids)


def test_a_stub_is_the_same_every_time_and_its_ids_are_unique(
    data: bytes, stub: Any, definition: Definition, solution: Any
) -> None:
    assert stub_of(solution, definition.wanted.grade_ids) == data
    assert len({cell.id for cell in stub.cells}) == len(stub.cells)


def test_a_stub_is_not_written_yet_to_extraction(data: bytes, definition: Definition, solution: Any) -> None:
    found = extract(read_cells(data), definition.wanted)
    assert {function.state for function in found.functions.values()} == {"blank"}
    assert {f.state for f in extract(read_cells(sample(solution)), definition.wanted).functions.values()} == {
        "written"
    }


def test_a_placeholder_stands_where_the_answer_began() -> None:
    source = f"def half(x):\n    if x:\n    {START}\n        y = x / 2\n    {END}\n    return y"
    assert compile(without_answers(source), "half", "exec")
    assert '        raise NotImplementedError("half is not written yet")' in without_answers(source)
