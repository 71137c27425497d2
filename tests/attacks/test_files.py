"""Hostile files: each does what the first line of the module that makes it says, and nothing else."""

from __future__ import annotations

import ast
import re
import runpy
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.execution.grader import Grader, Order
from grader.sandbox.layers.levels import Level
from grader.submissions import find

from .arena import COURSE, HERE, TIMEOUT, names, notebook, right, shown, source

PATIENCE = 60.0
"""Seconds for all files of one attack."""


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """What grades a class from the command line."""
    with Grader(Order(COURSE, "tiny", "a seed", TIMEOUT, Level.WEAK)) as started:
        yield started


@pytest.mark.parametrize("attack", names(["notebook"]))
def test_a_hostile_file_does_what_its_first_line_says(grader: Grader, attack: str, tmp_path: Path) -> None:
    made = runpy.run_path(str(HERE / f"{attack}.py"))["make"](tmp_path)
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    start = time.monotonic()
    reports = [grader.grade(handed) for handed in find([made])]
    assert time.monotonic() - start < PATIENCE
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    text = ast.get_docstring(ast.parse(source(attack))) or ""
    promised = re.match(r"It (is unreadable|earns nothing|earns full marks): .", text)
    assert promised, f"the first line of {attack} says nothing that can be tested"
    points = {"is unreadable": None, "earns nothing": 0, "earns full marks": 40}[promised[1]]
    for report in reports:
        assert (report.status, report.points) == ("unreadable" if points is None else "graded", points), (
            report.file,
            report.notes,
        )
        assert re.fullmatch(r"\w[\w.@-]*", report.id)  # letters of any script, and nothing of a path
        page = shown(grader.assignment, grader.sandbox, report)
        assert not re.search(r"<script|<img|<style>\*", page.partition("</html>")[0], re.IGNORECASE)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\u2066\ud800-\udfff]", page)
        assert "root:" not in page


def test_the_next_file_is_graded_as_if_alone(grader: Grader, tmp_path: Path) -> None:
    path = tmp_path / "right.ipynb"
    path.write_bytes(notebook(right()))
    assert [grader.grade(handed).points for handed in find([path])] == [40]
