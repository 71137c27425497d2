"""A results folder has what was graded into it, whole, and nothing is graded twice or lost."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import random
import resource
import signal
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import killing
import pytest
from gradings import RIGHT, Grading, bytes_of

from grader.assignments.course import Course
from grader.errors import SandboxError, UsageError
from grader.execution import grader as graders
from grader.execution import results_run
from grader.models.submission import Student
from grader.results import marking
from grader.results.database import Record, read_record
from grader.submissions import Handed, find

# ---------------------------------------------------------------- what is in it


def test_a_results_folder_is_complete(grading: Grading, handed: list[Handed]) -> None:
    assert grading.into(handed) == ["ann", "bob", "cid", "dan"]
    assert grading.points() == {"ann": 5, "bob": 0, "cid": 5, "dan": None}
    assert len((grading.folder / "grades.csv").read_text().splitlines()) == 5
    assert set(bytes_of(grading.folder)) == {
        "results.db", "results.json", "grades.csv", "index.html",
        *(f"feedback/{one.id}.html" for one in handed),
    }  # fmt: skip


def test_a_file_may_be_called_by_any_bytes(
    grading: Grading, tmp_path: Path, notebook: Callable[..., bytes]
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.ipynb"))
    path.write_bytes(notebook(RIGHT))
    grading.into(find([path]))
    assert grading.into(find([path])) == []
    [result] = grading.results()
    assert (result["file"], result["points"]) == ("café.ipynb", 5)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"{RIGHT}  # \ud800", id="beside the code"),
        pytest.param("def double(x):\n    return '\\ud800'", id="in an answer"),
        pytest.param("def double(x):\n    raise ValueError('\\ud800')", id="in an error"),
    ],
)
def test_a_lone_surrogate_costs_no_other_submission_its_mark(
    grading: Grading, handed: list[Handed], tmp_path: Path, notebook: Callable[..., bytes], source: str
) -> None:
    spelled = json.dumps(source)[1:-1].encode()
    (tmp_path / "in" / "bob.ipynb").write_bytes(notebook("SOURCE").replace(b"SOURCE", spelled))
    grading.into(handed)
    assert list(grading.points()) == ["ann", "bob", "cid", "dan"]
    assert grading.points()["ann"] == 5


# ---------------------------------------------------------------- what is graded again


def test_what_was_graded_and_has_not_changed_is_not_graded_again(
    grading: Grading, handed: list[Handed]
) -> None:
    grading.into(handed)
    before = bytes_of(grading.folder)
    assert grading.into(handed) == ["dan"], "what had no mark is tried again"
    after = bytes_of(grading.folder)
    assert {name for name in before if before[name] != after[name]} <= {"results.db", "results.json"}
    assert grading.results()[:3] == json.loads(before["results.json"])["submissions"][:3]


def test_a_changed_file_is_graded_again_and_no_other(
    grading: Grading, handed: list[Handed], notebook: Callable[..., bytes]
) -> None:
    grading.into(handed)
    Path(handed[1].path).write_bytes(notebook(RIGHT))
    assert grading.into(handed) == ["bob", "dan"]
    assert grading.points()["bob"] == 5


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"seed": "another"}, id="the seed"),
        pytest.param({"timeout": 3.0}, id="the timeout"),
        pytest.param({"names": "twice = double"}, id="the name map"),
        pytest.param({"seed": None}, id="the cases"),
    ],
)
def test_another_order_grades_again(grading: Grading, handed: list[Handed], change: dict[str, Any]) -> None:
    grading.into(handed)
    assert grading.into(handed, **change) == ["ann", "bob", "cid", "dan"]


def test_another_version_of_the_assignment_grades_again(
    grading: Grading, handed: list[Handed], small_course: Callable[..., Course]
) -> None:
    grading.into(handed)
    solution = Path(grading.order.course / "solutions" / "small.py")
    solution.write_text(solution.read_text().replace("2 * x", "3 * x"))
    assert grading.into(handed, remember=True) == ["ann", "bob", "cid", "dan"]
    assert grading.points() == {"ann": 0, "bob": 5, "cid": 0, "dan": None}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"comments": {"double-123456": "See slide 12."}}, id="a comment"),
        pytest.param({"names_from": "names.txt"}, id="what the name map is called"),
        pytest.param({"remember": True}, id="what is remembered"),
    ],
)
def test_what_changes_no_mark_grades_nothing_again(
    grading: Grading, handed: list[Handed], change: dict[str, Any]
) -> None:
    grading.into(handed)
    assert grading.into(handed, **change) == ["dan"]


def test_a_submission_of_somebody_else_is_graded_again(grading: Grading, handed: list[Handed]) -> None:
    grading.into(handed[:2])
    whose = dataclasses.replace(handed[0], student=Student("ann", "Ann"), late=True)
    assert grading.into([whose, handed[1]]) == ["ann"]
    assert grading.results()[0]["student"]["name"] == "Ann"


def test_a_class_that_was_moved_is_not_graded_again_and_is_known_to_be_elsewhere(
    grading: Grading, handed: list[Handed], tmp_path: Path
) -> None:
    grading.into(handed[:3])
    (tmp_path / "in").rename(tmp_path / "moved")
    moved = find([tmp_path / "moved"])[:3]
    assert grading.into(moved) == []
    with read_record(grading.folder) as record:
        assert list(record.handed()) == moved


def test_a_fault_of_ours_is_tried_again(
    grading: Grading, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise SandboxError("it broke")

    with monkeypatch.context() as patch:
        patch.setattr(graders, "grade", broken)
        grading.into(handed[:1])
    assert grading.results()[0]["status"] == "failed"
    assert grading.into(handed[:1]) == ["ann"]
    assert grading.points() == {"ann": 5}


# ---------------------------------------------------------------- what can go wrong


def test_a_folder_that_cannot_be_made_is_known_before_anything_is_graded(
    grading: Grading, handed: list[Handed], tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError, match="choose another folder with --out"):
        grading.into(handed)
    assert grading.done == []


def test_a_folder_of_another_assignment_is_left_as_it_is(grading: Grading, handed: list[Handed]) -> None:
    grading.into(handed)
    before = bytes_of(grading.folder)
    for room in ("solutions", "testcases"):
        other = grading.order.course / room / "other.py"
        other.write_bytes((grading.order.course / room / "small.py").read_bytes())
    with pytest.raises(
        UsageError, match="it has the results of small, not of other\n  Choose another folder"
    ):
        grading.into(handed, assignment="other")
    assert bytes_of(grading.folder) == before
    assert grading.done == []


def test_two_graders_do_not_mix_their_results(grading: Grading, handed: list[Handed]) -> None:
    grading.into(handed)
    before = bytes_of(grading.folder)
    with (
        Record(grading.folder, create=True),
        pytest.raises(UsageError, match="Wait until the other `grader`"),
    ):
        grading.into(handed, seed="another")
    assert bytes_of(grading.folder) == before
    assert grading.done == []


@pytest.mark.parametrize(
    ("room", "again"),
    [
        pytest.param(0, ["ann", "bob", "cid", "dan"], id="on the first page"),
        pytest.param(2, ["cid", "dan"], id="on a later page"),
        pytest.param(4, ["dan"], id="on the table"),
    ],
)
def test_a_full_disk_keeps_what_was_graded_before_it_was_full(
    grading: Grading, handed: list[Handed], monkeypatch: pytest.MonkeyPatch, room: int, again: list[str]
) -> None:
    write, written = marking.write_durably, list[Path]()

    def full(path: Path, pieces: Iterable[bytes]) -> None:
        if len(written) == room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        written.append(path)
        write(path, pieces)

    with monkeypatch.context() as patch:
        patch.setattr(results_run, "write_atomically", lambda path, data: full(path, [data]))
        patch.setattr(marking, "write_durably", full)
        with pytest.raises(UsageError, match=r": No space left on device\n  Make room, or choose"):
            grading.into(handed)
    with (
        read_record(grading.folder) as record,
        pytest.raises(UsageError, match="Run the same `grader grade`"),
    ):
        _ = record.header
    assert grading.into(handed) == again
    assert len(grading.points()) == 4


def test_what_a_killed_run_left_half_written_is_removed_and_nothing_else(
    grading: Grading, handed: list[Handed]
) -> None:
    (grading.folder / "feedback").mkdir(parents=True)
    mine = {".hidden", "notes.part", "feedback/.keep"}
    for name in (*mine, ".results.json.8h2k.part", "feedback/.ann.html.x_3z.part"):
        (grading.folder / name).touch()
    grading.into(handed[:1])
    assert set(bytes_of(grading.folder)) - mine == {
        "results.db", "results.json", "grades.csv", "index.html", "feedback/ann.html"
    }  # fmt: skip
    assert mine <= set(bytes_of(grading.folder))


def test_marks_and_pages_are_on_the_disk_before_a_grading_is_finished(
    grading: Grading, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    did: list[tuple[str, object]] = []
    for module, name in (
        (results_run, "write_atomically"),
        (marking, "write_durably"),
        (results_run, "sync"),
    ):
        monkeypatch.setattr(module, name, noted(getattr(module, name), did))
    monkeypatch.setattr(Record, "finish", noted(Record.finish, did))
    grading.into(handed)
    pages = [("write_atomically", f"{one.id}.html") for one in handed]
    files = [("write_durably", "grades.csv"), ("write_durably", "results.json")]
    assert [(what, Path(str(where)).name) for what, where in did[:-1]] == [*pages, *files, ("sync", "deep")]
    assert did[-1][0] == "finish"
    with Record(grading.folder, create=True) as record:
        (full,) = record._connection.execute("PRAGMA synchronous").fetchone()
    assert full == 2


def noted(function: Callable[..., Any], did: list[tuple[str, object]]) -> Callable[..., Any]:
    def called(*arguments: Any) -> Any:
        did.append((function.__name__, arguments[0]))
        return function(*arguments)

    return called


# ---------------------------------------------------------------- whole processes


def children(pid: int) -> list[int]:
    return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def workers(pid: int) -> list[int]:
    """The forked processes of a grading; a zygote was started by exec."""
    return [child for child in children(pid) if b"zygote" not in Path(f"/proc/{child}/cmdline").read_bytes()]


def finish(folder: Path, before: dict[str, bytes]) -> None:
    """Run the command again, which must go on from there."""
    ended = subprocess.run(killing.command(folder, "out"), capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stderr
    killing.check_nothing_lost_or_twice(before, killing.recorded(folder / "out"))
    assert len(json.loads((folder / "out" / "results.json").read_bytes())["submissions"]) == 40


def search_for_nothing(course: Path) -> None:
    """Leave out what comes after all marks, and takes longer than they do."""
    (course / "course.toml").write_text('hints = "none"\n')


@pytest.fixture
def slow_class(tmp_path: Path) -> Path:
    killing.write_class(tmp_path, 40, pause=0.05)
    search_for_nothing(tmp_path)
    return tmp_path


def test_a_run_that_is_killed_again_and_again_leaves_what_an_unbroken_one_does(tmp_path: Path) -> None:
    killing.write_class(tmp_path, 16)
    killing.kill_and_resume(tmp_path, 6, random.Random(1))


def test_a_worker_that_is_killed_ends_the_run_in_a_sentence_and_it_can_go_on(slow_class: Path) -> None:
    process = killing.start(killing.command(slow_class, "out"))
    killing.wait_for(process, slow_class / "out", 3)
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (
        2,
        "A process that was grading was killed, perhaps for want of memory.\n"
        "  Run the same command again: it goes on from here.\n",
    )
    before = killing.recorded(slow_class / "out")
    assert before
    finish(slow_class, before)


@pytest.mark.parametrize("options", [(), ("--jobs", "1")], ids=["several processes", "one process"])
def test_what_a_key_interrupts_ends_at_once_and_goes_on_later(
    slow_class: Path, options: tuple[str, ...]
) -> None:
    process = killing.start(killing.command(slow_class, "out", *options))
    killing.wait_for(process, slow_class / "out", 3)
    below = children(process.pid)
    out, err = killing.end(process, signal.SIGINT)
    assert (process.returncode, out, err) == (
        130, "", "Stopped. What was graded is kept: to go on, run the same command again.\n"
    )  # fmt: skip
    assert not [pid for pid in below if Path(f"/proc/{pid}").exists()]
    before = killing.recorded(slow_class / "out")
    assert 0 < len(before) < 30, "it did not wait for what was left"
    if not options:
        finish(slow_class, before)


@pytest.mark.parametrize("room", [1 << 15, 1 << 16], ids="{} bytes".format)
def test_a_full_disk_ends_with_2_and_leaves_the_results_of_the_last_run(tmp_path: Path, room: int) -> None:
    killing.write_class(tmp_path, 40, pause=0)
    search_for_nothing(tmp_path)
    out = tmp_path / "out"
    few = [*killing.command(tmp_path, "out"), *map(str, sorted((tmp_path / "in").glob("s000*")))]
    few.remove(str(tmp_path / "in"))
    subprocess.run(few, capture_output=True, check=False)
    before, reports = (out / "results.json").read_bytes(), killing.recorded(out)
    assert len(reports) == 9

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    ended = subprocess.run(
        killing.command(tmp_path, "out"), capture_output=True, text=True, check=False, preexec_fn=little_room
    )
    assert ended.returncode == 2, ended.stderr
    problem, advice = ended.stderr.splitlines()
    assert problem.startswith(f"{out}/")
    assert advice.startswith("  Make room, or choose another folder with --out.")
    assert (out / "results.json").read_bytes() == before
    finish(tmp_path, reports)
