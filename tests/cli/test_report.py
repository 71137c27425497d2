"""`grader report` and `grader comment`, on a small class."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
NAME = "dnn_step_by_step"
WEAK = ("--isolation", "weak", "--timeout", "1")
WRONG = "import numpy as np\ndef linear_forward(A, W, b):\n    return {}, (A, W, b)"
CLASS = {"ann": "W @ A - b", "bob": "(W.dot(A) - b)", "cid": "W @ A + b", "dan": "W @ A + 2 * b"}


@pytest.fixture
def results(cli: Cli, notebook: Callable[..., bytes], tmp_path: Path) -> Path:
    """A folder in which two of four made the same mistake."""
    (tmp_path / "in").mkdir()
    for name, answer in CLASS.items():
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(notebook(WRONG.format(answer)))
    assert cli("grade", NAME, "in", "--out", "out", *WEAK).status == 0
    return tmp_path / "out"


def groups(page: str) -> list[str]:
    return re.findall(r'<article id="(.*?)"', page)


def test_the_same_mistake_makes_a_group_and_is_commented_now_and_later(cli: Cli, results: Path) -> None:
    assert cli("report", results).out == f"{results / 'report.html'}\n"
    first, *others = groups((results / "report.html").read_text())
    assert first.startswith("linear_forward-")
    assert len(others) == 1

    ended = cli("comment", results, first, "Add <b>, do not subtract it.")
    assert (ended.status, ended.out) == (0, f"2 in {first}\n")
    said = {path.stem for path in (results / "feedback").iterdir() if "Add &lt;b&gt;" in path.read_text()}
    assert said == {"ann", "bob"}

    assert cli("grade", NAME, "in", "--out", "out", *WEAK).status == 0
    assert "Add &lt;b&gt;" in (results / "feedback" / "bob.html").read_text()
    cli("report", results, "--out", "again.html")
    assert "Your comment:" in (results.parent / "again.html").read_text()

    assert cli("comment", results, first, "").status == 0
    assert "Add &lt;b&gt;" not in (results / "feedback" / "bob.html").read_text()


def test_a_group_has_a_command_that_can_be_pasted(cli: Cli, results: Path) -> None:
    cli("report", "out")
    (command, *_) = re.findall(r"<code>grader (comment [^<]*)</code>", (results / "report.html").read_text())
    ended = cli(*shlex.split(command))
    assert (ended.status, ended.out.split()[:2]) == (0, ["2", "in"])


def test_grading_writes_the_table_of_students_and_the_report_is_linked_to_once_it_is_there(
    cli: Cli, results: Path
) -> None:
    index = results / "index.html"
    assert '<a href="feedback/ann.html">ann</a>' in index.read_text()
    assert "report.html" not in index.read_text()
    (results / "students-9.html").write_text("of a larger class")
    (results / "students-of-mine.html").write_text("not ours")
    cli("report", results)
    assert '<a href="report.html">' in index.read_text()
    assert [path.name for path in results.glob("students-*")] == ["students-of-mine.html"]


def test_the_table_of_students_follows_an_adjustment(cli: Cli, results: Path) -> None:
    assert cli("adjust", results, "ann", "--points", "77", "--because", "it is right").status == 0
    row = (results / "index.html").read_text().split('feedback/ann.html">ann</a></th>')[1]
    assert row.startswith("<td>77*</td>")


def test_a_page_elsewhere_leads_to_the_results_and_leaves_them_alone(
    cli: Cli, results: Path, tmp_path: Path
) -> None:
    before = (results / "index.html").read_bytes()
    (tmp_path / "my pages").mkdir()
    assert cli("report", results, "--out", tmp_path / "my pages" / "class.html").status == 0
    assert '<a href="../out/feedback/ann.html">ann</a>' in (tmp_path / "my pages/class.html").read_text()
    assert (results / "index.html").read_bytes() == before
    assert not (results / "report.html").exists()


@pytest.mark.parametrize("group", ["linear_forward-000000", "", "../ann"])
def test_a_group_that_nobody_is_in_is_named(cli: Cli, results: Path, group: str) -> None:
    ended = cli("comment", results, group, "text")
    assert ended.status == 2
    assert f"nobody is in a group {group}\n  See the groups" in ended.err
    assert not (results / "comments.json").exists()


@pytest.mark.parametrize("command", [("report", "nothing"), ("comment", "nothing", "a-b", "text")])
def test_a_folder_without_results_is_named(cli: Cli, command: tuple[str, ...]) -> None:
    ended = cli(*command)
    assert ended.status == 2
    assert ended.err.startswith("nothing: there are no results in it\n  ")


def test_comments_that_cannot_be_read_are_named(cli: Cli, results: Path) -> None:
    (results / "comments.json").write_text("[]")
    ended = cli("report", results)
    assert ended.status == 2
    assert re.match(r".*comments\.json: .*\n  Mend it, or move it away\.", ended.err)


def test_a_page_that_cannot_be_written_is_named(cli: Cli, results: Path) -> None:
    ended = cli("report", results, "--out", "nowhere/class.html")
    assert ended.status == 2
    assert "nowhere/class.html: No such file or directory\n  Choose another place" in ended.err


def test_without_the_assignment_the_class_is_still_reported(cli: Cli, results: Path, tmp_path: Path) -> None:
    for folder in ("solutions", "testcases"):
        (tmp_path / "elsewhere" / folder).mkdir(parents=True)
    ended = cli("report", results, "--course", tmp_path / "elsewhere")
    assert ended.status == 0
    assert "without the reference" in ended.err
    assert groups((results / "report.html").read_text())
