"""What needs a person is found, counted, and linked to, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_kinds import ADJUSTED, QUESTION, SIGNED, class_report, handed_in, index
from samples import FAILED, GRADED, RIGHT, UNREADABLE, WRONG

from grader.models.marking import Adjustment, Marking
from grader.reports.class_report.attention import concerns
from grader.results.codec import pack, unpack_outline
from grader.results.rulings import ruled


def found(*reports):
    return {concern.matter.what: [report.id for report, _ in concern.cases] for concern in concerns(reports)}


def handed(name, *exercises, **changes):
    return handed_in(name, *(exercises or (RIGHT,)), **changes)


@pytest.mark.parametrize(
    ("report", "what"),
    [
        pytest.param(UNREADABLE, "could not be read", id="unreadable"),
        pytest.param(FAILED, "not graded by a fault of the grader", id="failed"),
        pytest.param(handed("ann", QUESTION), "to be marked: q4", id="a question"),
        pytest.param(handed("ann", listed=False), "of nobody in the roster", id="a stranger"),
        pytest.param(handed("ann", SIGNED), "importing scipy, which is not installed here", id="a module"),
        pytest.param(
            handed("ann", notes=("it needs Python 3.14; this is 3.11",)), "with syntax of Python 3.14",
            id="a newer Python",
        ),
        pytest.param(ADJUSTED, "with an adjustment that is not applied", id="an adjustment of no function"),
        pytest.param(replace(UNREADABLE, status="not_submitted"), "handed in nothing", id="absent"),
    ],
)  # fmt: skip
def test_what_needs_a_person_is_found(report, what):
    assert found(GRADED, report) == {what: [report.id]}


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(GRADED, id="graded, and wrong"),
        pytest.param(replace(GRADED, late=True), id="late"),
        pytest.param(handed("ann", listed=True), id="in the roster"),
        pytest.param(handed("ann", WRONG, WRONG), id="all wrong"),
    ],
)
def test_what_needs_nobody_is_not_there(report):
    assert found(report) == {}


def test_a_marked_answer_waits_no_longer():
    made = Adjustment("ann", "q4", "points", 3.0, "Eve", "2026-01-03T00:00:00+00:00", "it is right")
    assert found(ruled(handed("ann", QUESTION), Marking({"ann": (made,)}))) == {}


def test_outlines_tell_the_same():
    reports = (UNREADABLE, FAILED, handed("ann", SIGNED, QUESTION), handed("bob", listed=False))
    assert found(*(unpack_outline(pack(report).outline) for report in reports)) == found(*reports)


def test_a_submission_is_counted_once_for_each_matter():
    twice = handed("ann", SIGNED, replace(SIGNED, name="other"))
    assert found(twice) == {"importing scipy, which is not installed here": ["ann"]}


def test_both_pages_have_each_with_its_count_its_links_and_its_command():
    waiting = tuple(handed(name, QUESTION) for name in ("ann", "bob"))
    for page, folder in ((class_report(waiting), "results"), (index(waiting), "DIR")):
        assert "<summary><strong>2</strong> to be marked: q4</summary>" in page
        assert '<a href="feedback/bob.html#q4">Bob (bob)</a>' in page
        assert f"<code>grader adjust {folder} STUDENT q4 --points N --because &#34;...&#34;</code>" in page


def test_a_folder_is_named_in_its_own_place_of_a_command():
    page = class_report([handed("ann", replace(QUESTION, name="DIRECTION"))])
    assert "<code>grader adjust results STUDENT DIRECTION --points" in page


def test_of_very_many_some_are_linked_to_and_the_others_counted():
    many = [replace(UNREADABLE, id=f"s{i}", notes=()) for i in range(1_234)]
    page = index(many)
    assert "<strong>1,234</strong> could not be read" in page
    assert "<li>and 1,134 more</li>" in page


def test_where_nothing_needs_a_person_the_page_says_so():
    assert "<p>Nothing does.</p>" in index([GRADED])
