"""Instructors are told before they hurt themselves: by seeds, secrets, courses, and what is handed out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from grader.assignments.course import Course

Cli = Callable[..., Any]
WEAK = ("--isolation", "weak")
BLIND = """from grader.testcase import exercise


@exercise()
def double(rng):
    yield {"x": 0}
    yield {"x": 0}
"""


@pytest.fixture
def promised(cli: Cli, small_course: Callable[..., Course]) -> Path:
    """A course that has promised a seed, with a stub that was handed in and graded."""
    root = small_course().root
    assert cli("release", "small", "--secret", *WEAK, cwd=root).status == 0
    shutil.copy(root / "assignments" / "small" / "small.ipynb", root / "ann.ipynb")
    assert cli("grade", "small", "ann.ipynb", "--jobs", "1", *WEAK, cwd=root).status == 0
    return root


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("grade", "small", "ann.ipynb"), id="grade"),
        pytest.param(("reveal", "small"), id="reveal"),
        pytest.param(
            ("export", "results", "--to", "gradescope-autograder", "--out", "a.zip"), id="an export"
        ),
    ],
)
def test_without_the_secret_that_was_promised_nothing_is_drawn(
    cli: Cli, promised: Path, arguments: tuple[str, ...]
) -> None:
    assert cli(*arguments, cwd=promised).status == 0
    (promised / ".grader-secret").unlink()
    ended = cli(*arguments, cwd=promised)
    assert ended.status == 2
    assert ended.err.startswith(f"{promised / '.grader-secret'}: it is missing, and ")
    assert "hidden_seed.txt promises a seed that comes from it\n  Put the secret back." in ended.err


def test_what_was_graded_with_the_seed_that_everybody_knows_is_not_graded_again_so(
    cli: Cli, promised: Path
) -> None:
    assert cli("grade", "small", "ann.ipynb", "--seed", "grader", *WEAK, cwd=promised).status == 0
    (promised / ".grader-secret").unlink()
    ended = cli("regrade", "results", "--yes", cwd=promised)
    assert ended.status == 2
    assert "it is missing" in ended.err


def test_a_machine_that_only_checks_needs_no_secret(cli: Cli, promised: Path) -> None:
    (promised / ".grader-secret").unlink()
    assert cli("release", "small", "--check", *WEAK, cwd=promised).status == 0
    assert cli("release", "small", *WEAK, cwd=promised).err == "", "what was promised stays"
    assert (promised / "assignments" / "small" / "hidden_seed.txt").is_file()


@pytest.mark.parametrize("seed", ["", "  "])
@pytest.mark.parametrize("command", [("grade", "small", "x.ipynb"), ("export", "results", "--to", "csv")])
def test_a_blank_seed_is_refused(
    cli: Cli, small_course: Callable[..., Course], command: tuple[str, ...], seed: str
) -> None:
    ended = cli(*command, "--seed", seed, cwd=small_course().root)
    assert ended.status == 2
    assert ended.err.startswith("--seed is blank")


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        pytest.param((), True, id="of a course without a secret"),
        pytest.param(("--seed", "public"), True, id="of the public tests"),
        pytest.param(("--seed", "mine"), False, id="of one's own"),
    ],
)
def test_a_seed_that_everybody_knows_is_said_in_one_line(
    cli: Cli, small_course: Callable[..., Course], seed: tuple[str, ...], said: bool, notebook: Any
) -> None:
    root = small_course().root
    (root / "ann.ipynb").write_bytes(notebook("def double(x):\n    return x"))
    ended = cli("grade", "small", "ann.ipynb", *seed, "--jobs", "1", *WEAK, cwd=root)
    assert ended.status == 0
    line = ended.out.strip().split("\n")[-2]  # before that of the results
    assert line.startswith("Everybody may know the seed of the hidden test cases") is said
    assert line.endswith("grader release small --secret.") is said


# ---------------------------------------------------------------- courses in courses


def test_the_steps_of_the_readme_make_a_course_of_ones_own_inside_another(
    cli: Cli, small_course: Callable[..., Course]
) -> None:
    around = small_course().root
    mine = around / "course"
    mine.mkdir()
    made = cli("new", "statistics", *WEAK, cwd=mine)
    assert made.status == 0
    assert f"A new course in {mine}" in made.out
    assert f"grader new statistics --course {around}" in made.out
    assert (mine / ".grader-secret").is_file()
    assert (mine / "solutions" / "statistics.py").is_file()
    assert not (around / "solutions" / "statistics.py").exists()


def test_a_folder_with_something_in_it_adds_to_the_course_around_it_and_says_so(
    cli: Cli, small_course: Callable[..., Course]
) -> None:
    around = small_course().root
    (around / "week1").mkdir()
    (around / "week1" / "notes.txt").write_text("notes")
    made = cli("new", "second", *WEAK, cwd=around / "week1")
    assert made.out.startswith(f"In the course {around}. For a course of your own")
    assert (around / "solutions" / "second.py").is_file()


@pytest.mark.parametrize("own", [True, False])
def test_a_person_is_asked(
    cli: Cli, small_course: Callable[..., Course], monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    around = small_course().root
    (around / "mine").mkdir()
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "confirm", lambda text, *_, **__: asked.append(text) or own)
    cli("new", "third", *WEAK, cwd=around / "mine")
    assert asked == [f"{around / 'mine'} is inside the course {around}. Start a course here?"]
    assert (around / "mine" / "solutions" / "third.py").exists() is own
    assert (around / "solutions" / "third.py").exists() is not own


# ---------------------------------------------------------------- release and validate


def test_a_file_that_release_does_not_make_is_named(cli: Cli, small_course: Callable[..., Course]) -> None:
    root = small_course().root
    left = root / "assignments" / "small" / "old" / "solved.ipynb"
    left.parent.mkdir(parents=True)
    left.write_text("{}")
    told = "assignments/small: old/solved.ipynb does not belong there. Remove it.\n"
    assert cli("release", "small", *WEAK, cwd=root).err == told
    assert cli("release", "small", "--check", *WEAK, cwd=root).err == told
    assert told.strip() in cli("validate", "small", *WEAK, cwd=root).out


def test_what_validate_prints_can_be_pasted(cli: Cli, small_course: Callable[..., Course]) -> None:
    course = small_course(testcases=BLIND)
    assert cli("release", "small", *WEAK, cwd=course.root).status == 0
    printed = cli("validate", *WEAK, cwd=course.root)
    assert printed.status == 1
    with course.testcases("small").open("a") as file:
        file.write(printed.out[printed.out.index("SIGNED_OFF = {") :])
    assert cli("release", "small", *WEAK, cwd=course.root).status == 0
    assert cli("validate", *WEAK, cwd=course.root).status == 0


def test_there_is_nothing_to_validate_in_an_empty_folder(cli: Cli, tmp_path: Path) -> None:
    ended = cli("validate", *WEAK)
    assert ended.status == 2
    assert ended.err == f"{tmp_path}: there is no assignment\n  Make one with: grader new NAME\n"


@pytest.mark.parametrize("taken", ["assignments", "public_tests"])
def test_a_file_in_the_place_of_a_folder_is_told(
    cli: Cli, small_course: Callable[..., Course], taken: str
) -> None:
    root = small_course().root
    (root / taken).write_text("")
    ended = cli("release", "small", *WEAK, cwd=root)
    assert ended.status == 2
    assert str(root / taken) in ended.err
    assert "Make way for it" in ended.err
