"""The table of students: every submission has a row, every exercise a sign, and pages lead to each other."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from page_kinds import ADJUSTED, EVERYTHING, LATE, MANY, handed_in
from parsed_page import Page
from samples import FAILED, GRADED, HEADER, HOSTILE, RIGHT, UNREADABLE, WRONG

from grader.comparison.verdict import Verdict
from grader.models.marking import Adjustment, Marking
from grader.models.submission import Student
from grader.reports.class_report.index import write_index
from grader.reports.class_report.student_table import LEGEND, ROWS, table
from grader.reports.sanitize import harmless
from grader.results.codec import pack, unpack_outline
from grader.results.rulings import ruled


def pages(reports, *, with_report=True):
    return {
        name: page.decode() for name, page in write_index(HEADER, reports, with_report=with_report).items()
    }


def row(report):
    (found,) = table([report]).rows
    return found


def decided(action, value=0.0, function="backward"):
    made = Adjustment("ann", function, action, value, "Eve", "2026-01-03T00:00:00+00:00", "it is right")
    return ruled(GRADED, Marking({"ann": (made,)}))


@pytest.mark.parametrize(
    ("report", "points", "late", "absent"),
    [
        pytest.param(GRADED, "7.5", "", "", id="graded"),
        pytest.param(replace(GRADED, late=True), "7.5", "late", "", id="late, nobody knows how much"),
        pytest.param(LATE, "6", "2 days", "", id="late by a policy"),
        pytest.param(ADJUSTED, "12.5*", "", "", id="adjusted in a function"),
        pytest.param(decided("points", 15.0, ""), "15*", "", "", id="adjusted as a whole"),
        pytest.param(decided("excuse", 0.0, ""), "excused", "", "", id="excused"),
        pytest.param(UNREADABLE, "–", "", "unreadable", id="unreadable"),
        pytest.param(FAILED, "–", "", "not graded", id="failed"),
        pytest.param(replace(UNREADABLE, status="not_submitted"), "–", "", "not submitted", id="absent"),
        pytest.param(replace(GRADED, points=1234.5), "1,234.5", "", "", id="many points"),
    ],
)
def test_a_row_has_the_mark_that_counts(report, points, late, absent):
    found = row(report)
    assert (found.points, found.late, found.absent) == (points, late, absent)


@pytest.mark.parametrize(
    ("score", "sign", "words"),
    [
        *((replace(WRONG, verdict=verdict), sign, words) for verdict, sign, words in (
            (Verdict.WRONG_SHAPE, "✗", "wrong shape"),
            (Verdict.DID_NOT_RUN, "!", "did not run"),
            (Verdict.NOT_ATTEMPTED, "–", "not written yet"),
            (Verdict.TO_BE_MARKED, "…", "to be marked"),
        )),
        (replace(WRONG, points=4.0), "◐", "earned in part, 4 of 10"),
        (decided("points", 4.0).exercises[0], "◐*", "earned in part, 4 of 10, decided by a person"),
        (decided("points", 10.0).exercises[0], "✓*", "full points, 10 of 10, decided by a person"),
        (decided("points", 0.0).exercises[0], "✗*", "no points, 0 of 10, decided by a person"),
        (decided("excuse").exercises[0], "E*", "excused, 0 of 0, decided by a person"),
    ],
)  # fmt: skip
def test_a_cell_has_a_sign_that_is_read_as_words(score, sign, words):
    cells = row(handed_in("ann", score)).cells
    assert f'<span role="img" aria-label="{words}">{sign}</span>' in cells


def test_what_passed_is_a_sign_alone_and_every_sign_is_explained():
    assert row(handed_in("ann", RIGHT)).cells == '<td class="good">✓</td>'
    shown = set("".join(re.findall(r">([^<>]*)</", "".join(row(report).cells for report in EVERYTHING))))
    assert shown == {"✓", "✗", "!", "–", "◐", "*"}
    assert shown <= {sign for sign, _ in LEGEND}


def test_outlines_make_the_same_table_as_whole_reports():
    outlines = [unpack_outline(pack(report).outline) for report in (GRADED, UNREADABLE)]
    assert table(outlines) == table((GRADED, UNREADABLE))


def test_a_class_is_in_pages_that_lead_to_each_other_and_have_everyone_once():
    first, second = pages(MANY).items()
    assert (first[0], second[0], ROWS) == ("index.html", "students-2.html", 1_000)
    links = [
        re.findall(r'href="(feedback/[^"]*)"', page[1].split('id="students"')[1]) for page in (first, second)
    ]
    assert [len(found) for found in links] == [1_000, 500]
    assert len({*links[0], *links[1]}) == 1_500
    assert '<a href="students-2.html#students" rel="next">Next</a>' in first[1]
    assert '<a href="index.html#students" rel="prev">Previous</a>' in second[1]
    assert '<strong aria-current="page">2</strong>' in second[1]
    assert "1,001 to 1,500 of 1,500 submissions" in second[1]


@pytest.mark.parametrize(
    ("number", "names"),
    [(0, 1), (1, 1), (1_000, 1), (1_001, 2), (3_000, 3)],
)
def test_there_are_as_many_pages_as_are_needed(number, names):
    assert len(table([GRADED] * number).pages) == names


def test_the_report_is_linked_to_if_it_is_there_and_else_its_command_is_told():
    assert '<a href="report.html">' in pages([GRADED])["index.html"]
    assert "<code>grader report DIR</code>" in pages([GRADED], with_report=False)["index.html"]


def test_who_handed_in_nothing_has_no_link():
    absent = replace(UNREADABLE, status="not_submitted", student=Student("zoe", name="Zoe Z."))
    assert '<th scope="row">Zoe Z. (bob)</th>' in pages([absent])["index.html"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text):
    def shown(text):
        report = replace(GRADED, id=text, student=Student(text, name=text), listed=False)
        return Page(pages([report, replace(UNREADABLE, id=text, notes=(text,))])["index.html"])

    assert shown(text).elements == shown("x").elements
    assert harmless(text) in shown(text).text
