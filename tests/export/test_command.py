"""`grader export` writes what it is asked for where it is asked to, and ends as documented."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from marked import ABSENT, CLASS, FULL, GRADED, HEADER, UNREADABLE

from grader.cli import export
from grader.errors import UsageError
from grader.export.junit import write_junit
from grader.export.registry import AUTOGRADER, EACH, NAMES, SHEETS, TABLES
from grader.results.comments import write_comments

ROSTER = (
    "Student,ID,SIS Login ID,Section,two_functions\n    Points Possible,,,,17.5\n"
    '"Lovelace, Ada",111,ada,A,\nZoe,333,zoe,A,\n'
)


def run(*arguments: object):
    """How the command ended; an error of ours is raised."""
    ended = CliRunner().invoke(export.command, [str(argument) for argument in arguments])
    if isinstance(ended.exception, UsageError):
        raise ended.exception
    return ended


@pytest.mark.parametrize("name", [*SHEETS, *TABLES])
def test_a_table_goes_to_standard_output_or_a_file(name, results, tmp_path):
    folder = results(CLASS)
    shown, kept = run(folder, "--to", name), run(folder, "--to", name, "--out", tmp_path / "table")
    assert shown.exit_code == kept.exit_code == 0
    assert (tmp_path / "table").read_bytes() == shown.stdout_bytes
    assert not kept.stdout
    assert "ada" in shown.stdout or "Ada" in shown.stdout


def test_junit_is_of_the_reports_in_the_folder(results):
    assert run(results(CLASS), "--to", "junit").stdout_bytes == b"".join(write_junit(HEADER, CLASS))


@pytest.mark.parametrize("name", EACH)
def test_one_submission_goes_to_standard_output(name, results):
    ended = run(results([GRADED, ABSENT]), "--to", name)
    assert ended.exit_code == 0
    json.loads(ended.stdout.splitlines()[-1] if name == "autolab" else ended.stdout)


def test_one_submission_goes_to_the_file_that_is_named(results, tmp_path):
    assert run(results([GRADED]), "--to", "gradescope", "--out", tmp_path / "results.json").exit_code == 0
    assert json.loads((tmp_path / "results.json").read_bytes())["score"] == 7.5


@pytest.mark.parametrize("name", sorted(set(EACH) - {"lti"}))
def test_submissions_go_to_a_folder_or_a_zip_with_the_same_files(name, results, tmp_path):
    folder = results([GRADED, FULL, ABSENT])
    for out in ("files", "files.zip", "again.zip"):
        assert run(folder, "--to", name, "--out", tmp_path / out).exit_code == 0
    with zipfile.ZipFile(tmp_path / "files.zip") as archive:
        zipped = {member: archive.read(member) for member in archive.namelist()}
    assert zipped == {path.name: path.read_bytes() for path in (tmp_path / "files").iterdir()}
    assert zipped.keys() == {f"{one}{EACH[name].suffix}" for one in ("ada", "zoe")}
    assert (tmp_path / "files.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()


def test_a_submission_without_a_mark_is_told_where_no_file_can_say_so(results, tmp_path):
    ended = run(results([GRADED, UNREADABLE]), "--to", "coursera", "--out", tmp_path / "files")
    assert ended.exit_code == 1
    assert ended.stderr == "bob: it has no mark, and coursera has no way to say so\n"
    assert [path.name for path in (tmp_path / "files").iterdir()] == ["ada.json"]


def test_a_submission_of_nobody_in_the_roster_is_told(results, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER)
    ended = run(results([GRADED, FULL, UNREADABLE]), "--to", "canvas", "--roster", roster)
    assert ended.exit_code == 1
    assert ended.stderr == (
        f"1 submission is of nobody in {roster}: bob. Enter marks by hand where the table has no row.\n"
    )
    assert b'"Lovelace, Ada",111,ada,A,7.5\r\nZoe,333,zoe,A,17.5\r\n' in ended.stdout_bytes


@pytest.mark.parametrize("name", [*SHEETS, *TABLES, *EACH])
def test_a_submission_of_nobody_in_the_roster_of_the_class_is_told_without_another(name, results, tmp_path):
    class_ = [GRADED, replace(FULL, student=None, listed=False), replace(ABSENT, listed=True)]
    folder = results(class_)
    ended = run(folder, "--to", name, "--out", tmp_path / "out")
    assert ended.exit_code == 0
    assert ended.stderr == (
        f"1 submission is of nobody in the roster of {folder}: zoe. Other systems cannot tell whose: grade "
        f"again by one that has all: grader grade two_functions PATH... --out {folder} --roster FILE\n"
    )


def test_comments_that_were_made_later_are_told(results):
    wrong = replace(GRADED.exercises[0], signature="3f2a1b99")
    folder = results([replace(GRADED, exercises=(wrong,))])
    (folder / "comments.json").write_bytes(write_comments({"backward-3f2a1b": "Divide by m."}))
    assert "Comment: Divide by m." in run(folder, "--to", "gradescope").stdout.replace("\\n", "\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--to", "csv", "--roster", __file__], "--roster is for canvas and", id="a roster"),
        pytest.param(["--to", "lti"], "a file for each submission", id="several to standard output"),
        pytest.param(
            ["--to", "lti", "--out", "a.json"], "a file for each submission", id="several to a file"
        ),
        pytest.param(["--to", "csv", "--out", "no/such/folder"], "No such file", id="no such folder"),
        pytest.param(["--to", "lti", "--out", "/dev/null/x"], "Not a directory", id="no folder can be there"),
        pytest.param(["--to", AUTOGRADER, "--out", "a.zip"], "two_functions", id="no such assignment"),
    ],
)
def test_a_fault_of_the_caller_says_what_to_do(arguments, says, results, tmp_path, monkeypatch):
    folder = results(CLASS)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=re.escape(says)) as refused:
        run(folder, *arguments)
    assert "\n  " in str(refused.value)
    assert {path.name for path in tmp_path.iterdir()} == {"results"}


def test_a_roster_that_is_not_there_is_told(results):
    ended = run(results(CLASS), "--to", "canvas", "--roster", "x")
    assert (ended.exit_code, "File 'x' does not exist." in ended.stderr) == (2, True)


def test_a_folder_without_results_is_told(tmp_path):
    with pytest.raises(UsageError, match="there are no results in it\n  Name the folder"):
        run(tmp_path, "--to", "csv")


def test_an_unknown_format_names_those_there_are(results):
    ended = run(results(CLASS), "--to", "fax")
    assert ended.exit_code == 2
    assert all(f"'{name}'" in ended.stderr for name in NAMES)


def test_the_page_on_formats_has_each_of_them():
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in page] == []


def test_the_pages_count_the_formats_right():
    root = Path(__file__).parents[2]
    assert f"one of {len(NAMES)} [formats]" in (root / "docs" / "instructor.md").read_text(encoding="utf-8")
    words = {10: "ten", 11: "eleven", 12: "twelve"}
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert f"Canvas, Moodle, Gradescope and {words[len(NAMES) - 3]} other formats" in readme


def test_feedback_pages_are_one_zip_whatever_it_is_called(results, tmp_path):
    run(results([GRADED]), "--to", "moodle-feedback", "--out", tmp_path / "fb")
    assert zipfile.is_zipfile(tmp_path / "fb")
