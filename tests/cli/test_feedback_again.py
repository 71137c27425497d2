"""`grader feedback` writes the pages of a results folder again, and notebooks with remarks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.notebooks.solution import sample

Cli = Callable[..., Any]


@pytest.fixture
def graded(cli: Cli, tmp_path: Path, solution: Any) -> Path:
    """A results folder of one right submission, one with a fault, and one that is no notebook."""
    wrong = "def linear_forward(A, W, b):\n    return W @ A - b, (A, W, b)"
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ann.ipynb").write_bytes(sample(solution))
    (folder / "bob.ipynb").write_bytes(sample(solution, extra=[wrong]))
    (folder / "eve.ipynb").write_text("<html>")
    cli("grade", "dnn_step_by_step", folder, "--isolation", "weak", "--timeout", "1", "--jobs", "1")
    return tmp_path / "results"


def files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "feedback").iterdir()}


def test_pages_are_written_again_as_they_were(cli: Cli, graded: Path) -> None:
    pages = {path: path.read_bytes() for path in (graded / "feedback").iterdir()}
    for path in pages:
        path.unlink()
    assert cli("feedback", graded).status == 0
    assert {path: path.read_bytes() for path in (graded / "feedback").iterdir()} == pages


def test_notebooks_are_written_with_remarks_behind_their_cells(cli: Cli, graded: Path) -> None:
    ended = cli("feedback", graded, "--notebook")
    assert (ended.status, ended.err) == (
        0, "There is no notebook to write remarks into of eve: see their pages.\n"
    )  # fmt: skip
    assert files(graded) == {
        "ann.html",
        "ann.ipynb",
        "ann.notebook.html",
        "bob.html",
        "bob.ipynb",
        "bob.notebook.html",
        "eve.html",
    }
    cells = json.loads((graded / "feedback" / "bob.ipynb").read_text())["cells"]
    remarks = [(i, cell["source"]) for i, cell in enumerate(cells) if "`linear_forward`" in cell["source"]]
    [(i, remark)] = remarks
    assert "Z is wrong" in remark
    assert "def linear_forward" in "".join(cells[i - 1]["source"])
    assert "Z is wrong" in (graded / "feedback" / "bob.notebook.html").read_text()


def test_notebooks_that_were_moved_are_found_where_one_says(cli: Cli, graded: Path) -> None:
    moved = graded.parent / "moved"
    (graded.parent / "class").rename(moved)
    ended = cli("feedback", graded, "--notebook")
    assert ended.status == 1
    assert ended.err.startswith(
        "2 notebooks were not found as graded, and so got no remarks: ann, bob. "
        f"Say where to look: grader feedback {graded} --notebook PATH\n"
    )
    assert cli("feedback", graded, "--notebook", moved).status == 0
    assert "bob.ipynb" in files(graded)


def test_a_notebook_that_was_changed_since_gets_no_remarks(cli: Cli, graded: Path, solution: Any) -> None:
    (graded.parent / "class" / "bob.ipynb").write_bytes(sample(solution, extra=["x = 1"]))
    ended = cli("feedback", graded, "--notebook")
    assert ended.status == 1
    assert "1 notebook was not found as graded, and so got no remarks: bob." in ended.err
    assert "ann" not in ended.err.replace(str(graded), "")
    assert "bob.ipynb" not in files(graded)


def test_a_folder_without_results_ends_with_2(cli: Cli, tmp_path: Path) -> None:
    ended = cli("feedback", tmp_path)
    assert ended.status == 2
    assert "there are no results in it" in ended.err


def test_notebooks_without_a_purpose_end_with_2(cli: Cli, graded: Path) -> None:
    ended = cli("feedback", graded, graded.parent / "class")
    assert ended.status == 2
    assert "--notebook" in ended.err
