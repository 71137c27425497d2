"""A roster is read whoever exported it, and says of whom a notebook is and who handed in nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import RosterError
from grader.models.submission import Student
from grader.submissions import Handed, find
from grader.submissions.roster import read_roster
from grader.submissions.roster_matching import Classmates

OWN = """student_id,first_name,last_name,email,section
ada,Ada King,Lovelace,ada@x.edu,A
emmy,Emmy,Noether,,B
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,"Nets, deep (12)",Final Score
,,,,,Manual Posting,
    Points Possible,,,,,10,(read only)
"Lovelace, Ada King",12345,u1,ada,"A and B",,
"Noether, Emmy",222,,,A,7,
"Student, Test",5,,9f8e7d,A,,
"""
MOODLE = """Identifier,"Full name","Email address",Status,Grade,"Last modified (grade)","Feedback comments"
"Participant 12345","Ada King Lovelace",ada@x.edu,"Submitted for grading - ",,-,"<p>Two
lines</p>"
"Participant 222","Emmy Noether",,"No submission",,-,
"""
GRADESCOPE = """First Name,Last Name,SID,Email,Role
Ada King,Lovelace,0077,ada@x.edu,Student
Emmy,Noether,,emmy@x.edu,Student
Ann,Roe,1,ann@x.edu,TA
"""
EXPORTS = {
    "one's own": (
        OWN,
        Student("ada", "Ada King Lovelace", "ada@x.edu", "A"),
        Student("emmy", "Emmy Noether", "", "B"),
    ),
    "canvas": (
        CANVAS,
        Student("ada", "Lovelace, Ada King", "", "A and B", {"canvas": "12345", "sis": "u1", "login": "ada"}),
        Student("222", "Noether, Emmy", "", "A", {"canvas": "222"}),
    ),
    "moodle": (
        MOODLE,
        Student("ada@x.edu", "Ada King Lovelace", "ada@x.edu", "", {"moodle": "12345"}),
        Student("222", "Emmy Noether", "", "", {"moodle": "222"}),
    ),
    "gradescope": (
        GRADESCOPE,
        Student("0077", "Ada King Lovelace", "ada@x.edu"),
        Student("emmy@x.edu", "Emmy Noether", "emmy@x.edu"),
    ),
}


@pytest.fixture
def roster(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """A function that writes a roster and returns its path."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "roster.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(("content", "ada", "emmy"), EXPORTS.values(), ids=EXPORTS.keys())
def test_every_export_gives_its_students(
    roster: Callable[..., Path], content: str, ada: Student, emmy: Student
) -> None:
    assert read_roster(roster(content)) == (ada, emmy)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda text: "\ufeff" + re.sub("^(?=.)", '"a, b",', text, flags=re.MULTILINE),
            id="a byte order mark before a quote",
        ),
        pytest.param(
            lambda text: re.sub("$(?<=.)", ",another", text, flags=re.MULTILINE).replace("another", "SID", 1),
            id="another column with ids",
        ),
        pytest.param(lambda text: text.replace(",", ";"), id="semicolons"),
        pytest.param(lambda text: text.replace(",", "\t"), id="tabs"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(lambda text: text.replace("\n", "\n,,\n"), id="empty lines"),
        pytest.param(lambda text: text.replace("student_id", "Student ID "), id="another heading"),
        pytest.param(lambda text: text.removesuffix("\n"), id="no line end"),
        pytest.param(lambda text: f"sep=;\r\n{text.replace(',', ';')}", id="the line of Excel"),
        pytest.param(lambda text: f'"sep=\t"\n{text}'.replace(",", "\t"), id="the line in quotes"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
    ],
)
def test_a_dialect_changes_nothing(roster: Callable[..., Path], change: Callable[[str], str | bytes]) -> None:
    assert read_roster(roster(change(OWN))) == EXPORTS["one's own"][1:]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("id,name\nada,A\nemmy,E\nADA,A\n", "line 4: ADA stands in line 2 already", id="twice"),
        pytest.param("id,name\nada,A\n,E\n", "line 3: a student without an id", id="no id"),
        pytest.param("id,name\nada,Lovelace, Ada\n", "line 2: 3 cells below 2 headings", id="a comma"),
        pytest.param('id,name\nada,"Ada\n', "line 2: it is not CSV", id="an open quote"),
        pytest.param("colour,size\nred,1\n", "no column with ids among colour, size", id="no column"),
        pytest.param("", "no column with ids among none", id="empty"),
        pytest.param("id,name\n", "no students in it", id="a header alone"),
        pytest.param(b"id,name\nada,\x81\n", "it is not text", id="no text"),
        pytest.param(b"id,name\nada,\0\n", "it is not text", id="bytes"),
        pytest.param(b"PK\x03\x04...", "it is a spreadsheet, not CSV", id="a spreadsheet"),
        pytest.param('sep=;\nid;name\nada;"A\n', "line 3: it is not CSV", id="an open quote below sep="),
        pytest.param(b"x" * (21 << 20), "it is larger than 20 MB", id="large"),
        pytest.param("id\n" + "x" * 200_000, "line 2: it is not CSV", id="a huge cell"),
    ],
)
def test_what_is_wrong_with_a_roster_is_told_with_its_line(
    roster: Callable[..., Path], content: str | bytes, message: str
) -> None:
    path = roster(content)
    with pytest.raises(RosterError, match=rf"^{path}(: |, ){message}.*\n  \w"):
        read_roster(path)


def test_a_folder_is_no_roster(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="Is a directory"):
        read_roster(tmp_path)


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)


@given(st.dictionaries(CELLS.filter(bool), CELLS, min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_csv_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, names: dict[str, str], delimiter: str
) -> None:
    names = {known_as.casefold(): name for known_as, name in names.items()}
    path = tmp_path_factory.getbasetemp() / "roster.csv"
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows([("id", "name"), *names.items()])
    path.write_text(table.getvalue(), encoding="utf-8", newline="")
    assert {student.id: student.name for student in read_roster(path)} == names


# ---------------------------------------------------------------- who is meant

ADA = Student("ada", "Lovelace, Ada King", "Ada@x.edu", keys={"canvas": "12345", "sis": "U1"})
EMMY = Student("s222", "Emmy Noether", keys={"moodle": "222"})
JANE, JOAN = Student("s3", "Jane Doe"), Student("s4", "Jane Doe")


@pytest.mark.parametrize(
    ("known", "student"),
    [
        pytest.param(Student("lovelace", keys={"canvas": "12345"}), ADA, id="by the number of Canvas"),
        pytest.param(Student("x", keys={"moodle": "222"}), EMMY, id="by the number of Moodle"),
        pytest.param(Student("x", "?", "ada@X.edu"), ADA, id="by the address, whatever its case"),
        pytest.param(Student("S222"), EMMY, id="by the id, whatever its case"),
        pytest.param(Student("u1"), ADA, id="by the SIS id"),
        pytest.param(Student("lovelaceadaking"), ADA, id="as Canvas joins names"),
        pytest.param(Student("7", "Ada King Lovelace"), ADA, id="by the name, in another order"),
        pytest.param(Student("7", "émmy NOETHER"), EMMY, id="by the name, spelled otherwise"),
        pytest.param(Student("12345"), None, id="a bare number is not Canvas's"),
        pytest.param(Student("7", "Jane Doe"), None, id="two are called so"),
        pytest.param(Student("emmynoether", keys={"moodle": "9"}), None, id="the number says another"),
        pytest.param(Student("7", "…"), None, id="no letters"),
    ],
)
def test_a_student_is_meant_by_any_of_their_names_alone(known: Student, student: Student | None) -> None:
    assert Classmates([ADA, EMMY, JANE, JOAN]).find(known) == student


@given(st.lists(st.text(max_size=8).map(lambda name: Student(f"id-{name}", name)), unique_by=lambda s: s.id))
def test_every_student_is_found_by_their_id(students: list[Student]) -> None:
    folded = [student.id.casefold() for student in students]
    for student in students:
        if folded.count(student.id.casefold()) == 1:
            assert Classmates(students).find(Student(student.id)) == student


def handed_in(folder: Path, *names: str, roster: list[Student]) -> list[Handed]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return find([folder], roster)


def test_who_handed_in_nothing_comes_last_in_the_order_of_the_roster(tmp_path: Path) -> None:
    found = handed_in(tmp_path, "s3.ipynb", roster=[EMMY, JANE, ADA])
    assert [(one.id, one.student, one.absent) for one in found] == [
        ("s3", JANE, False),
        ("s222", EMMY, True),
        ("ada", ADA, True),
    ]
    assert found[1].file == ""


@pytest.mark.parametrize(
    "name",
    [
        "ada.ipynb",
        "Ada King Lovelace.ipynb",
        "ada/hw.ipynb",
        "lovelaceadaking_LATE_12345_67890_hw.ipynb",
        "Ada King Lovelace_9_assignsubmission_file_/hw.ipynb",
    ],
)
def test_a_notebook_is_called_as_its_student_in_the_roster(tmp_path: Path, name: str) -> None:
    (found,) = handed_in(tmp_path, name, roster=[ADA])
    assert (found.id, found.student, found.late) == ("ada", ADA, "LATE" in name)


def test_a_folder_of_a_student_says_more_than_the_name_they_gave_a_file(tmp_path: Path) -> None:
    found = handed_in(tmp_path, "s222/ada.ipynb", roster=[ADA, EMMY])
    assert [(one.student, one.absent) for one in found] == [(EMMY, False), (ADA, True)]


def test_a_notebook_of_nobody_in_the_roster_is_kept_and_known_to_be_so(tmp_path: Path) -> None:
    found = handed_in(tmp_path, "ada.ipynb", "guest.ipynb", roster=[ADA])
    assert [(one.id, one.listed) for one in found] == [("ada", True), ("guest", False)]


def test_two_notebooks_of_one_student_are_both_there_and_say_so(tmp_path: Path) -> None:
    found = handed_in(tmp_path, "ada.ipynb", "ada/hw.ipynb", roster=[ADA])
    assert [one.id for one in found] == ["ada-hw", "ada-ada"]
    assert all("One of 2 notebooks" in one.notes[0] for one in found)


def test_ids_that_are_made_safe_stay_apart(tmp_path: Path) -> None:
    found = handed_in(tmp_path, "a b.ipynb", roster=[Student("a b"), Student("a/b"), Student("A*B")])
    assert [one.id for one in found] == ["a-b-a-b", "a-b", "A-B-2"]
