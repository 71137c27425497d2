"""Every verdict, number of points and place has words of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import CLASS, FAILED, RIGHT, UNREADABLE, WRONG

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.reports import wording


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_sign_and_words(verdict):
    found = wording.WORDINGS[verdict]
    assert found.sign
    assert found.words
    assert "_" not in found.words


def test_no_sign_of_a_lost_point_is_that_of_a_passed_function():
    signs = {worded.sign for verdict, worded in wording.WORDINGS.items() if verdict is not Verdict.PASSED}
    assert wording.WORDINGS[Verdict.PASSED].sign not in signs


@pytest.mark.parametrize(
    ("points", "neat", "kind"),
    [
        pytest.param(10.0, 10, int, id="whole"),
        pytest.param(7.5, 7.5, float, id="half"),
        pytest.param(0.1 + 0.2 + 0.7, 1, int, id="whole but for a rounding error"),
        pytest.param(100 / 3, 33.3333, float, id="a third"),
    ],
)
def test_points_are_whole_when_they_are_whole(points, neat, kind):
    assert wording.neat(points) == neat
    assert type(wording.neat(points)) is kind


def test_a_function_that_is_right_by_itself_loses_nothing_and_is_told_why():
    sentence = "backward is wrong; this function is right by itself and loses nothing."
    assert wording.explanation(replace(RIGHT, message="Right by itself.")) == sentence
    assert wording.explanation(WRONG) == WRONG.message
    assert wording.explanation(replace(WRONG, cause="other")) == WRONG.message


@pytest.mark.parametrize("status", Status)
def test_only_a_function_that_was_stopped_has_a_failing_line(status):
    line = wording.failing_line(replace(WRONG, status=status))
    assert line == (WRONG.line if status in {Status.RAISED, Status.SYNTAX_ERROR} else None)


def test_a_place_says_what_is_known():
    assert wording.place(WRONG) == "cell 12, line 19"
    assert wording.place(RIGHT) == ""


def test_a_submission_without_a_mark_is_never_told_a_number():
    for report in (UNREADABLE, FAILED):
        assert wording.marks(report.points, report.max_points) == "no mark"
        assert not any(character.isdigit() for character in wording.summary(report))


@pytest.mark.parametrize("report", CLASS, ids=lambda report: report.status)
def test_every_status_has_words(report):
    assert wording.STATUSES[report.status]
    assert wording.summary(report).endswith(".")


def test_a_line_of_another_cell_is_not_marked_in_this_one():
    assert wording.failing_line(replace(WRONG, status=Status.RAISED, cell=3)) is None


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("It has to raise ValueError. It raised IndexError: list index out of range.", "wrong exception"),
        ("It timed out: no answer within 2 seconds. It has to raise ValueError.", "did not run"),
        ("IndexError: list index out of range", "did not run"),
    ],
)
def test_what_raised_another_exception_is_not_said_not_to_have_run(message, words):
    assert wording.worded(Verdict.DID_NOT_RUN, message).words == words
