"""What learning systems hand out is recognised: whose it is, when, and which attempt counts."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.models.submission import Student
from grader.submissions import Handed, find, read
from grader.submissions.lms_filenames import claims
from grader.submissions.places import Place
from grader.submissions.submission_times import read_time

Tree = Callable[[dict[str, str]], Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A function that writes files with their contents below a folder and returns it."""

    def write(files: dict[str, str]) -> Path:
        for name, content in files.items():
            place = tmp_path / "in" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, encoding="utf-8")
        return tmp_path / "in"

    return write


def zipped(path: Path, members: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def shown(found: list[Handed]) -> list[tuple[str, str]]:
    """The ids, each with the content of what counts."""
    return [(handed.id, read(handed).decode()) for handed in found]


CANVAS = {
    "lovelaceada_12345_67890_hw.ipynb": "first",
    "lovelaceada_LATE_12345_70001_hw-2.ipynb": "third",
    "lovelaceada_12345_70000_hw-1.ipynb": "second",
    "noetheremmy_LATE_222_67891_week_3.ipynb": "emmy",
    "anon_aB3dE_67892_hw.ipynb": "nobody",
    "plain.ipynb": "plain",
}
MOODLE = {
    "José Núñez_9_assignsubmission_file_/hw.ipynb": "jose",
    "王小明_10_assignsubmission_file_/hw.ipynb": "wang",
    "Ada King_11_assignsubmission_file_/sub/hw.ipynb": "ada",
    "Participant_12_assignsubmission_file/hw.ipynb": "twelve",
    "Participant_13_assignsubmission_file_hw.ipynb": "thirteen",
    "plain.ipynb": "plain",
}
METADATA = """---
submission_1:
  :submitters:
  - :name: Grace Hopper
    :sid: '0077'
    :email: grace@x.edu
  :created_at: 2024-01-01 10:00:00.000000000 Z
  :score: 5.0
submission_20:
  :submitters:
  - :name: Grace Hopper
    :sid: '0077'
    :email: grace@x.edu
  - :name: Alan Turing
    :sid: ~
    :email: alan@x.edu
  :created_at: 2024-01-02 10:00:00.000000000 Z
  :results: {tests: [{name: a, score: 1.0}]}
"""
GRADESCOPE = {
    "export/submission_metadata.yml": METADATA,
    "export/submission_1/hw.ipynb": "old",
    "export/submission_20/src/hw.ipynb": "new",
    "export/submission_3/hw.ipynb": "undescribed",
}
NBGRADER = {
    "submitted/ada/ps1/hw.ipynb": "ada",
    "submitted/ada/ps1/timestamp.txt": "2015-02-02 15:58:23.948203 UTC\n",
    "submitted/bela/ps1/hw.ipynb": "bela",
}
GRACE = Student("0077", "Grace Hopper", "grace@x.edu")
ALAN = Student("alan@x.edu", "Alan Turing", "alan@x.edu")


def moodle(number: str, name: str, known_as: str = "") -> Student:
    return Student(known_as or name, name, keys={"moodle": number})


# Files -> id, content, student, whether it is late, when it was submitted.
DOWNLOADS = {
    "canvas": (
        CANVAS,
        [
            ("anon_aB3dE", "nobody", Student("anon_aB3dE"), False, ""),
            ("lovelaceada", "third", Student("lovelaceada", keys={"canvas": "12345"}), True, ""),
            ("noetheremmy", "emmy", Student("noetheremmy", keys={"canvas": "222"}), True, ""),
            ("plain", "plain", None, False, ""),
        ],
    ),
    "moodle": (
        MOODLE,
        [
            ("Ada-King", "ada", moodle("11", "Ada King"), False, ""),
            ("Jose-Nunez", "jose", moodle("9", "José Núñez"), False, ""),
            ("Participant-12", "twelve", moodle("12", "Participant"), False, ""),
            ("Participant-13", "thirteen", moodle("13", "Participant"), False, ""),
            ("plain", "plain", None, False, ""),
            ("王小明", "wang", moodle("10", "王小明"), False, ""),
        ],
    ),
    "gradescope": (
        GRADESCOPE,
        [
            ("0077", "new", GRACE, False, "2024-01-02T10:00:00+00:00"),
            ("alan@x.edu", "new", ALAN, False, "2024-01-02T10:00:00+00:00"),
            ("hw", "undescribed", None, False, ""),
        ],
    ),
    "nbgrader": (
        NBGRADER,
        [
            ("ada", "ada", Student("ada"), False, "2015-02-02T15:58:23.948203+00:00"),
            ("bela", "bela", Student("bela"), False, ""),
        ],
    ),
}


@pytest.mark.parametrize("packed", [False, True], ids=["unpacked", "as a zip"])
@pytest.mark.parametrize(("files", "expected"), DOWNLOADS.values(), ids=DOWNLOADS.keys())
def test_a_download_says_whose_each_notebook_is(
    tree: Tree, tmp_path: Path, files: dict[str, str], expected: list[object], packed: bool
) -> None:
    found = find([zipped(tmp_path / "all.zip", files) if packed else tree(files)])
    said = [(one.id, read(one).decode(), one.student, one.late, one.submitted) for one in found]
    assert said == expected


@pytest.mark.parametrize(
    ("files", "left_out"),
    [
        pytest.param(CANVAS, {"lovelaceada": "2 earlier attempts were left out."}, id="canvas"),
        pytest.param(GRADESCOPE, {"0077": "1 earlier attempt was left out."}, id="gradescope"),
        pytest.param(MOODLE, {}, id="moodle has the last attempt alone"),
    ],
)
def test_earlier_attempts_are_left_out_with_a_note(
    tree: Tree, files: dict[str, str], left_out: dict[str, str]
) -> None:
    found = find([tree(files)])
    assert {one.id: one.notes[0] for one in found if one.notes} == left_out


def test_of_two_downloads_of_a_class_the_newer_attempts_count(tree: Tree) -> None:
    root = tree(
        {
            "mon/lovelaceada_12345_500_hw.ipynb": "same",
            "fri/lovelaceada_12345_500_hw.ipynb": "same",
            "mon/submitted/bela/ps1/hw.ipynb": "new",
            "mon/submitted/bela/ps1/timestamp.txt": "2024-01-02 00:30 UTC",
            "fri/submitted/bela/ps1/hw.ipynb": "old",
            "fri/submitted/bela/ps1/timestamp.txt": "2024-01-02 01:00+01:00",
        }
    )
    assert shown(find([root])) == [("lovelaceada", "same"), ("bela", "new")]


def test_on_gradescope_the_time_of_a_submission_counts_and_not_its_number(tree: Tree) -> None:
    later = METADATA.replace("2024-01-01", "2024-01-03")
    root = tree({**GRADESCOPE, "export/submission_metadata.yml": later})
    assert ("0077", "old") in shown(find([root]))


def test_two_downloads_without_times_are_both_graded(tree: Tree) -> None:
    root = tree({"fri/submitted/bela/ps1/hw.ipynb": "one", "mon/submitted/bela/ps1/hw.ipynb": "two"})
    assert shown(find([root])) == [("bela-hw", "one"), ("bela-hw-2", "two")]


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        pytest.param(
            ["doejane_123_901_hw.ipynb", "doejane_123_902_extra.ipynb"],
            ["doejane-hw", "doejane-extra"],
            id="canvas",
        ),
        pytest.param(
            [
                "Jane Doe_12_assignsubmission_file_/hw.ipynb",
                "Jane Doe_12_assignsubmission_file_/extra.ipynb",
            ],
            ["Jane-Doe-extra", "Jane-Doe-hw"],
            id="moodle",
        ),
        pytest.param(
            ["submitted/jane/ps1/hw.ipynb", "submitted/jane/ps1/extra.ipynb"],
            ["jane-extra", "jane-hw"],
            id="nbgrader",
        ),
    ],
)
def test_notebooks_handed_in_together_are_all_graded_and_say_so(
    tree: Tree, files: list[str], ids: list[str]
) -> None:
    found = find([tree(dict.fromkeys(files, ""))])
    assert [one.id for one in found] == ids
    note = "One of 2 notebooks of this student, each with a mark of its own."
    assert [one.notes for one in found] == [(note,), (note,)]


def test_two_students_of_one_name_stay_apart(tree: Tree) -> None:
    root = tree({"doejane_123_901_hw.ipynb": "one", "doejane_456_902_hw.ipynb": "other"})
    assert shown(find([root])) == [("doejane-123", "one"), ("doejane-456", "other")]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("homework_1_2_final.ipynb", id="numbers of a sheet"),
        pytest.param("lab_03_2024_ada.ipynb", id="a number with a zero in front"),
        pytest.param("12345_67890_hw.ipynb", id="no name before the numbers"),
        pytest.param("doejane_12345_67890_hw/a.ipynb", id="a folder like a file of Canvas"),
        pytest.param("submission_7/a.ipynb", id="a folder like Gradescope's, not described"),
        pytest.param("submitted/a.ipynb", id="a folder called submitted"),
        pytest.param("submitted/ada/a.ipynb", id="not as deep as nbgrader's"),
        pytest.param("submitted/ada/ps1/deep/a.ipynb", id="deeper than nbgrader's"),
        pytest.param("ada_assignsubmission_file_a.ipynb", id="no number of Moodle's"),
    ],
)
def test_what_only_resembles_a_download_keeps_its_name(tree: Tree, name: str) -> None:
    (found,) = find([tree({name: ""})])
    assert (found.id, found.student, found.notes) == (Path(name).stem, None, ())


# ---------------------------------------------------------------- what a student may have named


@pytest.mark.parametrize(
    "name",
    [
        "doejane_123_456_roeann_777_999_hw.ipynb",
        "doejane_123_456_LATE_777_999_hw.ipynb",
        "doejane_123_456_Ann Roe_7_assignsubmission_file_hw.ipynb",
        "doejane_123_456_hw\nx.ipynb",
    ],
)
def test_what_follows_in_a_name_of_canvas_is_the_students_own_text(tree: Tree, name: str) -> None:
    (found,) = find([tree({name: ""})])
    assert (found.student, found.late) == (Student("doejane", keys={"canvas": "123"}), False)


@pytest.mark.parametrize("name", ["Ann_777", "Ann Roe_777"])
def test_what_follows_in_a_name_of_moodle_is_the_students_own_text(tree: Tree, name: str) -> None:
    (found,) = find([tree({f"{name}_assignsubmission_file_doejane_123_456_hw.ipynb": ""})])
    assert found.student is not None
    assert found.student.keys == {"moodle": "777"}


def test_inside_of_what_one_student_sent_no_name_makes_it_anothers(tree: Tree) -> None:
    root = tree({
        "Ann Roe_7_assignsubmission_file_/Jane Doe_8_assignsubmission_file_/hw.ipynb": "",
        "Ann Roe_7_assignsubmission_file_/submitted/jane/ps1/hw.ipynb": "",
        "Ann Roe_7_assignsubmission_file_/doejane_123_456_hw.ipynb": "",
    })  # fmt: skip
    zipped(
        root / "roeann_777_999_hw.zip", {"doejane_123_456_hw.ipynb": "", "submitted/jane/ps1/hw.ipynb": ""}
    )
    assert {one.student.id for one in find([root]) if one.student} == {"Ann Roe", "roeann"}


def test_a_zip_among_the_notebooks_replaces_no_ones_work(tree: Tree) -> None:
    root = tree({"doejane_123_456_hw.ipynb": "jane's own"})
    zipped(root / "mallory.zip", {"doejane_123_99999_hw.ipynb": "worse"})
    assert ("doejane", "jane's own") in shown(find([root]))


def test_a_zip_that_canvas_named_competes_with_a_newer_one(tree: Tree) -> None:
    root = tree({})
    zipped(root / "in" / "doejane_123_456_hw.zip", {"a.ipynb": "old"})
    zipped(root / "in" / "doejane_123_500_hw-1.zip", {"a.ipynb": "new a", "b.ipynb": "new b"})
    assert shown(find([root])) == [("doejane-hw", "new a"), ("doejane-hw-2", "new b")]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("_111" * 15_000 + "_x!.ipynb", id="numbers of Canvas"),
        pytest.param("a_1" * 20_000 + "_assign.ipynb", id="numbers of Moodle"),
        pytest.param("test_case" * 7_000 + "!.py", id="names of helpers"),
        pytest.param("a (1)" * 12_000 + ".ipynb", id="numbers of copies"),
        pytest.param("a_b_c_" * 10_000 + "123/hw.ipynb", id="names of ILIAS"),
    ],
)
def test_a_name_that_keeps_an_expression_busy_is_let_be(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "all.zip", {name: ""})
    start = process_time()
    (found,) = find([path])
    assert process_time() - start < 2
    assert found.student is None


NAMES = st.text(st.characters(exclude_characters="/\0_", exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(NAMES, NAMES)
def test_whatever_a_student_is_called_moodle_says_who_it_is(student: str, file: str) -> None:
    folder = f"{student}_12_assignsubmission_file_"
    for path in (Path("/in", folder, f"{file}.ipynb"), Path("/in", f"{folder}{file}.ipynb")):
        ((_, (claim,)),) = claims([Place(str(path))])
        assert claim.student.name == unicodedata.normalize("NFC", student)
        assert claim.student.keys == {"moodle": "12"}


WORDS = st.from_regex(r"\w{1,20}", fullmatch=True).filter(lambda name: "_" not in name)


@given(WORDS.filter(lambda name: not name.isdigit()), NAMES, st.booleans())  # a number alone is a user's
@example("\uf900", "hw", False)
def test_whatever_a_file_is_called_canvas_says_whose_it_is(student: str, file: str, late: bool) -> None:
    name = f"{student}{'_LATE' if late else ''}_123_456_{file}.ipynb"
    ((_, (claim,)),) = claims([Place(f"/in/{name}")])
    written = unicodedata.normalize("NFC", student)  # one way to write what can be written in several
    assert (claim.student, claim.late) == (Student(written, keys={"canvas": "123"}), late)


# ---------------------------------------------------------------- what is beside the notebooks


def test_a_link_to_metadata_is_not_followed(tree: Tree, tmp_path: Path) -> None:
    root = tree({"export/submission_1/hw.ipynb": ""})
    (tmp_path / "elsewhere.yml").write_text(METADATA)
    (root / "export" / "submission_metadata.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert find([root])[0].student is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        pytest.param("2015-02-02 15:58:23.948203 UTC\n", "2015-02-02T15:58:23.948203+00:00", id="nbgrader"),
        pytest.param("2024-01-01 10:00:00.000000000 Z", "2024-01-01T10:00:00+00:00", id="gradescope"),
        pytest.param("2024-01-01T10:00:00+02:00", "2024-01-01T08:00:00+00:00", id="another zone"),
        pytest.param("2024-01-01 10:00", "2024-01-01T10:00:00+00:00", id="no zone"),
        pytest.param("0001-01-01T00:00+10:00", "", id="before all time"),
        pytest.param("yesterday", "", id="no time"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_time_is_at_utc_or_unknown(text: str, time: str) -> None:
    assert read_time(text) == time


@given(st.text())
def test_no_text_is_too_odd_for_a_time(text: str) -> None:
    assert isinstance(read_time(text), str)
