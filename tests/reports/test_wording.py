"""Every verdict, number of points and place has words of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import CLASS, FAILED, RIGHT, UNREADABLE, WRONG

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.report import Repair
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


def test_scores_are_mended_helpers_first_and_unknown_ones_last():
    scores = [replace(WRONG, name=name) for name in ("caller", "new", "helper")]
    assert [one.name for one in wording.helpers_first(scores, ("helper", "caller"))] == [
        "helper", "caller", "new",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "text"),
    [
        pytest.param({}, "dW is wrong in 1 of 4 elements. Is the 1/m missing?", id="message and hint"),
        pytest.param({"hint": ""}, "dW is wrong in 1 of 4 elements.", id="no hint"),
        pytest.param(
            {"message": "dW is wrong. The first is dW[0]: yours 1, expected 2.", "hint": ""},
            "dW is wrong.",
            id="the first sentence",
        ),
        pytest.param(
            {"hint": "It needs f, which is not right: mend that first."},
            "It needs f, which is not right: mend that first.",
            id="another first",
        ),
        pytest.param(
            {"repair": Repair((3, 3), "the index of `caches`", "i")},
            "Line 19: the index of `caches`. Is the 1/m missing?",
            id="one place makes it right",
        ),
    ],
)
def test_what_to_mend_is_said_at_a_glance(change, text):
    assert wording.mend_text(replace(WRONG, **change)) == text


def test_what_to_mend_is_short_whatever_was_raised():
    assert len(wording.mend_text(replace(WRONG, message="x" * 5000, hint="y" * 5000))) < 2 * wording.GIST + 5


def test_a_place_is_called_as_its_author_finds_it():
    assert wording.place(replace(WRONG, where="Exercise 7, In [18]")) == "Exercise 7, In [18], line 19"


def test_an_example_without_two_answers_says_what_came_instead():
    score = replace(WRONG, example="f(1)\nThe result is of another type.")
    assert wording.example_lines(score) == [("Call", "f(1)"), ("Yours", "The result is of another type.")]
    assert wording.example_lines(replace(WRONG, example="")) == []
    raised = replace(WRONG, example="f(1)\nyours: raises E: a, expected: b\nexpected: 2")
    assert wording.example_lines(raised)[1:] == [("Yours", "raises E: a, expected: b"), ("Expected", "2")]
