"""A student's notebook is checked by what lies beside it, or by what comes with the package."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.candidates import OLDER, candidates, chosen
from grader.assignments.course import Course
from grader.assignments.handout import NAME
from grader.assignments.loader import load
from grader.authoring.release import make_release
from grader.cli import main
from grader.errors import AssignmentError, UsageError
from grader.grading.reference import prepare
from grader.notebooks.assignment_detection import Traits, read_traits
from grader.sandbox.fork_server import ForkServer

RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return 3 * x"


@pytest.fixture
def folder(small_course: Callable[..., Course], sandbox: ForkServer, tmp_path: Path) -> Path:
    """A folder as students of a small course receive it; the course itself is gone."""
    course = small_course()
    definition = load(course, "small")
    make_release(definition, prepare(definition, sandbox, "s"), sandbox).write(tmp_path)
    shutil.rmtree(course.root)
    shutil.rmtree(tmp_path / "public_tests")
    return tmp_path / "assignments" / "small"


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A function that checks a notebook from somewhere else: the exit status, and all that is said."""
    (tmp_path / "somewhere").mkdir()

    def run(notebook: Path, *options: str) -> tuple[int, str]:
        monkeypatch.chdir(tmp_path / "somewhere")
        with pytest.raises(SystemExit) as end:
            main(["check", str(notebook), "--isolation", "weak", *options])
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out + printed.err

    return run


@pytest.mark.parametrize(("source", "status"), [(RIGHT, 0), (WRONG, 1)], ids=["right", "wrong"])
def test_the_folder_that_was_handed_out_is_all_that_check_needs(
    source: str, status: int, folder: Path, notebook: Callable[..., bytes], check
) -> None:
    (folder / "mine.ipynb").write_bytes(notebook(source))
    ended, said = check(folder / "mine.ipynb")
    assert ended == status
    assert f"{5 if status == 0 else 0} of 5" in said
    assert ("Smallest example" in said) is (status == 1)


def test_the_current_folder_may_be_the_one_that_was_handed_out(
    folder: Path, notebook: Callable[..., bytes], check, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "somewhere", dirs_exist_ok=True)
    (tmp_path / "mine.ipynb").write_bytes(notebook(RIGHT))
    assert check(tmp_path / "mine.ipynb")[0] == 0


def test_what_comes_with_the_package_is_there_too(
    folder: Path, notebook: Callable[..., bytes], check
) -> None:
    (folder / "mine.ipynb").write_bytes(
        notebook("def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)")
    )
    assert "10 of 100" in check(folder / "mine.ipynb")[1]
    names = [candidate.name for candidate in candidates(None, [folder])]
    assert (names[0], names.count("dnn_step_by_step")) == ("small", 1)


def test_a_notebook_without_any_graded_function_is_told_where_to_be_kept(
    folder: Path, notebook: Callable[..., bytes], check
) -> None:
    (folder / "mine.ipynb").write_bytes(notebook("def triple(x):\n    return 3 * x"))
    ended, said = check(folder / "mine.ipynb")
    assert ended == 2
    assert "--assignment: small, dnn_application, dnn_step_by_step" in said


def test_a_name_that_there_is_not_is_said(folder: Path, notebook: Callable[..., bytes], check) -> None:
    (folder / "mine.ipynb").write_bytes(notebook(RIGHT))
    ended, said = check(folder / "mine.ipynb", "--assignment", "smal")
    assert ended == 2
    assert "there is no assignment smal here" in said
    assert "\n  Did you mean small? Keep it in the folder" in said


def test_of_an_earlier_release_check_says_what_to_ask_for(
    folder: Path, notebook: Callable[..., bytes], check
) -> None:
    (folder / NAME).unlink()
    assert (folder / OLDER).exists()
    (folder / "mine.ipynb").write_bytes(notebook(RIGHT))
    ended, said = check(folder / "mine.ipynb")
    assert ended == 2
    assert "released by an earlier version of grader" in said
    assert "`grader release small`" in said


def test_an_earlier_release_of_what_comes_with_the_package_is_no_obstacle(
    course: Course, tmp_path: Path, notebook: Callable[..., bytes], check
) -> None:
    folder = Path(shutil.copytree(course.root / "assignments/dnn_step_by_step", tmp_path / "earlier"))
    (folder / NAME).unlink()
    (folder / "mine.ipynb").write_bytes(
        notebook("def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)")
    )
    assert "10 of 100" in check(folder / "mine.ipynb")[1]


def test_a_damaged_file_is_an_error_of_one_glance(
    folder: Path, notebook: Callable[..., bytes], check
) -> None:
    (folder / NAME).write_bytes(b"?")
    (folder / "mine.ipynb").write_bytes(notebook(RIGHT))
    ended, said = check(folder / "mine.ipynb")
    assert ended == 2
    assert f"{NAME}: it is damaged" in said


def test_an_instructors_course_comes_before_what_was_handed_out(
    small_course: Callable[..., Course], folder: Path, notebook: Callable[..., bytes]
) -> None:
    course = small_course()
    there = candidates(course, [folder])
    assert [(c.name, c.handout is None) for c in there[:2]] == [("small", True), ("dnn_application", False)]
    assert chosen(there, None, read_traits(notebook(RIGHT), "mine.ipynb"), "mine.ipynb").root == course.root


def test_a_name_is_not_looked_for_in_a_course_that_cannot_be_read(
    small_course: Callable[..., Course], folder: Path
) -> None:
    course = small_course()
    course.solution("small").write_bytes(b"\xff")
    with pytest.raises(AssignmentError, match="UTF-8"):
        candidates(course, [folder])


def test_nothing_is_chosen_of_nothing() -> None:
    with pytest.raises(UsageError, match="no assignment x here"):
        chosen([], "x", Traits(), "mine.ipynb")
