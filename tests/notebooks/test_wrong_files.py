"""What is no notebook is named in the words of its author, and says what to do."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UnreadableError
from grader.models.submission import Cell
from grader.notebooks.reader import read_cells, read_notebook
from grader.notebooks.wrong_files import kind_of

SOURCE = "x = 'é'"
CELL = {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [], "source": SOURCE}
NOTEBOOK = {"cells": [CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
TEXT = json.dumps(NOTEBOOK, ensure_ascii=False, indent=1)
CONFLICT = TEXT.replace(
    '   "execution_count": 3,\n',
    '<<<<<<< HEAD\n   "execution_count": 3,\n=======\n   "execution_count": 4,\n>>>>>>> origin/main\n',
)
CASES = Path(__file__).parents[3] / "shared" / "cases" / "files"


def zipped(name: str) -> bytes:
    with zipfile.ZipFile(file := io.BytesIO(), "w") as made:
        made.writestr(name, "x")
    return file.getvalue()


def said_of(data: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_cells(data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(TEXT.encode("utf-16"), "it is text in UTF-16, and a notebook is in UTF-8.", id="UTF-16"),
        pytest.param(TEXT.encode("utf-16-le"), "it is text in UTF-16", id="UTF-16 without a mark"),
        pytest.param(TEXT.encode("utf-16-be"), "it is text in UTF-16", id="UTF-16 of a big machine"),
        pytest.param(TEXT.encode("utf-32"), "it is text in UTF-32", id="UTF-32"),
        pytest.param(TEXT.encode("cp1252"), "it is not text in UTF-8 (byte 123, in line 8)", id="cp1252"),
        pytest.param(CONFLICT.encode(), "it has a merge conflict of git: two versions", id="git"),
        pytest.param(json.dumps(TEXT).encode(), "it is a notebook in quotation marks", id="JSON in JSON"),
        pytest.param(b"<html><body>Sign in", "it is a web page, not a notebook (it begins", id="log in"),
        pytest.param(b"<!-- a -->\n<!DOCTYPE html>", "it is a web page,", id="page with a remark"),
        pytest.param(b"<?xml version='1.0'?><a/>", "it is a page of marked-up text", id="XML"),
        pytest.param(b"", "it is empty. Download", id="empty"),
        pytest.param(b"\0" * 300, "it has nothing but zero bytes", id="zeros"),
        pytest.param(zipped("word/document.xml"), "it is a Word document, not a notebook.", id="Word"),
        pytest.param(zipped("hw.ipynb"), "it is a zip, not a notebook.", id="zip"),
        pytest.param(b"%PDF-1.7\n\xff\xff", "it is a PDF, not a notebook.", id="PDF"),
        pytest.param(gzip.compress(TEXT.encode()), "it is a file that gzip has packed", id="gzip"),
        pytest.param(b"\x89PNG\r\n", "it is a picture (PNG), not a notebook.", id="picture"),
        pytest.param(b"{\\rtf1\\ansi}", "it is an RTF document, not a notebook.", id="RTF"),
        pytest.param(b"import numpy as np\n\nx = 1\n", "it is Python code, not a notebook", id="script"),
        pytest.param(b"Dear professor,", "it is not a notebook: it is not JSON (Expecting", id="prose"),
        pytest.param(b'{"cells": [}', "it is not a notebook: it is not JSON (Expecting", id="other JSON"),
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_named_and_says_what_to_do(data: bytes, problem: str) -> None:
    said = said_of(data)
    assert said.startswith(problem)
    assert "\n" not in said
    assert any(word in said for word in ("Download", "download", "Keep one"))


@given(st.integers(1, len(TEXT.encode()) - 1))
def test_a_file_that_was_cut_off_anywhere_says_so(size: int) -> None:
    line = TEXT.encode()[:size].rstrip().count(b"\n") + 1
    assert said_of(TEXT.encode()[:size]).startswith(f"it is cut off: it ends in line {line}, in the middle")


def test_marks_of_git_within_a_cell_are_its_own_business() -> None:
    source = "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main"
    notebook = {**NOTEBOOK, "cells": [{**CELL, "source": source}]}
    assert read_cells(json.dumps(notebook).encode()) == (Cell(1, source),)


@pytest.mark.parametrize("change", [{}, {"nbformat": None}], ids=["missing", "null"])
def test_a_notebook_that_does_not_say_its_format_is_read_when_it_is_spelled_as_format_4(
    change: dict[str, object],
) -> None:
    """Jupyter takes it for format 1 and shows empty cells; what the author wrote is all there."""
    notebook = {"cells": [CELL], "metadata": {}, **change}
    assert read_cells(json.dumps(notebook).encode()) == (Cell(1, SOURCE),)


def test_a_key_that_is_there_twice_counts_as_python_has_it() -> None:
    twice = TEXT.replace('"nbformat": 4', '"nbformat": 3, "nbformat": 4')
    assert read_cells(twice.encode()) == (Cell(1, SOURCE),)


@given(st.text())
def test_no_notebook_is_taken_for_something_else(source: str) -> None:
    notebook = {**NOTEBOOK, "cells": [{**CELL, "source": source}]}
    assert kind_of(json.dumps(notebook, ensure_ascii=False).encode()) == ""
    assert kind_of(b"\xef\xbb\xbf" + json.dumps(notebook).encode()) == ""


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "git_conflict",
            "it has a merge conflict of git: two versions of it, from line 5 on (<<<<<<< HEAD).",
        ),
        ("truncated", "it is cut off: it ends in line 48"),
        ("utf16_bom", "it is text in UTF-16"),
        ("code_cell_no_source", ""),
        ("nbformat_missing", ""),
        ("lone_surrogate", ""),
        ("a_in_function", ""),
        ("c_in_output", ""),
    ],
)
def test_each_case_is_read_or_named(name: str, said: str) -> None:
    data = (CASES / f"{name}.ipynb").read_bytes()
    if said:
        assert said_of(data).startswith(said)
    else:
        assert len(read_cells(data)) == sum(
            cell["cell_type"] == "code" for cell in read_notebook(data)["cells"]
        )
