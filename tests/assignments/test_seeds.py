"""Hidden seeds come from a secret that stays in the course folder, and can be told one by one."""

from __future__ import annotations

import hashlib
import hmac
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.assignments.seeds import COMMITMENT, NAME, commitment, ensure_secret, seed_of
from grader.authoring.release import make_release
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]


def test_a_seed_is_the_hmac_of_the_assignments_name(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(f"{bytes(range(32)).hex()}\n")
    wanted = hmac.new(bytes(range(32)), b"small", hashlib.sha256).hexdigest()
    assert seed_of(Course(tmp_path), "small") == wanted
    assert seed_of(Course(tmp_path), "other") != wanted


def test_a_course_without_a_secret_has_a_seed_that_everybody_may_know(tmp_path: Path) -> None:
    assert seed_of(Course(tmp_path), "small") == "grader"
    assert commitment(Course(tmp_path), "small") == ""


def test_a_secret_is_its_owners_alone_and_no_two_are_the_same(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        assert ensure_secret(Course(tmp_path / folder)) == tmp_path / folder / NAME
    one, two = (tmp_path / folder / NAME for folder in ("one", "two"))
    assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert one.read_text() != two.read_text()


def test_a_secret_that_is_there_stays(tmp_path: Path) -> None:
    ensure_secret(Course(tmp_path))
    before = (tmp_path / NAME).read_text()
    assert ensure_secret(Course(tmp_path)) is None
    assert (tmp_path / NAME).read_text() == before


def test_a_secret_that_was_lost_is_not_replaced_in_silence(tmp_path: Path) -> None:
    handed_out = tmp_path / "assignments" / "small" / COMMITMENT
    handed_out.parent.mkdir(parents=True)
    handed_out.write_text("a digest")
    with pytest.raises(AssignmentError, match=f"{COMMITMENT} was handed out under it\n  Put the secret back"):
        ensure_secret(Course(tmp_path))
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("text", ["", "g" * 64, "0" * 63, "two\nlines"])
def test_what_is_no_secret_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(AssignmentError, match="it is not 64 hexadecimal digits\n  Put back"):
        seed_of(Course(tmp_path), "small")


def test_a_secret_that_cannot_be_read_is_told_by_its_path(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(AssignmentError, match=f"{NAME}: it is a folder"):
        seed_of(Course(tmp_path), "small")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, "/.grader-secret\n", id="no file yet"),
        pytest.param("*.pyc", "*.pyc\n/.grader-secret\n", id="a file without an end of line"),
        pytest.param(".grader-secret\n", ".grader-secret\n", id="ignored already"),
    ],
)
def test_git_is_told_to_leave_the_secret_out(tmp_path: Path, before: str | None, after: str) -> None:
    (tmp_path / ".git").mkdir()
    root = tmp_path / "courses" / "numpy"
    root.mkdir(parents=True)
    if before is not None:
        (root / ".gitignore").write_text(before)
    ensure_secret(Course(root))
    assert (root / ".gitignore").read_text() == after


def test_without_git_no_file_is_made_for_it(tmp_path: Path) -> None:
    if any((folder / ".git").exists() for folder in tmp_path.parents):
        pytest.skip("the temporary folder is in a work tree")
    ensure_secret(Course(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_students_receive_the_digest_of_the_seed_and_nothing_else_of_it(
    small_course: NewCourse, sandbox: ForkServer
) -> None:
    course = small_course()
    ensure_secret(course)
    definition = load(course, "small")
    made = make_release(definition, prepare(definition, sandbox, "any"), sandbox)
    seed = seed_of(course, "small")
    promised = made.files[Path("assignments", "small", COMMITMENT)].decode()
    assert hashlib.sha256(seed.encode()).hexdigest() in promised
    secret = (course.root / NAME).read_text().strip()
    handed_out = [*made.files.values(), made.zipped("small")]
    assert not any(told.encode() in data for data in handed_out for told in (seed, secret))
    assert not any(path.name == NAME for path in made.files)


def test_a_release_without_a_secret_promises_nothing(small_course: NewCourse, sandbox: ForkServer) -> None:
    definition = load(small_course(), "small")
    made = make_release(definition, prepare(definition, sandbox, "any"), sandbox)
    assert not any(path.name == COMMITMENT for path in made.files)
