"""Every student who sent anything is there once, and every other file is counted."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.errors import UnreadableError, UsageError
from grader.models.submission import Student
from grader.submissions import Handed, counted, find, read, survey
from grader.submissions.roster import read_roster

CASES = Path(__file__).parents[3] / "shared" / "cases" / "intake"
NOTEBOOK = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": []}).encode()
Files = Mapping[str, bytes]


def packed(files: Files) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.fixture(params=["a folder", "a zip"])
def class_of(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[Files], Path]:
    """A function from files to a new folder or zip that has them."""

    def write(files: Files) -> Path:
        root = Path(tempfile.mkdtemp(dir=tmp_path))
        if request.param == "a zip":
            (root / "class.zip").write_bytes(packed(files))
            return root / "class.zip"
        for name, data in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        return root

    return write


def notebooks(*names: str) -> dict[str, bytes]:
    return dict.fromkeys(names, NOTEBOOK)


def reasons(found: list[Handed]) -> dict[str, str]:
    """Why each submission cannot be read; empty for one that can."""
    told = {}
    for one in found:
        try:
            read(one)
            told[one.id] = ""
        except UnreadableError as error:
            told[one.id] = str(error)
    return told


# ---------------------------------------------------------------- what is a notebook


@pytest.mark.parametrize(
    "name",
    [
        "x.ipynb",
        "x.IPYNB",
        "x.ipynb.txt",
        "x.ipynb.json",
        "x.ipynb (1)",
        "x.ipynb(2).txt",
        "x.json",
        "x.txt",
        "x",
    ],
)
def test_a_notebook_is_one_under_every_ending_that_it_is_sent_with(class_of, name: str) -> None:
    found = survey([class_of({name: NOTEBOOK, "y.ipynb": NOTEBOOK})])
    assert [one.id for one in found.handed] == ["x", "y"]
    assert not found.others


@pytest.mark.parametrize("data", [b'{"a": 1}', b"Dear professor", b"", b'{"cells"'])
def test_text_and_json_are_no_notebooks_by_their_ending(class_of, data: bytes) -> None:
    found = survey([class_of({"x.json": data, "x.txt": data, "y.ipynb": NOTEBOOK})])
    assert [one.id for one in found.handed] == ["y"]
    assert found.others == {".json": 1, ".txt": 1}


@pytest.mark.parametrize("name", ["Copy of ian.ipynb", "ian (1).ipynb", "ian - Copy.ipynb", "ian.ipynb (3)"])
def test_a_copy_is_called_as_its_original_unless_both_are_there(class_of, name: str) -> None:
    assert [one.id for one in find([class_of(notebooks(name, "bo.ipynb"))])] in (["ian", "bo"], ["bo", "ian"])
    both = {one.id for one in find([class_of(notebooks(name, "ian.ipynb", "bo.ipynb"))])}
    assert len(both) == 3
    assert "ian" in both


# ---------------------------------------------------------------- who sent no notebook


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("x.pdf", "not a notebook. Send the .ipynb", id="a document"),
        pytest.param("x.docx", "not a notebook. Send the .ipynb", id="a text"),
        pytest.param("x.html", "not a notebook but a web page. Send the .ipynb", id="a page"),
        pytest.param("x.rar", ".rar archives are not opened. Send the .ipynb itself, or a .zip", id="a rar"),
        pytest.param("x.7z", ".7z archives are not opened", id="a 7z"),
        pytest.param("x.tar.gz", ".tar.gz archives are not opened", id="a tarball"),
        pytest.param("x.zip", "it is not a zip that can be read", id="a damaged zip"),
    ],
)
def test_what_is_sent_in_place_of_a_notebook_is_unreadable_and_says_what_to_do(class_of, name, told) -> None:
    for files in ({name: b"?"}, {f"x/{name}": b"?"}):
        found = reasons(find([class_of({**files, **notebooks("y/hw.ipynb", "z/hw.ipynb")})]))
        assert told in found.pop("x")
        assert list(found.values()) == ["", ""]


def test_a_zip_without_a_notebook_is_its_students(class_of) -> None:
    empty, documents = packed({}), packed({"a/hw.pdf": b"", "b.png": b""})
    found = reasons(find([class_of({"bo.zip": empty, "cy.zip": documents, **notebooks("ada.ipynb")})]))
    assert found["ada"] == ""
    assert "a zip without a notebook in it" in found["bo"]
    assert found["cy"].endswith("Beside it: 1 other file: 1 .png.")


def test_a_folder_among_those_of_students_is_a_students_whatever_is_in_it(class_of) -> None:
    files = {"bo/plot.png": b"", "bo/data.csv": b"", "cy/helper/notes.txt": b"", "data/x.csv": b""}
    found = survey([class_of({**files, **notebooks("ada/hw.ipynb")})])
    assert set(reasons(found.handed)) == {"hw", "bo", "cy"}
    assert found.others == {".csv": 1}


def test_a_class_in_which_nobody_sent_a_notebook_is_all_there(class_of) -> None:
    files = {"HW4/ada/hw.pdf": b"", "HW4/bo/hw.pdf": b"", "HW4/cy/hw.rar": b""}
    assert set(reasons(find([class_of(files)]))) == {"ada", "bo", "cy"}


def test_sections_are_looked_into_for_students_without_a_notebook(class_of) -> None:
    found = find([class_of({"B/bo/hw.pdf": b"", "B/cy/hw.pdf": b"", **notebooks("A/ada/hw.ipynb")})])
    assert {one.id for one in found} == {"hw", "bo", "cy"}


@pytest.mark.parametrize(
    ("files", "others"),
    [
        pytest.param(["ada/report.pdf", "ada/data/x.csv"], {".pdf": 1, ".csv": 1}, id="beside a notebook"),
        pytest.param(["README.md", "roster.csv", "x.png", "dnn_utils.py", "data/x.h5"],
                     {".md": 1, ".csv": 1, ".png": 1, ".py": 1, ".h5": 1}, id="of nobody"),
        pytest.param([".DS_Store", "Thumbs.db", "ada/.ipynb_checkpoints/hw-checkpoint.ipynb",
                      "__MACOSX/ada/._hw.ipynb", "ada/__pycache__/x.pyc", "ada/~$a.docx"],
                     {}, id="a system's"),
    ],
)  # fmt: skip
def test_other_files_are_counted_and_no_submissions(class_of, files: list[str], others: Files) -> None:
    found = survey([class_of({**dict.fromkeys(files, b""), **notebooks("ada/hw.ipynb", "bo/hw.ipynb")})])
    assert [one.id for one in found.handed] == ["ada-hw", "bo-hw"]
    assert found.others == others


def test_a_folder_of_results_was_not_handed_in(tmp_path: Path) -> None:
    (tmp_path / "results" / "feedback").mkdir(parents=True)
    (tmp_path / "results" / "results.db").touch()
    for name in ("ada.ipynb", "results/feedback/ada.ipynb"):
        (tmp_path / name).write_bytes(NOTEBOOK)
    assert [one.path for one in find([tmp_path])] == [str(tmp_path / "ada.ipynb")]


def test_a_folder_of_data_alone_says_what_is_in_it(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "notes"):
        (tmp_path / name).touch()
    with pytest.raises(UsageError, match=r"there are 3 other files: 2 \.csv, 1 without an ending\n  Name"):
        find([tmp_path])


@pytest.mark.parametrize(("number", "told"), [(1, "1 other file: 1 .py"), (3, "3 other files: 3 .py")])
def test_files_are_counted_by_their_endings(number: int, told: str) -> None:
    assert counted(Counter({".py": number})) == told


# ---------------------------------------------------------------- scripts


def test_a_script_counts_where_its_author_sent_no_notebook(class_of) -> None:
    files = {"ada/hw.py": b"", "bo/hw.py": b"", "bo/dnn_utils.py": b"", "cy/utils.py": b""}
    found = survey([class_of({**files, **notebooks("ada/hw.ipynb")})])
    assert [one.file for one in found.handed] == ["hw.ipynb", "hw.py", "utils.py"]
    assert found.handed[1].notes == ("There is no notebook, so the script was read.",)
    assert reasons(found.handed)["cy"].startswith("not a notebook")
    assert found.others == {".py": 2}


def test_a_script_beside_the_notebook_of_its_name_is_no_submission(class_of) -> None:
    found = survey([class_of({"ada.py": b"", "bo.py": b"", **notebooks("ada.ipynb")})])
    assert [one.file for one in found.handed] == ["ada.ipynb", "bo.py"]


# ---------------------------------------------------------------- with a roster

ROSTER = [Student("ada"), Student("bo"), Student("cy"), Student("di")]


def test_a_student_who_sent_anything_is_not_absent(class_of) -> None:
    files = {"bo.csv": b"", "cy/a.png": b"", "README.md": b"", **notebooks("ada.ipynb")}
    found = survey([class_of(files)], ROSTER)
    assert [(one.id, one.absent, bool(one.fault)) for one in found.handed] == [
        ("ada", False, False), ("bo", False, True), ("cy", False, True), ("di", True, False),
    ]  # fmt: skip
    assert found.others == {".md": 1}


def test_a_document_of_nobody_in_the_roster_is_kept_and_known_to_be_so(class_of) -> None:
    ada, guest, *absent = find([class_of({"guest.pdf": b"", **notebooks("ada.ipynb")})], ROSTER)
    assert (guest.id, guest.listed, guest.notes) == ("guest", False, ())
    assert {one.listed for one in (ada, *absent)} == {True}
    assert {one.listed for one in find([class_of(notebooks("ada.ipynb"))])} == {None}


# ---------------------------------------------------------------- all at once


def messy() -> tuple[dict[str, bytes], list[str], int]:
    """A class as it arrives: its files, the ids of its students, and how many files are nobody's."""
    submissions = {
        "ada": notebooks("Homework 4_ada_attempt_2025-11-02-10-00-00_hw.ipynb",
                         "Homework 4_ada_attempt_2025-11-03-10-00-00_hw.ipynb"),
        "bo": {"Homework 4_bo_attempt_2025-11-03-10-00-00.txt": b"Name: Bo B (bo)\n"},
        "Cy-Young": {"12345-67890 - Cy Young - Nov 3, 2025 1012 AM/hw.ipynb": NOTEBOOK,
                     "12345-67890 - Cy Young - Nov 3, 2025 1012 AM/report.pdf": b""},
        "di": {"Ilias_Di_di_4711/hw.tar.gz": b""},
        "Emilie-O-Neil": {"Émilie O'Neil_1_assignsubmission_file_/mon devoir (1).ipynb": NOTEBOOK,
                          "Émilie O'Neil_1_assignsubmission_onlinetext_/onlinetext.html": b"<p>"},
        "王小明": notebooks("王小明_2_assignsubmission_file_/hw.ipynb.txt"),
        "flo": {"flo_12345_67890_hw.docx": b""},
        "gus": notebooks("gus.json"),
        "hal": {"hal.zip": packed({"x/hw.ipynb": NOTEBOOK, "x/plot.png": b""})},
        "ian": {"ian.zip": packed({"x/hw.pdf": b""})},
        "jo": {"jo.py": b"x = 1"},
        "kim": notebooks("kim.ipynb"),
    }  # fmt: skip
    nobodys = {
        "README.md": b"",
        "roster.csv": b"",
        "data/train.h5": b"",
        "dnn_utils.py": b"",
        "index.html": b"",
    }
    system = {
        "__MACOSX/._kim.ipynb": b"",
        ".DS_Store": b"",
        ".ipynb_checkpoints/kim-checkpoint.ipynb": NOTEBOOK,
    }
    files = {name: data for own in submissions.values() for name, data in own.items()}
    return {**files, **nobodys, **system}, list(submissions), len(nobodys) + 3  # a .pdf, an .html, a .png


def test_in_a_messy_class_every_student_is_there_once_and_every_other_file_counted(class_of) -> None:
    files, students, others = messy()
    found = survey([class_of(files)])
    known = {"hw": "hal"}  # what is loose in a zip is called as its file
    assert sorted(known.get(one.id, one.id) for one in found.handed) == sorted(students)
    assert found.others.total() == others
    unreadable = {one for one, reason in reasons(found.handed).items() if reason}
    assert unreadable == {"bo", "di", "flo", "ian"}


# ---------------------------------------------------------------- the cases beside the project


@pytest.mark.parametrize(
    ("case", "roster", "readable", "unreadable", "others"),
    [
        pytest.param("endings", None, "ada bo cy di ed hal ian joe kim lou", "flo gus max nia oz",
                     {}, id="endings"),
        pytest.param("blackboard", None, "ada bo", "", {}, id="blackboard"),
        pytest.param("blackboard", "roster.csv", "1001 1002", "", {}, id="blackboard with a roster"),
        pytest.param("macos.zip", None, "Jurgen-Muller 王小明", "", {}, id="macos"),
        pytest.param("moodle", None, "Ada-Lovelace Bo-Svensson Di-Muller Emilie-O-Neil-Brown Ian-Zip 王-小明",
                     "Cy-Young Ren-Rar Tex-Only", {".py": 1}, id="moodle"),
        pytest.param("moodle", "roster/plain.csv", "1001 1002 1004 1005 1006 1007", "1003 1008 1009",
                     {".py": 1}, id="moodle with a roster"),
        pytest.param("moodle", "roster/sep_line.csv", "1001 1002 1004 1005 1006 1007", "1003 1008 1009",
                     {".py": 1}, id="moodle with a roster of Excel"),
    ],
)  # fmt: skip
def test_the_cases_have_every_student_as_they_should(case, roster, readable, unreadable, others) -> None:
    if not CASES.exists():
        pytest.skip(f"{CASES} is not here")
    found = survey([CASES / case], read_roster(CASES / roster) if roster else ())
    told = reasons([one for one in found.handed if not one.absent])
    assert {one for one, reason in told.items() if not reason} == {*readable.split()}
    assert {one for one, reason in told.items() if reason} == {*unreadable.split()}
    assert [one.id for one in found.handed if one.absent] == (["1010"] if roster and "/" in roster else [])
    assert found.others == others
