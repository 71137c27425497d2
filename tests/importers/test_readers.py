"""Folders as people have them: several kinds of sources, broken files, what students receive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nbgrader_cells import code, graded, notebook, solution

from grader.importers.readers import read
from grader.importers.source import Unreadable


def of(*cells: dict[str, Any]) -> str:
    return notebook([*cells]).decode()


def raw(source: str) -> dict[str, Any]:
    return {"cell_type": "raw", "source": source, "metadata": {}}


NBGRADER = of(solution("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "x"), graded("assert x == 1", "t"))
OTTER = of(
    raw("# BEGIN QUESTION\nname: q1"),
    *(raw("# BEGIN SOLUTION"), code("x = 1 # SOLUTION"), raw("# END SOLUTION")),
    *(raw("# BEGIN TESTS"), code("assert x == 1"), raw("# END TESTS")),
    raw("# END QUESTION"),
)
DLAI = of(
    code("# GRADED FUNCTION: f\ndef f(x):\n    ### START CODE HERE ###\n    y = x + 1\n"
         "    ### END CODE HERE ###\n    return y"),
    code("f(1)"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "a/nbgrader.ipynb": NBGRADER,
        "b c/otter.ipynb": OTTER,
        "dlai.ipynb": DLAI,
        "e_cut_off.ipynb": NBGRADER[:200],
        "f_students.ipynb": DLAI.replace("y = x + 1", "# y = None"),
        "lecture.ipynb": of(code("x = 1")),
        "notes.txt": "x",
        "release/a/nbgrader.ipynb": NBGRADER,
        "submitted/ada/a/nbgrader.ipynb": "{",
        "dist/autograder/otter.ipynb": OTTER,
        ".ipynb_checkpoints/dlai-checkpoint.ipynb": DLAI,
    }
    for name, text in files.items():
        path = tmp_path / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "mine"


def test_each_source_of_a_mixed_folder_is_read_by_its_own_reader(folder: Path) -> None:
    found = {Path(one.path).name: one for one in read(folder)}
    problems = {name: one.problem for name, one in found.items() if isinstance(one, Unreadable)}
    assert found.keys() - problems.keys() == {"nbgrader.ipynb", "otter.ipynb", "dlai.ipynb"}
    assert problems.keys() == {"e_cut_off.ipynb", "f_students.ipynb"}
    assert "it is cut off" in problems["e_cut_off.ipynb"]
    assert problems["e_cut_off.ipynb"].endswith("Open it where it was written, and save it again.")
    assert "it has no solutions" in problems["f_students.ipynb"]


def test_only_notebooks_of_a_named_tool_are_read(folder: Path) -> None:
    read_as = [one for one in read(folder, "otter") if not isinstance(one, Unreadable)]
    assert [Path(one.path).name for one in read_as] == ["otter.ipynb"]


@pytest.mark.parametrize("tool", ["auto", "otter", "dlai", "nbgrader"])
@pytest.mark.parametrize("name", ["lecture.ipynb", "submitted"])
def test_where_there_is_no_source_it_is_said_what_to_name(folder: Path, tool: str, name: str) -> None:
    (folder / "submitted" / "ada" / "a" / "nbgrader.ipynb").write_text(json.dumps({"cells": []}))
    [one] = read(folder / name, tool)
    assert isinstance(one, Unreadable)
    assert one.path == str(folder / name)
    assert "there is no source notebook of" in one.problem or "it is not a notebook" in one.problem
