"""Canvas and Moodle get back their own tables with the marks in them, and nothing else changed."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import ABSENT, CLASS, FAILED, GRADED, HEADER, HOSTILE, UNREADABLE, filled_with

from grader.errors import RosterError
from grader.export.canvas import write_canvas
from grader.export.lms_sheet import kept, read_sheet, written
from grader.export.moodle import write_moodle
from grader.models.submission import Student

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,"Nets, deep (12)",Two functions (34),Final Score
,,,,,Manual Posting,,
    Points Possible,,,,,10,17.50,(read only)
"Lovelace, Ada",111,u1,ada,"A and B",-3,2,88.1
"Builder, Bob",222,u2,bob,A,EX,5,
=1+1,333,u3,eve,A,,,
"Student, Test",5,,9f8e7d,A,,,
"""
MOODLE = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (grade),Feedback comments\n"
    "Participant 9001,Ada Lovelace,ada@x.edu,Submitted for grading,,17.50,Yes,-,\n"
    "Participant 9002,Bob Builder,,Submitted for grading,3.00,17.50,Yes,"
    '"Monday, 2 March 2026, 9:00 AM","<p>By\r\nhand</p>"\n'
    "Participant 9003,Eve,,No submission,,17.50,Yes,-,\n"
)


def sheet(folder: Path, content: str):
    path = folder / "roster.csv"
    path.write_bytes(content.encode())
    return read_sheet(path)


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def with_cell(content: str, row: int, column: str, cell: str) -> list[list[str]]:
    rows = cells(content)
    rows[row][rows[0].index(column)] = cell
    return rows


# ---------------------------------------------------------------- Canvas


def test_a_table_for_canvas_has_its_columns_and_the_points_possible_in_the_second_row():
    assert write_canvas(HEADER, CLASS).text.replace("\r\n", "\n") == (
        "Student,ID,SIS User ID,SIS Login ID,Section,two_functions\n"
        "    Points Possible,,,,,17.5\n"
        '"Lovelace, Ada",111,,ada,A,7.5\n'
        "Bob Builder,222,u2,bob,A,\n"
        "eve,,,eve,,\n"
        "Tim Late,,,tim,,\n"
        "zoe,,,zoe,,17.5\n"
    )


def test_canvas_gets_its_table_back_with_one_cell_changed(tmp_path):
    filled = write_canvas(HEADER, [GRADED], sheet(tmp_path, CANVAS))
    expected = with_cell(CANVAS, 3, "Two functions (34)", "7.5")
    expected[5][0] = "'=1+1"
    assert cells(filled.text) == expected
    assert not filled.strangers


def test_a_mark_that_is_there_stays_when_a_submission_has_none(tmp_path):
    filled = write_canvas(HEADER, [UNREADABLE], sheet(tmp_path, CANVAS))
    assert cells(filled.text)[4] == cells(CANVAS)[4]


def test_an_assignment_that_canvas_does_not_know_gets_a_column_of_its_own(tmp_path):
    header = replace(HEADER, assignment="third")
    rows = cells(write_canvas(header, [GRADED, UNREADABLE], sheet(tmp_path, CANVAS)).text)
    assert [row[-1] for row in rows] == ["third", "", "17.5", "7.5", "", "", ""]
    assert [row[:-1] for row in rows][:5] == cells(CANVAS)[:5]


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(Student("x", keys={"canvas": "111"}), id="number in Canvas"),
        pytest.param(Student("x", keys={"login": "ada"}), id="login"),
        pytest.param(Student("u1"), id="SIS id"),
        pytest.param(Student("x", "Ada Lovelace"), id="name the other way round"),
    ],
)
def test_a_submission_finds_its_row_by_whatever_is_known_of_its_student(tmp_path, known):
    report = replace(GRADED, student=known)
    filled = write_canvas(HEADER, [report], sheet(tmp_path, CANVAS))
    assert cells(filled.text)[3][6] == "7.5"


def test_submissions_of_nobody_in_the_table_are_told(tmp_path):
    stranger = replace(FAILED, id="mallory")
    assert write_canvas(HEADER, [GRADED, stranger, ABSENT], sheet(tmp_path, CANVAS)).strangers == ["mallory"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(CANVAS.replace("222,u2", "111,u2"), "2 rows have the id 111", id="one number twice"),
        pytest.param(
            CANVAS.replace("u2,bob", "u2,ada"), "ada stands in line 4 already", id="one login twice"
        ),
        pytest.param(CANVAS.replace("17.50", "100"), "out of 100, not of 17.5", id="other points possible"),
        pytest.param(CANVAS.replace("Nets, deep", "two_functions"), "2 columns are called", id="two columns"),
        pytest.param(MOODLE, "it has no column 'ID'", id="a worksheet of Moodle"),
        pytest.param("Student,ID,Section\n", "no students", id="nobody"),
    ],
)
def test_a_table_that_is_not_the_classs_is_refused(tmp_path, content, says):
    with pytest.raises(RosterError, match=says) as refused:
        write_canvas(HEADER, [GRADED], sheet(tmp_path, content))
    assert len(str(refused.value).splitlines()) == 2


def test_two_submissions_of_one_student_are_refused(tmp_path):
    with pytest.raises(RosterError, match="ada and ada-2 are both of ada"):
        write_canvas(HEADER, [GRADED, replace(GRADED, id="ada-2")], sheet(tmp_path, CANVAS))


# ---------------------------------------------------------------- Moodle


def test_a_worksheet_for_moodle_has_its_columns_and_blanks_for_what_has_no_mark():
    rows = cells(write_moodle(HEADER, CLASS).text)
    assert rows[0][:6] == ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"]
    assert [(row[0], row[4], row[5]) for row in rows[1:]] == [
        ("Participant 9001", "7.5", "17.5"),
        ("Participant 9002", "", "17.5"),
        ("", "", "17.5"),
        ("", "", "17.5"),
        ("", "17.5", "17.5"),
    ]


def test_moodle_gets_its_worksheet_back_with_grade_and_comment_filled_in(tmp_path):
    filled = write_moodle(HEADER, [GRADED, UNREADABLE], sheet(tmp_path, MOODLE))
    rows, before = cells(filled.text), cells(MOODLE.removeprefix("\ufeff"))
    ada = dict(zip(rows[0], rows[1], strict=True))
    assert ada["Grade"] == "7.5"
    assert ada["Last modified (grade)"] == "-"
    assert ada["Feedback comments"].startswith("7.5 of 17.5<br>1 of 2 functions passed.")
    assert [rows[0], *rows[2:]] == [before[0], *before[2:]]


def test_a_comment_is_text_to_moodle_and_no_markup(tmp_path):
    rows = cells(write_moodle(HEADER, [GRADED], sheet(tmp_path, MOODLE)).text)
    assert "See page 12 &lt;of the notes&gt;." in rows[1][-1]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(MOODLE.replace("9002", "9001"), "rows have the id 9001", id="one number twice"),
        pytest.param(MOODLE.replace("Last modified (grade)", "Zuletzt"), "no column 'Last", id="in German"),
        pytest.param(CANVAS, "no column 'Identifier'", id="a table of Canvas"),
        pytest.param(MOODLE.replace("17.50", "20.00"), "out of 20.00, not of 17.5", id="another maximum"),
    ],
)
def test_a_worksheet_that_is_not_the_assignments_is_refused(tmp_path, content, says):
    with pytest.raises(RosterError, match=says.replace("(", r"\(")):
        write_moodle(HEADER, [GRADED], sheet(tmp_path, content))


def test_a_row_without_an_identifier_is_nobodys(tmp_path):
    content = MOODLE.replace("Participant 9001", "")
    filled = write_moodle(HEADER, [replace(GRADED, student=None)], sheet(tmp_path, content))
    assert filled.strangers == ["ada"]


# ---------------------------------------------------------------- both


@pytest.mark.parametrize("write", [write_canvas, write_moodle])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_in_its_cell_and_is_no_formula(write, text):
    table = write(HEADER, [filled_with(text), UNREADABLE]).text
    rows = cells(table)
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for row in rows for cell in row)
    assert table.replace("\r\n", "").replace("\t", "").isprintable()


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_cells_come_back_as_they_were_written(rows):
    assert list(csv.reader(io.StringIO(written(rows), newline=""))) == rows


@pytest.mark.parametrize("cell", ["-3", "+1.5", "12,5 %", "-", "", " 10", "EX", "Participant 1"])
def test_a_number_and_a_word_are_kept(cell):
    assert kept(cell) == cell


@pytest.mark.parametrize("cell", ["=1", "-A1", "+cmd", "@x", "\t=1", "\r-x"])
def test_a_formula_is_kept_as_text(cell):
    assert kept(cell) == f"'{cell}"
