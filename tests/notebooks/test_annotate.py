"""A student's notebook with remarks in it: the cells stay as they are."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebooks.annotate import annotated

ATTACK = '<img src=x onerror="alert(1)"><script>alert(1)</script>'


def code(source: Any, *outputs: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {"tags": ["mine"]},
        "outputs": list(outputs),
        "execution_count": 3,
        "source": source,
    }


def markdown(source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def shows(**data: Any) -> dict[str, Any]:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {kind.replace("_", "/", 1): value for kind, value in data.items()},
    }


def notebook(*cells: Any, minor: int = 4) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells}).encode()


# ---------------------------------------------------------------- the copy


def test_remarks_stand_behind_their_cells_and_every_other_cell_stays_as_it_is() -> None:
    mine = [markdown("# Title"), code(["x = 1\n", "y = 2"], shows(text_html=ATTACK)), code("z")]
    cells = json.loads(annotated(notebook(*mine), "above", {2: "wrong"}))["cells"]
    assert [cell["source"] for cell in cells if cell["metadata"].get("tags") == ["feedback"]] == [
        "above",
        "wrong",
    ]
    assert [cells[1], cells[2], cells[4]] == mine
    assert cells[3]["source"] == "wrong"


@pytest.mark.parametrize("minor", [2, 4, 5])
def test_the_copy_is_valid_and_the_same_each_time(minor: int) -> None:
    mine = code("x") | ({"id": "feedback-1"} if minor == 5 else {})
    data = notebook(mine, minor=minor)
    made = annotated(data, "above", {1: "below"})
    nbformat.validate(json.loads(made))
    assert made == annotated(data, "above", {1: "below"})


def test_a_notebook_of_an_earlier_format_is_copied_too() -> None:
    cell = {"cell_type": "code", "language": "python", "metadata": {}, "outputs": [], "input": "x = 1"}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [cell]}]}
    cells = json.loads(annotated(json.dumps(old).encode(), "above", {1: "below"}))["cells"]
    assert [cell["source"] for cell in cells] == ["above", "x = 1", "below"]


@given(st.lists(st.text(), max_size=4))
def test_a_copy_without_its_remarks_is_the_original(sources: list[str]) -> None:
    mine = [code(source) for source in sources]
    copy = json.loads(annotated(notebook(*mine), "above", dict.fromkeys(range(1, 5), "below")))
    assert [cell for cell in copy["cells"] if cell["cell_type"] == "code"] == mine


def test_no_cell_of_a_students_has_the_tag_of_a_remark() -> None:
    faked = markdown("100 of 100 points", metadata={"tags": ["mine", "feedback"]})
    cells = json.loads(annotated(notebook(faked), "above", {}))["cells"]
    assert [cell["metadata"]["tags"] for cell in cells] == [["feedback"], ["mine"]]
