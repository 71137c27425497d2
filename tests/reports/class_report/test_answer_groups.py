"""Groups of the same wrong answers, what is said to them, causes, and what test cases did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLASS, GRADED, RIGHT, UNREADABLE, WRONG

from grader.comparison.verdict import Verdict
from grader.grading.answer_fingerprint import groups_of
from grader.models.report import Repair
from grader.reports.class_report.answer_groups import groups, largest
from grader.reports.class_report.case_statistics import without_cases
from grader.reports.class_report.failure_propagation import Edge, causes
from grader.results.comments import read_comments, with_comments, write_comments


def student(name, **score):
    return replace(GRADED, id=name, exercises=(replace(WRONG, **score), RIGHT))


# ---------------------------------------------------------------- groups


def test_the_same_signature_of_the_same_function_makes_a_group_shown_by_its_first_member():
    reports = [
        student("ann", signature="a" * 64),
        student("bob", signature="b" * 64, message="of bob"),
        student("cid", signature="b" * 64, message="of cid"),
        student("dan"),
    ]
    large, small = groups(reports)
    assert (large.id, [r.id for r in large.members], large.shown.message) == (
        "backward-bbbbbb", ["bob", "cid"], "of bob",
    )  # fmt: skip
    assert (small.id, small.is_single, large.is_single) == ("backward-aaaaaa", True, False)


REPAIR = Repair((3, 3), "the divisor of `dW`", "e" * 64)


def test_the_same_edit_makes_a_group_whatever_the_answers_are():
    reports = [
        student("ann", signature="a" * 64, repair=REPAIR),
        student("bob", signature="b" * 64, repair=replace(REPAIR, lines=(9, 9))),
    ]
    assert [[report.id for report in group.members] for group in groups(reports)] == [["ann", "bob"]]


def test_equal_answers_make_a_group_that_is_larger_than_those_of_the_edits():
    reports = [
        student("ann", signature="a" * 64, repair=REPAIR),
        student("bob", signature="b" * 64, repair=REPAIR),
        student("cid", signature="b" * 64),
        student("dan", signature="b" * 64, repair=replace(REPAIR, edit="another")),
    ]
    members = [[report.id for report in group.members] for group in groups(reports)]
    assert members == [["bob", "cid", "dan"], ["ann"]]


def test_the_largest_group_of_a_function_is_the_first_of_several_submissions():
    reports = [
        student(name, signature=signature * 64) for name, signature in zip("abcdef", "xxxyyz", strict=True)
    ]
    assert largest(groups(reports))["backward"].id == "backward-xxxxxx"
    assert largest(groups(reports[-1:])) == {}


def test_a_comment_on_equal_answers_stays_when_the_edit_is_known():
    before, after = student("ann", signature="a" * 64), student("ann", signature="a" * 64, repair=REPAIR)
    (answers,) = groups_of(before.exercises[0])
    edit, also = groups_of(after.exercises[0])
    assert also == answers != edit
    assert with_comments(after, {answers: "old"}).exercises[0].comments == ("old",)
    assert with_comments(after, {answers: "old", edit: "new"}).exercises[0].comments == ("new", "old")


def test_the_name_of_a_group_does_not_depend_on_who_else_is_in_the_class():
    reports = [student(str(i), signature=f"{i:064x}") for i in range(5)]
    assert {g.id for g in groups(reports[:3])} <= {g.id for g in groups(reports)}


def test_a_comment_reaches_its_group_and_no_other():
    ann, bob = student("ann", signature="a" * 64), student("bob", signature="b" * 64)
    comments = {"backward-aaaaaa": "See slide 12."}
    assert with_comments(ann, comments).exercises[0].comments == ("See slide 12.",)
    assert with_comments(bob, comments) is bob
    assert with_comments(UNREADABLE, comments) is UNREADABLE


def test_a_comment_replaces_the_one_before_and_goes_when_it_is_taken_back():
    ann = with_comments(student("ann", signature="a" * 64), {"backward-aaaaaa": "old"})
    assert with_comments(ann, {"backward-aaaaaa": "new"}).exercises[0].comments == ("new",)
    assert with_comments(ann, {}).exercises[0].comments == ()


def test_a_function_without_a_signature_has_no_group():
    assert groups_of(RIGHT) == ()
    assert with_comments(GRADED, {"": "for nobody"}) is GRADED


@given(st.dictionaries(st.text(), st.text()))
def test_comments_come_back_as_they_were_written(comments):
    content = write_comments(comments)
    assert read_comments(content) == comments
    assert write_comments(dict(reversed(comments.items()))) == content


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": 1}', b"\xff"])
def test_what_is_not_comments_is_named(content):
    with pytest.raises(ValueError, match=r"this is not a comments\.json"):
        read_comments(content)


# ---------------------------------------------------------------- causes


def test_only_what_is_right_by_itself_was_brought_down():
    failed = replace(RIGHT, credited="as_written", cause="backward")
    reports = [GRADED, GRADED, replace(GRADED, exercises=(WRONG, failed)), UNREADABLE]
    assert causes(reports) == (Edge("backward", "model", 2),)


# ---------------------------------------------------------------- cases


def test_a_case_is_silent_until_a_wrong_answer_fails_it():
    small, large = WRONG.cases
    passed = replace(large, verdict=Verdict.PASSED)
    stopped = replace(large, verdict=Verdict.DID_NOT_RUN)
    counted = {}
    list(without_cases([student("ann", cases=(small, passed)), student("bob", cases=(stopped,))], counted))
    assert counted["backward"].silent == ("large-1",)
    list(without_cases([student("cid", cases=(small, large))], counted))
    assert counted["backward"].silent == ()


def test_the_slowest_call_is_told_with_its_author():
    slow = replace(WRONG.cases[0], seconds=2.0)
    counted = {}
    list(without_cases([student("ann"), student("bob", cases=(slow,))], counted))
    cases = counted["backward"]
    assert (cases.slowest, cases.whose.id) == (2.0, "bob")
    assert cases.mean == pytest.approx((0.00041234 + 0.0005 + 2) / 3)


def test_what_is_kept_of_a_report_has_no_cases():
    kept = list(without_cases(CLASS, {}))
    assert [report.id for report in kept] == [report.id for report in CLASS]
    assert not any(score.cases for report in kept for score in report.exercises)
