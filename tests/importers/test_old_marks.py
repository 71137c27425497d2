"""Marks compared with those of the grader that a course comes from."""

from __future__ import annotations

import dataclasses

import pytest

from grader.comparison.verdict import Verdict
from grader.errors import UsageError
from grader.importers.old_marks import Graded, compare, read_old_marks
from grader.models.execution import Status
from grader.models.report import PartScore, Report, Score

OTTER = b"""file,q1,q2,total
points-per-question,2,1,3
ada.ipynb,2.0,1.0,3.0
ben.ipynb,1.0,1.0,2.0
cleo.ipynb,0.5,0.3333333333333333,0.8333
"""
NBGRADER = b"""assignment,duedate,timestamp,student_id,raw_score,late_submission_penalty,score,max_score
ps1,,2015-02-02,ada,3.0,0.0,3.0,3.0
ps1,,2015-02-02,ben,1.0,0.0,1.0,3.0
ps2,,2015-02-02,ben,1.0,0.0,1.0,3.0
"""


def score(
    name: str, points: float, max_points: float, message: str = "", verdict: Verdict = Verdict.PASSED
) -> Score:
    parts = (PartScore("q1 - 1", points, max_points),) if name == "f" else ()
    return Score(
        name=name,
        points=points,
        max_points=max_points,
        verdict=verdict,
        status=Status.RETURNED,
        credited="as_written",
        cause=None,
        message=message,
        hint="",
        cell=None,
        line=None,
        cases=(),
        parts=parts,
    )


def report(student: str, *scores: Score) -> Report:
    return Report(
        id=student,
        file=f"{student}.ipynb",
        sha256="",
        status="graded",
        points=sum(one.points for one in scores),
        max_points=3,
        seconds=0,
        notes=(),
        exercises=scores,
    )


REPORTS = (
    report("ada", score("f", 2, 2), score("x", 1, 1)),
    report(
        "ben", score("f", 2, 2), score("x", 0, 1, "x is wrong.\nIt has another shape.", Verdict.WRONG_VALUE)
    ),
    report("Dora", score("f", 2, 2), score("x", 1, 1)),
)


def found(data: bytes) -> list[tuple[object, ...]]:
    graded = Graded("hw1", REPORTS, {"x": "q2"})
    return [(*one,) for one in compare(read_old_marks(data, "old.csv"), [graded]).differences]


def test_a_question_is_found_by_the_parts_and_the_id_of_its_items() -> None:
    assert found(OTTER)[:2] == [
        ("ben", "q1", 1.0, 2, "all of it is right here"),
        ("ben", "q2", 1.0, 0, "x: all or nothing; x is wrong."),
    ]


def test_who_is_on_one_side_only_is_told() -> None:
    assert found(OTTER)[2:] == [
        ("dora", "q1", None, 2, "not in the old table"),
        ("dora", "q2", None, 1, "not in the old table"),
        ("cleo", "q1", 0.5, None, "not graded here"),
        ("cleo", "q2", pytest.approx(1 / 3), None, "not graded here"),
    ]


def test_an_assignment_of_nbgrader_is_the_sum_of_its_notebooks() -> None:
    old = read_old_marks(NBGRADER, "old.csv")
    result = compare(old, [Graded("ps1_problem1", REPORTS[:1], {}), Graded("ps1_problem2", REPORTS[1:2], {})])
    assert [(one.student, one.old, one.new) for one in result.differences] == [("ben", 1.0, 2)]
    assert (result.same, result.unknown) == (1, ("ps2",))


def test_an_answer_that_waits_for_a_person_explains_a_difference() -> None:
    waiting = report("ada", score("f", 2, 2), score("q2", 0, 1, verdict=Verdict.TO_BE_MARKED))
    result = compare(read_old_marks(OTTER, "old.csv"), [Graded("hw", (waiting,), {})])
    assert result.differences[0].why == "a person has to mark q2"


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"student\nada\n"], ids=["empty", "bytes", "one column"]
)
def test_what_is_no_table_of_marks_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="no table of marks"):
        read_old_marks(data, "old.csv")


def test_a_mistake_that_costs_once_explains_a_difference() -> None:
    wrong = score("total", 0, 1, "The result is wrong.", Verdict.WRONG_VALUE)
    spared = dataclasses.replace(score("mean", 1, 1), cause="total", credited="isolated")
    old = read_old_marks(b"assignment,student_id,score\nhw1,ada,0\n", "old.csv")
    result = compare(old, [Graded("hw1", (report("ada", wrong, spared),), {})])
    assert [one.why for one in result.differences] == [
        "mean is right by itself: total loses its own points alone"
    ]
