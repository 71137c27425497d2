"""grades.csv has one row a submission, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import gc
import io
from dataclasses import replace

import pytest
from samples import CLASS, GRADED, HOSTILE, UNREADABLE, filled_with

from grader.models.report import Report
from grader.models.submission import Student
from grader.results.gradebook import write_gradebook


def gradebook(reports):
    return b"".join(write_gradebook(reports)).decode()


def test_a_class_is_one_row_a_submission_and_one_column_an_exercise():
    assert gradebook(CLASS) == (
        "id,name,file,status,late,points,max_points,computed_points,backward,model,notes\n"
        "ann,,ann.ipynb,graded,,7.5,17.5,7.5,0,7.5,Cell 3 was left out: it has a magic.\n"
        'bob,,bob.ipynb,unreadable,,,17.5,,,,"bob.ipynb is a web page, not a notebook."\n'
        "eve,,eve.ipynb,failed,,,17.5,,,,The sandbox broke down.\n"
    )


def test_a_class_of_unreadable_files_has_no_exercise_columns():
    assert gradebook([UNREADABLE]).startswith(
        "id,name,file,status,late,points,max_points,computed_points,notes\n"
    )


def test_a_row_says_who_was_late_and_who_handed_in_nothing():
    zoe = Student("zoe", "Zoë, =1+1")
    late = replace(GRADED, student=replace(zoe, name="=1+1"), late=True)
    table = gradebook([late, replace(UNREADABLE, id="zoe", file="", status="not_submitted", student=zoe)])
    first, second = csv.DictReader(io.StringIO(table))
    assert [first[key] for key in ("name", "late", "points")] == ["'=1+1", "late", "7.5"]
    assert [second[key] for key in ("name", "status", "points")] == ["Zoë, =1+1", "not_submitted", ""]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_in_its_cell_and_is_no_formula(text):
    table = gradebook([filled_with(text), UNREADABLE])
    rows = list(csv.reader(io.StringIO(table)))
    assert [len(row) for row in rows] == [11, 11, 11]
    assert len(table.splitlines()) == 3
    assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for row in rows for cell in row)
    assert table.replace("\n", "").isprintable()


def test_the_columns_are_known_from_whoever_was_graded_first():
    assert gradebook([UNREADABLE, UNREADABLE, GRADED]).splitlines()[0].endswith(",backward,model,notes")


def test_a_class_need_not_fit_into_memory():
    alive = []

    def reports():
        for _ in range(20):
            yield replace(GRADED)
            alive.append(sum(type(each) is Report for each in gc.get_objects()))

    assert sum(1 for _ in write_gradebook(reports())) == 21
    assert max(alive) <= alive[0] + 1
