"""Pages go back through Moodle and Canvas in a zip whose names are those of their downloads."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from marked import CLASS, GRADED, HEADER

from grader.cli import export
from grader.export.feedback_zip import NAMES, FeedbackFiles
from grader.models.report import Report
from grader.models.submission import Student
from grader.submissions import Handed, find


def files(system: str, *handed: Handed, reports: Any = (GRADED,)) -> FeedbackFiles:
    return FeedbackFiles(NAMES[f"{system}-feedback"], HEADER, reports, {one.id: one for one in handed})


def moodle_would_give(path: str) -> tuple[int, str] | None:
    """The participant and the file that Moodle reads from a path in a zip (importziplib.php)."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) > 3 and info[1].isdigit():
            rest = [*info[4:], *parts]
            return (
                (int(info[1]), "/".join(rest).lstrip("/"))
                if info[2:4] == ["assignsubmission", "file"]
                else None
            )
    return None


def canvas_would_give(path: str) -> tuple[int, int]:
    """The user and the attachment that Canvas reads from the name of a file in a zip."""
    user, attachment, *_ = [part for part in path.rpartition("/")[2].split("_") if part.isdigit()]
    return int(user), int(attachment)


@pytest.mark.parametrize(
    ("path", "member", "name"),
    [
        pytest.param(
            "in/Ada Lovelace_12345_assignsubmission_file/a.ipynb", None,
            "Ada Lovelace_12345_assignsubmission_file/feedback.html", id="a folder of today",
        ),
        pytest.param(
            "class.zip", "Ada Lovelace_12345_assignsubmission_file_/a_b.ipynb",
            "Ada Lovelace_12345_assignsubmission_file_/feedback.html", id="a folder before 4.1, in a zip",
        ),
        pytest.param(
            "in/Ada Lovelace_12345_assignsubmission_file_a_1_2.ipynb", None,
            "Ada Lovelace_12345_assignsubmission_file_/feedback.html", id="a file before 3.1",
        ),
    ],
)  # fmt: skip
def test_moodle_gets_the_folder_of_its_download(path: str, member: str | None, name: str) -> None:
    report = replace(GRADED, student=Student("ada", keys={"moodle": "12345"}))
    [(given, page)] = files("moodle", Handed(GRADED.id, path, member), reports=[report])
    assert given == name
    assert moodle_would_give(given) == (12345, "feedback.html")
    assert b"Ada" in page or GRADED.id.encode() in page


def test_moodle_gets_a_folder_made_of_the_number_where_files_are_named_otherwise() -> None:
    student = Student("ada", "Ada_Love/lace", keys={"moodle": "777"})
    [(given, _)] = files(
        "moodle", Handed(GRADED.id, "in/x.ipynb"), reports=[replace(GRADED, student=student)]
    )
    assert given == "Ada Love lace_777_assignsubmission_file_/feedback.html"
    assert moodle_would_give(given) == (777, "feedback.html")


@pytest.mark.parametrize(
    ("path", "member", "name"),
    [
        pytest.param(
            "in/lovelaceada_123_4567_week_1.ipynb", None, "lovelaceada_123_4567_week_1.html", id="a file"
        ),
        pytest.param(
            "s.zip",
            "lovelaceada_LATE_123_4567_w-2.ipynb",
            "lovelaceada_LATE_123_4567_w-2.html",
            id="late, in a zip",
        ),
        pytest.param(
            "all.zip", "lovelaceada_123_4567_w.zip", "lovelaceada_123_4567_w.html", id="a student's zip in it"
        ),
    ],
)
def test_canvas_gets_the_name_of_its_download(path: str, member: str | None, name: str) -> None:
    within = member if member and member.endswith(".zip") else ""
    handed = Handed(GRADED.id, path, "9_999_8888_x.ipynb" if within else member, within=within)
    report = replace(GRADED, student=Student("ada", keys={"canvas": "123"}))
    [(given, _)] = files("canvas", handed, reports=[report])
    assert given == name
    assert canvas_would_give(given) == (123, 4567)


@pytest.mark.parametrize(
    ("system", "theirs"),
    [("canvas", "bob_999_8888_x.ipynb"), ("moodle", "Bob_34_assignsubmission_file/x.ipynb")],
)
@pytest.mark.parametrize("mine", ["Ada_123_assignsubmission_file_w.zip", "ada_123_4567_w.zip", "w.zip"])
def test_a_name_in_a_zip_of_a_student_gives_nobody_the_page_of_another(
    system: str, theirs: str, mine: str, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / mine, "w") as archive:
        archive.writestr(theirs, "{}")
    [handed] = find([tmp_path / "in"])
    given = files(system, handed, reports=[replace(GRADED, id=handed.id, student=handed.student)])
    assert not [name for name, _ in given if "bob" in name.casefold()]


@pytest.mark.parametrize("system", ["moodle", "canvas"])
def test_who_cannot_be_named_is_told_and_nobody_gets_the_page_of_another(
    system: str, results: Any, tmp_path: Path
) -> None:
    reports: list[Report] = [replace(one, student=None) for one in CLASS]
    arguments = [str(results(reports)), "--to", f"{system}-feedback", "--out", str(tmp_path / "f.zip")]
    ended = CliRunner().invoke(export.command, arguments)
    assert ended.exit_code == 1
    assert f"Left out, as their files are not named as {system.capitalize()} names them: ada" in ended.stderr
    assert zipfile.ZipFile(tmp_path / "f.zip").namelist() == []


def test_what_was_downloaded_is_found_by_the_names_that_go_back(tmp_path: Path) -> None:
    folder = tmp_path / "Ada Lovelace_12345_assignsubmission_file"
    folder.mkdir()
    (folder / "w.ipynb").write_text("{}")
    [handed] = find([tmp_path])
    [(given, _)] = files("moodle", handed, reports=[replace(GRADED, id=handed.id)])
    assert given == f"{folder.name}/feedback.html"
