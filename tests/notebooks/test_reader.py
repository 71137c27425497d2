"""Tests of reading: the code cells of any notebook, and a plain word for what is none."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UnreadableError
from grader.models.submission import Cell
from grader.notebooks import reader
from grader.notebooks.reader import read_cells, read_notebook


def code(source: Any, **more: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    } | more


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def nbgrader(**fields: Any) -> dict[str, Any]:
    return {"metadata": {"nbgrader": fields}}


def notebook(*cells: Any, **more: Any) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells} | more).encode()


# ---------------------------------------------------------------- what is read


def test_code_cells_are_numbered_among_all_cells() -> None:
    data = notebook(markdown("# Title"), code("x = 1"), markdown("text"), code(["y = 2\n", "z = 3"]))
    assert read_cells(data) == (Cell(2, "x = 1"), Cell(4, "y = 2\nz = 3"))


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_format_of_4_is_read(minor: int) -> None:
    assert read_cells(notebook(code("x = 1"), nbformat_minor=minor)) == (Cell(1, "x = 1"),)


def test_nbformat_3_is_read() -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": "Title"},
        {
            "cell_type": "code",
            "language": "python",
            "metadata": {},
            "outputs": [],
            "input": ["x = 1\n", "y = 2"],
        },
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    assert read_cells(json.dumps(old).encode()) == (Cell(2, "x = 1\ny = 2"),)


def test_an_nbgrader_id_is_read_and_a_locked_test_cell_is_told_apart() -> None:
    data = notebook(
        code("a", **nbgrader(grade_id="cell-1", locked=False, solution=True)),
        code("b", **nbgrader(grade_id="cell-2", locked=True, solution=False)),
        code("c", **nbgrader(grade_id="cell-3", locked=True, solution=True)),
    )
    assert [(cell.grade_id, cell.locked) for cell in read_cells(data)] == [
        ("cell-1", False),
        ("cell-2", True),
        ("cell-3", False),
    ]


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(nbgrader(grade_id=5), id="id is a number"),
        pytest.param({"metadata": {"nbgrader": "yes"}}, id="nbgrader is text"),
        pytest.param({"execution_count": "third"}, id="count is text"),
        pytest.param({"id": "a b c" * 100}, id="cell id is not one"),
        pytest.param({"surplus": 1}, id="field too many"),
        pytest.param({"metadata": {"loss": math.nan}}, id="a number is NaN"),
        pytest.param({"metadata": {"loss": math.inf}}, id="a number is infinite"),
        pytest.param({"outputs": [{"text": "\ud800"}]}, id="half a character is printed"),
    ],
)
def test_what_is_not_read_need_not_be_valid(odd: Mapping[str, Any]) -> None:
    assert read_cells(notebook(code("x = 1", **odd))) == (Cell(1, "x = 1"),)


def test_saved_outputs_and_metadata_that_claim_a_grade_are_not_read() -> None:
    claim = {"output_type": "stream", "name": "stdout", "text": "score: 100/100"}
    data = notebook(
        code("x = 1", outputs=[claim]), metadata={"grade": 100, "kernelspec": {"name": "../../x"}}
    )
    assert read_cells(data) == (Cell(1, "x = 1"),)


def test_repeated_cell_ids_are_read_without_a_warning() -> None:
    data = notebook(code("x = 1", id="same"), code("y = 2", id="same"), nbformat_minor=5)
    assert len(read_cells(data)) == 2


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        pytest.param("a = 1\r\nb = 2", "a = 1\nb = 2", id="line ends of Windows"),
        pytest.param("a = 1\rb = 2", "a = 1\nb = 2", id="line ends of old Macs"),
        pytest.param("\ufeffa = 1", "a = 1", id="byte order mark"),
        pytest.param("a = '\ud800'", "a = '?'", id="half a character"),
        pytest.param("W = '≈ 😀'", "W = '≈ 😀'", id="characters of any plane"),
    ],
)
def test_source_is_plain_text_with_the_line_ends_of_python(source: str, plain: str) -> None:
    assert read_cells(notebook(code(source))) == (Cell(1, plain),)


def test_a_byte_order_mark_before_the_notebook_is_skipped() -> None:
    assert read_cells(b"\xef\xbb\xbf" + notebook(code("x"))) == (Cell(1, "x"),)


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"", "it is empty", id="nothing"),
        pytest.param(b" \n\t", "it is empty", id="blanks"),
        pytest.param(b"print('hello')", "it is not JSON", id="a script"),
        pytest.param(notebook(code("x"))[:-5], "it is cut off", id="cut off"),
        pytest.param(b"<!DOCTYPE html>\n<html></html>", "it is a web page", id="a web page"),
        pytest.param(b"\n\n<html lang='en'><body></body>", "it is a web page", id="a web page after blanks"),
        pytest.param("x = 'é'".encode("latin-1"), r"not text in UTF-8 \(byte 5\)", id="Latin-1"),
        pytest.param(notebook(code("x")).decode().encode("utf-16"), "it is text in UTF-16", id="UTF-16"),
        pytest.param(b"PK\x03\x04\xff\xfe", "it is a zip", id="an archive"),
        pytest.param(b"[]", "not a notebook", id="a list"),
        pytest.param(b"null", "not a notebook", id="null"),
        pytest.param(b'"text"', "not a notebook", id="a text"),
        pytest.param(b"{}", "not a notebook", id="an empty object"),
        pytest.param(
            b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}}', "not a notebook", id="no cells"
        ),
        pytest.param(notebook(code("x"), nbformat="four"), "not a notebook", id="version is text"),
        pytest.param(notebook(code("x"), nbformat=999), "not a notebook", id="version of the future"),
        pytest.param(notebook(cells={"a": 1}), "not a notebook", id="cells are an object"),
        pytest.param(notebook("text"), "not a notebook", id="a cell is text"),
        pytest.param(notebook(None), "not a notebook", id="a cell is null"),
        pytest.param(notebook([code("x")]), "not a notebook", id="a cell is a list"),
        pytest.param(notebook(), "no code cells", id="no cell"),
        pytest.param(notebook(markdown("x = 1")), "no code cells", id="text only"),
        pytest.param(notebook(code(""), code(" \n ")), "no code cells", id="blank cells only"),
        pytest.param(notebook(code(5)), "no code cells", id="source is a number"),
        pytest.param(notebook(code(None)), "no code cells", id="source is null"),
        pytest.param(notebook(markdown("a"), code({"a": 1})), "no code cells", id="source is an object"),
        pytest.param(notebook(code([1, 2])), "no code cells", id="source is a list of numbers"),
        pytest.param(notebook({"cell_type": "code"}), "no code cells", id="a cell without a source"),
        pytest.param(b"[" * 100_000, "not JSON|too deeply", id="very deep JSON"),
        pytest.param(b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "not JSON|too deeply", id="deep objects"),
        pytest.param(b"1" * 10_000, "not a notebook", id="a very long number"),
        pytest.param(notebook(code("x"))[:-1] + b', "nbformat": NaN}', "not a notebook", id="version is NaN"),
    ],
)
def test_what_is_not_a_notebook_is_told_what_it_is(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError, match=problem):
        read_cells(data)


def test_a_notebook_of_an_assignment_without_functions_needs_no_code() -> None:
    assert read_cells(notebook(markdown("An answer.")), needs_code=False) == ()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b" " * (reader.MAX_BYTES + 1), "larger than 20 MB", id="bytes"),
        pytest.param(notebook(*[code("x")] * (reader.MAX_CELLS + 1)), "it has 2001 cells", id="cells"),
        pytest.param(notebook(*[code("x" * 2000)] * 132), "code is larger than 256 kB", id="code"),
    ],
)
def test_what_is_far_larger_than_any_notebook_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError, match=problem):
        read_cells(data)


# ---------------------------------------------------------------- properties


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=6,
)
odd_cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | json_values,
        "source": st.text(max_size=5) | st.lists(st.text(max_size=5), max_size=3) | json_values,
        "metadata": json_values,
        "outputs": json_values,
        "id": json_values,
        "attachments": json_values,
    },
)
odd_notebooks = st.fixed_dictionaries(
    {},
    optional={
        "nbformat": st.sampled_from([2, 3, 4]) | json_values,
        "nbformat_minor": st.integers(0, 5) | json_values,
        "metadata": json_values,
        "cells": st.lists(odd_cells | json_values, max_size=3) | json_values,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(odd_cells, max_size=2)}), max_size=2),
    },
)


@given(st.binary(max_size=100) | odd_notebooks.map(lambda value: json.dumps(value).encode()))
@settings(max_examples=300)
def test_any_bytes_are_cells_or_unreadable(data: bytes) -> None:
    with suppress(UnreadableError):
        assert all(isinstance(cell.source, str) for cell in read_cells(data))


def read_or_refused(data: bytes) -> tuple[Cell, ...] | str:
    try:
        return read_cells(data)
    except UnreadableError as error:
        return str(error)


marks = st.dictionaries(st.sampled_from(["grade_id", "locked", "solution"]), json_values)
marked_cells = st.builds(
    code,
    st.text(max_size=5) | st.lists(st.text(max_size=5), max_size=3) | json_values,
    metadata=json_values | st.fixed_dictionaries({"nbgrader": marks | json_values}),
)


@given(st.lists(marked_cells | odd_cells, max_size=4), json_values)
@settings(max_examples=300)
def test_code_is_read_the_same_whether_what_is_printed_is_read_or_not(cells: list[Any], printed: Any) -> None:
    plain = notebook(*cells, code("x", outputs=[printed]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_DECODER", msgspec.json.Decoder(int))  # it refuses every notebook
        thorough = read_or_refused(plain)
    assert read_or_refused(plain) == thorough


@given(odd_notebooks | json_values)
def test_json_is_read_as_python_reads_it(value: Any) -> None:
    metadata = read_notebook(notebook(code("x"), metadata={"any": value}))["metadata"]
    assert json.dumps(metadata) == json.dumps({"any": value})  # NaN equals nothing


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufeff")), min_size=1))
@settings(max_examples=50)
def test_source_comes_back_as_it_was_written(sources: list[str]) -> None:
    sources[0] += "#"  # some code there has to be
    assert [cell.source for cell in read_cells(notebook(*map(code, sources)))] == sources
