"""Adjustments and the late policy change what counts; what was computed stays, and each change has a line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLASS, GRADED, HEADER, UNREADABLE

from grader.models.marking import Adjustment, LatePolicy, Marking
from grader.models.report import Report
from grader.models.submission import Student
from grader.reports import wording
from grader.reports.feedback_page import write_feedback
from grader.results.codec import pack, unpack_outline
from grader.results.results_json import read_results, write_results
from grader.results.rulings import of_nobody, ruled

DUE = "2026-11-29T12:00:00+01:00"
POLICY = LatePolicy(DUE, per_day=0.1, grace=900, cap=0.5, most_days=7)


def one(action: str, value: float = 0, function: str = "", student: str = "ann") -> Adjustment:
    return Adjustment(student, function, action, value, "ada", "2026-11-29T10:00:00+00:00", "so it is")  # type: ignore[arg-type]


def marked(*adjustments: Adjustment, report: Report = GRADED, late: LatePolicy | None = None) -> Report:
    return ruled(report, Marking({report.id: adjustments}, late))


def at(time: str, report: Report = GRADED) -> Report:
    return replace(report, submitted=time)


@pytest.mark.parametrize(
    ("adjustments", "points", "most"),
    [
        pytest.param([one("points", 10, "backward")], 17.5, 17.5, id="a function"),
        pytest.param([one("add", 3, "backward")], 10.5, 17.5, id="more for a function"),
        pytest.param([one("add", -30, "model")], 0, 17.5, id="never below nothing"),
        pytest.param([one("excuse", 0, "backward")], 7.5, 7.5, id="a function excused"),
        pytest.param([one("points", 12)], 12, 17.5, id="the whole"),
        pytest.param([one("add", 1.5)], 9, 17.5, id="more for the whole"),
        pytest.param([one("add", 1, "model"), one("add", 2)], 10.5, 17.5, id="a function and the whole"),
        pytest.param([one("excuse")], None, 17.5, id="the whole excused"),
    ],
)
def test_an_adjustment_changes_what_counts_and_keeps_what_was_computed(
    adjustments: list[Adjustment], points: float | None, most: float
) -> None:
    report = marked(*adjustments)
    assert (report.points, report.max_points) == (points, most)
    assert report.ruling is not None
    assert (report.ruling.points, report.ruling.max_points) == (7.5, 17.5)
    assert any("by ada on 2026-11-29: so it is" in line for line in wording.all_decisions(report))
    assert "The notebook itself: 7.5 of 17.5." in wording.all_decisions(report)


@pytest.mark.parametrize("is_stored", [False, True], ids=["a report", "an outline"])
def test_an_excused_bonus_leaves_the_maximum_as_it_is(is_stored: bool) -> None:
    [wrong, right] = GRADED.exercises
    report = replace(GRADED, max_points=wrong.max_points, exercises=(wrong, replace(right, bonus=True)))
    of = unpack_outline(pack(report).outline) if is_stored else report
    excused = ruled(of, Marking({"ann": (one("excuse", 0, "model"),)}))
    assert (excused.points, excused.max_points) == (0, 10)
    [read] = [ruled(of, Marking({"ann": (one("points", 3, "model"),)})).exercises[1]]
    assert (read.points, wording.score_marks(read)) == (3, "3 of 7.5 bonus")


def test_who_is_not_named_is_the_same_object() -> None:
    marking = Marking({"bob": (one("points", 3, student="bob"),)}, POLICY)
    assert ruled(GRADED, marking) is GRADED


def test_work_without_a_mark_gets_one_only_by_the_whole() -> None:
    assert marked(one("points", 5), report=UNREADABLE).points == 5
    assert marked(one("add", 5), report=UNREADABLE).points == 5
    by_function = marked(one("points", 5, "backward"), report=UNREADABLE)
    assert by_function.points is None
    assert wording.all_decisions(by_function)[0].startswith("Not applied, as there is no mark for backward")


# ---------------------------------------------------------------- late work


@pytest.mark.parametrize(
    ("time", "says", "points"),
    [
        pytest.param("2026-11-29T10:59:59+00:00", None, 7.5, id="in time, in another zone"),
        pytest.param("2026-11-29T11:15:00+00:00", None, 7.5, id="within the grace period"),
        pytest.param("2026-11-29T11:15:01+00:00", "1 day late: -10 %", 6.75, id="a second after it"),
        pytest.param("2026-11-30T11:00:01+00:00", "2 days late: -20 %", 6, id="two days"),
        pytest.param("2026-12-05T12:00:00+00:00", "7 days late: -50 %", 3.75, id="no more than the cap"),
        pytest.param("2026-12-06T12:00:00+00:00", "8 days late: -100 %", 0, id="too late"),
    ],
)
def test_late_work_loses_a_share_for_each_day_and_the_reason_is_told(
    time: str, says: str | None, points: float
) -> None:
    report = marked(report=at(time), late=POLICY)
    assert report.points == pytest.approx(points)
    assert report.late is (says is not None)
    assert [line.partition(" (")[0] for line in wording.all_decisions(report)[:1]] == ([says] if says else [])


def test_accepted_days_cost_nothing_and_all_of_it_is_told() -> None:
    report = marked(one("late-days", 1), report=at("2026-11-30T11:00:01+00:00"), late=POLICY)
    assert report.points == pytest.approx(6.75)
    late, accepted, computed = wording.all_decisions(report)
    assert late.startswith("2 days late, 1 day accepted: -10 % (-0.75 points).")
    assert accepted == "1 day late accepted by ada on 2026-11-29: so it is"
    assert computed == "The notebook itself: 7.5 of 17.5."


def test_an_extension_for_nobody_is_known() -> None:
    extensions = dict.fromkeys(("ann", "s123", "anne"), "2026-12-02T12:00:00+01:00")
    reports = [replace(at("2026-12-01T11:00:00+00:00"), student=Student("s123"))]
    assert of_nobody(replace(POLICY, extensions=extensions), reports) == ("anne",)
    assert of_nobody(POLICY, reports) == of_nobody(None, reports) == ()


@pytest.mark.parametrize("name", ["ann", "s123"])
def test_an_extension_is_found_by_submission_or_student(name: str) -> None:
    policy = replace(POLICY, extensions={name: "2026-12-02T12:00:00+01:00"})
    student = Student("s123")
    report = replace(at("2026-12-01T11:00:00+00:00"), late=True, student=student)
    assert ruled(report, Marking({}, policy)).points == 7.5
    assert not ruled(report, Marking({}, policy)).late
    assert ruled(report, Marking({}, POLICY)).points == pytest.approx(6)


def test_late_work_of_an_unknown_time_loses_nothing() -> None:
    report = replace(GRADED, late=True)
    assert ruled(report, Marking({}, POLICY)) is report


def test_functions_come_first_then_the_late_policy_then_the_whole() -> None:
    late = at("2026-11-29T12:00:00+00:00")
    assert marked(one("points", 10, "backward"), one("add", 1), report=late, late=POLICY).points == (
        pytest.approx(17.5 * 0.9 + 1)
    )
    assert marked(one("points", 17), report=late, late=POLICY).points == 17


# ---------------------------------------------------------------- where it is kept and shown


actions = st.sampled_from(["points", "add", "excuse"])
decisions = st.builds(one, actions, st.integers(0, 9), st.sampled_from(["", "backward", "model"]))


@given(st.lists(decisions, max_size=3, unique_by=lambda made: made.function), st.booleans())
def test_a_ruled_report_is_read_from_results_json_as_it_was_written(
    adjustments: list[Adjustment], is_late: bool
) -> None:
    report = marked(*adjustments, report=at("2026-12-01T00:00:00+00:00") if is_late else GRADED, late=POLICY)
    content = write_results(HEADER, [report])
    (read,) = read_results(content).reports
    assert write_results(HEADER, [read]) == content
    assert read.points == (None if report.points is None else pytest.approx(report.points, abs=1e-4))
    assert wording.all_decisions(read) == wording.all_decisions(report)


@pytest.mark.parametrize("report", CLASS, ids=lambda report: report.id)
def test_an_outline_and_its_report_get_the_same_mark(report: Report) -> None:
    outline = unpack_outline(pack(report).outline)
    marking = Marking({report.id: (one("points", 3, "model"), one("add", 2))}, POLICY)
    short, whole = ruled(outline, marking), ruled(report, marking)
    assert (short.points, short.max_points, short.ruling) == (whole.points, whole.max_points, whole.ruling)


def test_the_page_shows_every_decision_escaped() -> None:
    nasty = replace(one("points", 10, "backward"), because="<script>", by="<b>ada</b>")
    page = write_feedback(HEADER, marked(nasty)).decode()
    assert "Adjusted: 0 → 10 by &lt;b&gt;ada&lt;/b&gt; on 2026-11-29: &lt;script&gt;" in page
    assert "<script>" not in page
    assert "<strong>17.5</strong> of 17.5 points" in page
    assert "The notebook itself: 7.5 of 17.5." in page


def test_the_page_of_excused_work_says_so() -> None:
    assert "<strong>Excused</strong>" in write_feedback(HEADER, marked(one("excuse"))).decode()
    page = write_feedback(HEADER, marked(one("excuse", 0, "backward"))).decode()
    assert "<strong>7.5</strong> of 7.5 points" in page
    assert '<span class="quiet">excused · <a href="#backward-code">cell 12, line 19</a></span>' in page
