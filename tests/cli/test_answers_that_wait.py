"""An answer that nobody has marked yet is no zero, and every command that hands on marks tells it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course

Cli = Callable[..., Any]
OPTIONS = ("--isolation", "weak", "--jobs", "1")
WHY = ("--because", "x", "--by", "ada")
TESTCASES = """
from grader.testcase import exercise, question

question("why", points=5)


@exercise(points=5)
def double(rng):
    for x in (3.0, 1.0, 4.0):
        yield {"x": x}
"""
ONE = "1 answer waits for a person and counts nothing yet: why (1). "
TWO = (
    "2 answers wait for a person and count nothing yet: why (2). "
    "Mark each: grader adjust results ann why --points P --because TEXT\n"
)


@pytest.fixture
def root(cli: Cli, small_course: Callable[..., Course], notebook: Callable[..., bytes]) -> Path:
    """A course with the work of Ann and Bob."""
    root = small_course(testcases=TESTCASES).root
    (root / "in").mkdir()
    for name in ("ann", "bob"):
        (root / "in" / f"{name}.ipynb").write_bytes(notebook("def double(x):\n    return 2 * x"))
    ended = cli("grade", "small", "in", *OPTIONS, cwd=root)
    assert (ended.status, ended.err) == (0, TWO)
    return root


def mark(cli: Cli, root: Path, *what: str) -> None:
    assert cli("adjust", "results", *what, *WHY, cwd=root).status == 0


def rows(root: Path) -> list[dict[str, str]]:
    with (root / "results/grades.csv").open() as file:
        return [*csv.DictReader(file)]


def test_the_cell_of_an_answer_is_empty_until_it_is_marked(root: Path, cli: Cli) -> None:
    mark(cli, root, "bob", "why", "--points", "0")
    ann, bob = rows(root)
    assert [ann[key] for key in ("double", "why", "points", "max_points")] == ["5", "", "5", "10"]
    assert ann["notes"] == "to be marked by a person: why"
    assert [bob[key] for key in ("double", "why", "points", "max_points")] == ["5", "0", "5", "10"]
    assert "to be marked" not in bob["notes"]


def test_the_gradebook_gives_no_total_while_an_answer_waits(root: Path, cli: Cli) -> None:
    mark(cli, root, "bob", "why", "--points", "0")
    ended = cli("gradebook", "results", cwd=root)
    assert (ended.status, ended.err.startswith(f"Not all have a total: {ONE}")) == (1, True)
    assert ended.out.splitlines()[1:] == ["ann\t50 so far\t", "bob\t50\t50"]
    told = json.loads(cli("gradebook", "results", "--json", cwd=root).out)["students"]
    assert [one["marks"]["small"]["pending"] for one in told] == [["why"], []]


@pytest.mark.parametrize(
    "decision",
    [("--points", "9"), ("--excuse",), ("why", "--excuse")],
    ids=["points", "excuse", "one excused"],
)
def test_a_decision_on_the_whole_or_the_answer_ends_the_waiting(
    decision: tuple[str, ...], root: Path, cli: Cli
) -> None:
    for name in ("ann", "bob"):
        mark(cli, root, name, *decision)
    ended = cli("gradebook", "results", cwd=root)
    assert (ended.status, ended.err) == (0, "")
    assert cli("grade", "small", "in", *OPTIONS, cwd=root).err == ""


@pytest.mark.parametrize("name", ["moodle", "canvas", "nbgrader", "csv"])
def test_an_export_says_what_waits_and_has_the_points_so_far(name: str, root: Path, cli: Cli) -> None:
    ended = cli("export", "results", "--to", name, cwd=root)
    assert (ended.status, ended.err) == (0, TWO)
    assert "5" in ended.out


def test_what_waits_is_no_problem_to_autolab(root: Path, cli: Cli) -> None:
    mark(cli, root, "bob", "why", "--points", "0")
    assert cli("export", "results", "--to", "autolab", "--out", "auto", cwd=root).err.startswith(ONE)
    scores = {
        name: json.loads((root / f"auto/{name}.txt").read_text().splitlines()[-1])["scores"]
        for name in ("ann", "bob")
    }
    assert scores == {"ann": {"double": 5}, "bob": {"double": 5, "why": 0}}


def test_the_page_shows_the_answer_as_text_and_the_notebook_has_the_remark_below_it(
    root: Path, cli: Cli
) -> None:
    cells = [
        ("markdown", "**Question: why** Is it?"),
        ("markdown", "Because <b>2</b>\n\n$x + x$"),
        ("code", "def double(x):\n    return 2 * x"),
    ]
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {},
        "cells": [
            {"cell_type": kind, "metadata": {}, "source": text}
            | ({"outputs": [], "execution_count": None} if kind == "code" else {})
            for kind, text in cells
        ],
    }
    (root / "in/zoe.ipynb").write_text(json.dumps(notebook))
    assert cli("grade", "small", "in", *OPTIONS, cwd=root).status == 0
    page = (root / "results/feedback/zoe.html").read_text()
    assert "Your answer:</strong> Is it?\n\nBecause &lt;b&gt;2&lt;/b&gt;\n\n$x + x$</p>" in page
    assert "Your answer" not in (root / "results/feedback/ann.html").read_text()
    assert cli("feedback", "results", "--notebook", cwd=root).status == 0
    back = json.loads((root / "results/feedback/zoe.ipynb").read_text())["cells"]
    [remark] = [i for i, cell in enumerate(back) if "A person marks this" in "".join(cell["source"])]
    assert "Because" in "".join(back[remark - 1]["source"])


def test_feedback_does_not_speak_of_what_is_marked(root: Path, cli: Cli) -> None:
    assert "1 to be marked by a person" in (root / "results/feedback/bob.html").read_text()
    mark(cli, root, "bob", "why", "--points", "3")
    page = (root / "results/feedback/bob.html").read_text()
    assert "to be marked" not in page.lower()
    assert "A person marks this" not in page
    assert "<h2>Marked by a person</h2>" in page
