"""Figures that the text of a solution shows are attached to the notebook."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.errors import AssignmentError
from grader.notebooks.figures import with_figures
from grader.notebooks.stub import stub_of

PICTURE = b"\x89PNG a picture"


def notebook(text: str) -> Any:
    cells = [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell("print('![a](figures/a.png)')")]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.png", "b.jpg", "unseen.png", "plot.svg"):
        (tmp_path / name).write_bytes(PICTURE)
    return tmp_path


def test_figures_become_attachments_which_the_stub_keeps(folder: Path) -> None:
    before = notebook("First ![one](figures/a.png), then ![](figures/b.jpg).")
    made = nbformat.reads(stub_of(with_figures(before, folder), {}).decode(), as_version=4)
    text, code = made.cells
    assert text.source == "First ![one](attachment:a.png), then ![](attachment:b.jpg)."
    assert {name: base64.b64decode(*data.values()) for name, data in text.attachments.items()} == {
        "a.png": PICTURE,
        "b.jpg": PICTURE,
    }
    assert [kind for data in text.attachments.values() for kind in data] == ["image/png", "image/jpeg"]
    assert "figures/a.png" in code.source
    assert "attachments" not in before.cells[0], "the solution itself stays as it is"


@pytest.mark.parametrize(
    "text",
    ["no figure", "![](https://example.org/figures/a.png)", "![](images/a.png)", "[a link](figures/a.png)"],
)
def test_other_pictures_and_links_stay_as_they_are(folder: Path, text: str) -> None:
    (cell, _) = with_figures(notebook(text), folder).cells
    assert cell.source == text
    assert "attachments" not in cell


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("gone.png", "gone.png: No such file or directory, and the text", id="missing"),
        pytest.param(
            "plot.svg", "plot.svg: it is shown in the text, and Jupyter attaches only", id="of another kind"
        ),
    ],
)
def test_a_figure_that_cannot_be_attached_is_named(folder: Path, name: str, said: str) -> None:
    with pytest.raises(AssignmentError, match=said):
        with_figures(notebook(f"![](figures/{name})"), folder)
