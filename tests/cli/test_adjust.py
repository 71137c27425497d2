"""`grader adjust` changes a mark everywhere at once, says who and why, and no later run loses that."""

from __future__ import annotations

import csv
import json
import multiprocessing
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_courses import writer_into

import grader
from grader.cli import main
from grader.results.adjustments import NAME, adjustments_in
from grader.results.database import Record

Cli = Callable[..., Any]
RIGHT = "def double(x):\n    return 2 * x"
OPTIONS = ("--isolation", "weak", "--jobs", "1")
WHY = ("--because", "A slip of the pen.", "--by", "ada")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, notebook: Callable[..., bytes]) -> tuple[Path, Path]:
    """A course with a class that was graded, and a copy: Ann is right, Bob wrong, and Eve's file a page."""
    folder = tmp_path_factory.mktemp("adjust")
    course = writer_into(folder / "course")()
    (course.root / "in").mkdir()
    (course.root / "in/ann.ipynb").write_bytes(notebook(RIGHT))
    (course.root / "in/bob.ipynb").write_bytes(notebook(RIGHT.replace("2", "3")))
    (course.root / "in/eve.ipynb").write_text("<html>")
    small = grader.load(course, "small")
    grader.grade(small, course.root / "in", out=course.root / "results", isolation="weak", jobs=1)
    return course.root, Path(shutil.copytree(course.root, folder / "copy"))


@pytest.fixture
def root(graded: tuple[Path, Path]) -> Path:
    """The course with that class as it was when it had been graded; the record has its path."""
    root, copy = graded
    shutil.rmtree(root)
    return Path(shutil.copytree(copy, root))


@pytest.fixture
def adjust(cli: Cli, root: Path) -> Callable[..., Any]:
    """A function that adjusts marks of that class."""
    return lambda *arguments: cli("adjust", "results", *arguments, cwd=root)


def submissions(root: Path) -> dict[str, Any]:
    told = json.loads((root / "results/results.json").read_text())
    return {one["id"]: one for one in told["submissions"]}


def grades(root: Path) -> dict[str, dict[str, str]]:
    with (root / "results/grades.csv").open() as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def shown(root: Path) -> tuple[Any, ...]:
    """What stands of Bob in every place that has his mark."""
    bob = submissions(root)["bob"]
    page = (root / "results/feedback/bob.html").read_text()
    return (
        bob["points"], bob["mark"], bob["exercises"][0]["mark"],
        grades(root)["bob"]["points"], grades(root)["bob"]["computed_points"],
        "Adjusted: 0 → 4 by ada on 20" in page, "A slip of the pen." in page,
        [one.points for one in grader.open_results(root / "results")],
    )  # fmt: skip


ADJUSTED = (0, 4, 4, "4", "0", True, True, [5.0, 4.0, None])


def test_an_adjustment_is_in_every_place_that_has_the_mark(adjust: Cli, root: Path, cli: Cli) -> None:
    ended = adjust("bob", "double", "--points", "4", *WHY)
    assert ended.status == 0
    assert "bob: double: Adjusted: 0 → 4 by ada on 20" in ended.out
    assert shown(root) == ADJUSTED
    assert cli("report", "results", cwd=root).status == 0
    page = (root / "results/report.html").read_text()
    assert "Adjusted: 0 → 4 by ada" in page
    assert "The mean is 4.5 of 5" in page


def test_an_adjustment_survives_every_later_run(adjust: Cli, root: Path, cli: Cli, notebook: Any) -> None:
    adjust("bob", "double", "--points", "4", *WHY)
    line = (root / "results" / NAME).read_bytes()
    for again in (
        ("grade", "small", "in", *OPTIONS),
        ("grade", "small", "in", *OPTIONS, "--no-cache"),
        ("grade", "small", "in", *OPTIONS, "--only"),
        ("regrade", "results", "--yes"),
        ("regrade", "results", "--yes", "--seed", "another"),
        ("feedback", "results"),
        ("adjust", "results"),
    ):
        assert cli(*again, cwd=root).status in {0, 1}
        assert shown(root) == ADJUSTED
        assert (root / "results" / NAME).read_bytes() == line
    (root / "in/bob.ipynb").write_bytes(notebook(RIGHT.replace("2", "5")))
    cli("grade", "small", "in", *OPTIONS, "--seed", "another", cwd=root)
    assert shown(root) == ADJUSTED


def test_an_adjustment_survives_a_run_that_was_stopped(
    adjust: Cli, root: Path, cli: Cli, monkeypatch: Any
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    adjust("bob", "double", "--points", "4", *WHY)
    with monkeypatch.context() as patch:
        patch.setattr(Record, "finish", stopped)
        assert cli("grade", "small", "in", *OPTIONS, cwd=root).status == 130
    cli("grade", "small", "in", *OPTIONS, cwd=root)
    assert shown(root) == ADJUSTED


def test_an_adjustment_made_while_a_class_is_regraded_counts(
    adjust: Cli, root: Path, cli: Cli, monkeypatch: Any
) -> None:
    from grader.execution import regrade

    def meanwhile(pairs: Any) -> Any:
        before = compared(pairs)
        adjust("bob", "double", "--points", "4", *WHY)
        return before

    compared = regrade._compared
    monkeypatch.setattr(regrade, "_compared", meanwhile)
    assert cli("regrade", "results", "--yes", cwd=root).status == 0
    assert shown(root) == ADJUSTED


def test_a_regrading_leaves_no_file_where_nobody_adjusted(root: Path, cli: Cli) -> None:
    assert cli("regrade", "results", "--yes", cwd=root).status == 0
    assert not (root / "results" / NAME).exists()


def test_an_adjustment_follows_a_student_to_another_id(adjust: Cli, root: Path, cli: Cli) -> None:
    adjust("bob", "double", "--points", "4", *WHY)
    (root / "class.csv").write_text("Student ID,Email,Login ID\ns-1,bob@x.org,bob\n")
    cli("grade", "small", "in", *OPTIONS, "--roster", "class.csv", cwd=root)
    assert submissions(root)["s-1"]["mark"] == 4
    assert [one.student for one in adjustments_in(root / "results")] == ["bob", "s-1"]
    assert "Adjusted: 0 → 4 by ada" in (root / "results/feedback/s-1.html").read_text()


def test_the_last_line_counts_and_an_undo_takes_it_back(adjust: Cli, root: Path) -> None:
    adjust("bob", "double", "--points", "4", *WHY)
    adjust("bob", "double", "--add", "1,5", *WHY)
    assert submissions(root)["bob"]["mark"] == 1.5
    assert "bob: As it was computed." in adjust("bob", "double", "--undo", *WHY).out
    assert submissions(root)["bob"]["mark"] == 0
    assert "Adjusted" not in (root / "results/feedback/bob.html").read_text()
    assert [one.action for one in adjustments_in(root / "results")] == ["points", "add", "undo"]


def test_excused_work_does_not_count(adjust: Cli, root: Path) -> None:
    adjust("bob", "--excuse", *WHY)
    assert grades(root)["bob"]["points"] == "excused"
    assert (submissions(root)["bob"]["mark"], submissions(root)["bob"]["excused"]) == (None, True)
    assert "<strong>Excused</strong>" in (root / "results/feedback/bob.html").read_text()


def test_who_decides_is_the_login_name_unless_it_is_said(adjust: Cli, root: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("LOGNAME", "grace")
    adjust("eve", "--points", "3", "--because", "Sent it by mail.")
    (one,) = adjustments_in(root / "results")
    assert (one.by, one.student, one.because) == ("grace", "eve", "Sent it by mail.")
    assert one.when.endswith("+00:00")
    assert submissions(root)["eve"]["mark"] == 3


def test_lines_written_by_hand_are_applied(adjust: Cli, root: Path) -> None:
    (root / "results" / NAME).write_text(
        "Because;Student;Action;Value;By;When;Function\n"
        "A slip of the pen.;bob;points;4,0;ada;2026-11-29;double\n"
    )
    assert "bob: double: Adjusted: 0 → 4 by ada on 2026-11-29: A slip of the pen." in adjust().out
    assert shown(root) == ADJUSTED


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(("bbo", "--points", "4", *WHY), "Did you mean bob?", id="no such student"),
        pytest.param(("bob", "duoble", "--points", "4", *WHY), "Did you mean double?", id="no such function"),
        pytest.param(
            ("eve", "double", "--points", "4", *WHY), "nothing was graded", id="no function was graded"
        ),
        pytest.param(("bob", "--points", "4"), "Add a reason", id="no reason"),
        pytest.param(("bob", "--points", "4", "--because", " "), "The reason is empty", id="a blank reason"),
        pytest.param(
            ("bob", "--excuse", "--because", "x", "--by", ""), "who decides it is empty", id="nobody"
        ),
        pytest.param(("bob", *WHY), "Choose --points", id="nothing"),
        pytest.param(("bob", "--points", "4", "--excuse", *WHY), "one thing at a time", id="two things"),
        pytest.param(("bob", "--points", "400", *WHY), "more than the 5", id="more than there is"),
        pytest.param(("bob", "--points", "-1", *WHY), "makes no sense", id="less than nothing"),
        pytest.param(("bob", "--points", "nan", *WHY), "makes no sense", id="no number"),
        pytest.param(
            ("bob", "double", "--late-days", "2", *WHY), "of a whole submission", id="days of a function"
        ),
        pytest.param(("--excuse", *WHY), "Nobody is named", id="of nobody"),
    ],
)
def test_nonsense_is_refused_with_a_next_keystroke_and_nothing_is_written(
    arguments: tuple[str, ...], says: str, adjust: Cli, root: Path
) -> None:
    before = (root / "results/results.json").read_bytes()
    ended = adjust(*arguments)
    assert ended.status == 2
    assert says in ended.err
    assert not (root / "results" / NAME).exists() or not (root / "results" / NAME).read_bytes()
    assert (root / "results/results.json").read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [("report", "results"), ("export", "results", "--to", "csv"), ("feedback", "results"),
     ("regrade", "results"), ("adjust", "results"), ("grade", "small", "in", *OPTIONS)],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_line_for_nobody_ends_every_command_that_shows_marks(command: Any, cli: Cli, root: Path) -> None:
    (root / "results" / NAME).write_text(
        "student,function,action,value,by,when,because\nbobb,,points,1,ada,2026-11-29,x\n"
    )
    ended = cli(*command, cwd=root)
    assert ended.status == 2
    assert "adjustments.csv, line 2: there is no submission bobb\n  Did you mean bob?" in ended.err


def test_an_adjustment_is_refused_while_the_class_is_graded(adjust: Cli, root: Path) -> None:
    with Record(root / "results", create=True):
        ended = adjust("bob", "--excuse", *WHY)
    assert (ended.status, "Wait until the other `grader` is done" in ended.err) == (2, True)
    assert not (root / "results" / NAME).exists()


def _adjust_many(folder: Path, student: str) -> None:
    for number in range(4):
        try:
            main(["adjust", str(folder), student, "--points", str(number), "--because", "x", "--by", student])
        except SystemExit as end:
            if end.code:
                raise


def test_two_people_adjusting_at_once_lose_nothing(root: Path) -> None:
    context = multiprocessing.get_context("spawn")
    people = [context.Process(target=_adjust_many, args=(root / "results", name)) for name in ("ann", "bob")]
    for person in people:
        person.start()
    for person in people:
        person.join()
        assert person.exitcode == 0
    assert len(adjustments_in(root / "results")) == 8
    assert [submissions(root)[name]["mark"] for name in ("ann", "bob")] == [3, 3]
