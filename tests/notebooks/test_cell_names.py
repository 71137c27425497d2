"""Cells are called as their author finds them: by what was run, or by heading and order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebooks.cell_names import LONGEST, CellNames


def code(source: str = "x = 1", count: Any = None) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, "execution_count": count}


def markdown(source: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def names_of(*cells: dict[str, Any], file: str = "a.ipynb") -> CellNames:
    content = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}
    return CellNames(json.dumps(content).encode(), file)


def test_a_cell_that_was_run_is_called_as_jupyter_labels_it() -> None:
    names = names_of(markdown("# Title"), code(count=18), code(count=3))
    assert [names.name(number) for number in (2, 3)] == ["In [18]", "In [3]"]


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(None, id="never run"),
        pytest.param("18", id="a text"),
        pytest.param(True, id="a truth value"),
        pytest.param(4, id="a label that another cell has too"),
    ],
)
def test_a_cell_without_a_label_of_its_own_is_called_by_its_order(count: Any) -> None:
    names = names_of(markdown("text"), code(count=4), markdown("text"), code(count=count))
    assert names.name(4) == "the 2nd code cell"


@pytest.mark.parametrize(
    ("number", "ordinal"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (23, "23rd")],
)
def test_an_ordinal_is_english(number: int, ordinal: str) -> None:
    assert names_of(*[code()] * 30).name(number) == f"the {ordinal} code cell"


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        pytest.param("### Exercise 7 - linear_backward", "Exercise 7, In [18]", id="an exercise"),
        pytest.param("<a name='ex-7'></a>\n### **Exercise 7:** `f`", "Exercise 7, In [18]", id="with markup"),
        pytest.param("## 6.1 - Linear backward", "In [18]", id="no exercise"),
        pytest.param("no heading", "In [18]", id="no heading"),
    ],
)
def test_the_exercise_of_the_heading_above_is_named(heading: str, place: str) -> None:
    assert names_of(markdown("# Exercise 1"), markdown(heading), code(count=18)).place(3) == (
        place if heading.lstrip("<").startswith(("#", "a")) else "Exercise 1, In [18]"
    )


def test_a_cell_that_was_never_run_is_found_by_the_heading_above() -> None:
    names = names_of(markdown("# Title\n\n## 6.1 - Linear *backward* &amp; more\n\ntext"), code(), code())
    assert names.place(3) == "“6.1 - Linear backward & more”, the 2nd code cell"


def test_a_long_heading_is_cut() -> None:
    assert len(names_of(markdown("# " + "x" * 5000), code()).place(2)) < LONGEST + 30


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("Cell 1 does not parse: line 3.", "In [18] does not parse: line 3.", id="first"),
        pytest.param("Cell 2 does not parse.", "The 2nd code cell does not parse.", id="first, never run"),
        pytest.param("in f (cell 2, line 4)", "in f (the 2nd code cell, line 4)", id="with a line"),
        pytest.param("(cells 1, 2)", "(In [18], the 2nd code cell)", id="several"),
        pytest.param("cell 99", "cell 99", id="one that is not there"),
        pytest.param("a cell of 2, excellent 1", "a cell of 2, excellent 1", id="other words"),
    ],
)
def test_numbers_of_cells_in_our_texts_become_names(text: str, named: str) -> None:
    assert names_of(code(count=18), code()).named(text) == named


def test_places_in_a_script_are_lines_of_the_file() -> None:
    names = CellNames(b"x = 1\n", "mine.py")
    assert (names.name(1), names.place(1)) == ("mine.py", "mine.py")
    assert names.named("in f (cell 1, line 4)") == "in f (mine.py, line 4)"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"nbformat": 4, "cells": [{"cell_type": "code", "execution_count": NaN}]}', id="NaN"),
        pytest.param(b'{"cells": 5}', id="no notebook"),
        pytest.param(b"[" * 100_000, id="nested deeply"),
        pytest.param(b"\xff", id="not UTF-8"),
    ],
)
def test_no_file_is_too_odd(data: bytes) -> None:
    assert CellNames(data, "a.ipynb").place(1) in ("", "the 1st code cell")


@given(st.text(st.characters() | st.sampled_from("#*<>`&Exercise 1\n")), st.integers(0, 3))
def test_any_text_above_makes_a_short_name(text: str, number: int) -> None:
    assert len(names_of(markdown(text), code(), code()).place(number)) < LONGEST + 40
