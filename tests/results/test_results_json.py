"""results.json keeps its keys and their order, and is read back as it was written."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLASS, GRADED, HEADER, HOSTILE, filled_with

from grader.comparison.verdict import Verdict
from grader.errors import UsageError
from grader.models.execution import Status
from grader.models.report import CaseResult, PartScore, Report, Score
from grader.models.submission import Student
from grader.reports.sanitize import harmless
from grader.results.results_json import json_schema, read_results, write_results

KEYS = {
    "file": (
        "schema grader assignment assignment_sha256 seed_sha256 cases_sha256 python numpy isolation "
        "submissions"
    ),
    "isolation": "level tested missing",
    "submission": (
        "id file student late submitted sha256 status points max_points mark max_mark excused "
        "lateness adjustments seconds notes exercises"
    ),
    "exercise": (
        "name points max_points mark max_mark excused bonus parts verdict status credited cause message hint "
        "repair example line cell driver program_sha256 cases"
    ),
    "case": "id public verdict message seconds",
}


def test_the_keys_stand_in_the_order_of_the_contract():
    file = json.loads(write_results(HEADER, CLASS))
    exercise = file["submissions"][0]["exercises"][0]
    objects = {
        "file": file,
        "isolation": file["isolation"],
        "submission": file["submissions"][0],
        "exercise": exercise,
        "case": exercise["cases"][0],
    }
    assert {name: " ".join(value) for name, value in objects.items()} == KEYS


def test_a_small_class_is_written_as_expected():
    file = json.loads(write_results(HEADER, CLASS))
    graded, unreadable, failed = file["submissions"]
    assert file["schema"] == 2
    assert file["isolation"]["missing"] == {"landlock": "the kernel is older than 5.13"}
    assert [graded["points"], unreadable["points"], failed["points"]] == [7.5, None, None]
    assert [graded["status"], unreadable["status"], failed["status"]] == ["graded", "unreadable", "failed"]
    assert graded["seconds"] == 0.0123
    assert graded["exercises"][0] == {
        "name": "backward",
        "points": 0,
        "max_points": 10,
        "mark": 0,
        "max_mark": 10,
        "excused": False,
        "bonus": False,
        "parts": [],
        "verdict": "wrong_value",
        "status": "returned",
        "credited": "as_written",
        "cause": None,
        "message": "dW is wrong in 1 of 4 elements.",
        "hint": "Is the 1/m missing?",
        "repair": None,
        "example": "dZ=[[2]], A=[[1]]: dW is [[2]], expected [[1]]",
        "line": 19,
        "cell": 12,
        "driver": "",
        "program_sha256": "e" * 64,
        "cases": [
            {
                "id": "small-1",
                "public": True,
                "verdict": "wrong_value",
                "message": "dW is wrong in 1 of 4 elements.",
                "seconds": 0.0004,
            },
            {
                "id": "large-1",
                "public": False,
                "verdict": "wrong_value",
                "message": "dW is wrong in 9 of 9 elements.",
                "seconds": 0.0005,
            },
        ],
    }


def test_whole_points_are_written_without_a_fraction():
    content = write_results(HEADER, [GRADED])
    assert b'"points":0,' in content
    assert b'"max_points":10,' in content
    assert b'"max_points":17.5,' in content


def test_the_same_reports_give_the_same_bytes():
    assert write_results(HEADER, CLASS) == write_results(HEADER, list(CLASS))
    assert write_results(HEADER, CLASS).endswith(b"}\n")


numbers = st.integers(0, 100) | st.floats(0, 100).map(lambda x: round(x, 4))
plain = st.text(st.characters(codec="utf-8"), max_size=30).map(harmless)
cases = st.builds(
    CaseResult,
    id=plain,
    public=st.booleans(),
    verdict=st.sampled_from(Verdict),
    message=plain,
    seconds=numbers,
    path=st.just(""),
    actual=st.none(),
    expected=st.none(),
)
scores = st.builds(
    Score,
    name=plain,
    points=numbers,
    max_points=numbers,
    verdict=st.sampled_from(Verdict),
    status=st.sampled_from(Status),
    credited=st.sampled_from(["as_written", "isolated"]),
    cause=st.none() | plain,
    message=plain,
    hint=plain,
    cell=st.none() | st.integers(1, 99),
    line=st.none() | st.integers(1, 99),
    cases=st.lists(cases, max_size=2).map(tuple),
    source=st.just(""),
    first_line=st.just(1),
    parts=st.lists(st.builds(PartScore, plain, numbers, numbers), max_size=2).map(tuple),
    driver=plain,
    bonus=st.booleans(),
    program_sha256=st.sampled_from(["", "e" * 64]),
)
students = st.builds(
    Student, plain, plain, plain, plain, st.dictionaries(st.sampled_from(["canvas", "sis"]), plain)
)
reports = st.builds(
    Report,
    id=plain,
    file=plain,
    sha256=plain,
    status=st.sampled_from(["graded", "unreadable", "failed", "not_submitted"]),
    points=st.none() | numbers,
    max_points=numbers,
    seconds=numbers,
    notes=st.lists(plain, max_size=2).map(tuple),
    exercises=st.lists(scores, max_size=2).map(tuple),
    student=st.none() | students,
    late=st.booleans(),
    submitted=st.sampled_from(["", "2024-01-02T10:00:00+00:00"]),
)


def test_a_file_from_before_students_were_in_it_is_read():
    file = json.loads(write_results(HEADER, [GRADED]))
    for key in ("student", "late", "submitted"):
        del file["submissions"][0][key]
    (report,) = read_results(json.dumps(file).encode()).reports
    assert (report.student, report.late, report.submitted) == (None, False, "")


def test_a_file_from_before_all_digests_were_in_it_is_read():
    file = json.loads(write_results(HEADER, [GRADED]))
    del file["cases_sha256"], file["submissions"][0]["exercises"][0]["program_sha256"]
    read = read_results(json.dumps(file).encode())
    assert (read.header.cases_sha256, read.reports[0].exercises[0].program_sha256) == ("", "")


@given(st.lists(reports, max_size=3))
def test_what_is_read_is_what_was_written(written):
    content = write_results(HEADER, written)
    read = read_results(content)
    assert read.header == HEADER
    assert write_results(read.header, read.reports) == content
    assert [repr(report) for report in read.reports] == [
        repr(report) for report in read_results(write_results(HEADER, read.reports)).reports
    ]
    for report, original in zip(read.reports, written, strict=True):
        assert (report.id, report.notes, report.points) == (original.id, original.notes, original.points)
        for score, first in zip(report.exercises, original.exercises, strict=True):
            assert (score.verdict, score.status, score.message, score.program_sha256) == (
                first.verdict,
                first.status,
                first.message,
                first.program_sha256,
            )
            assert math.isclose(score.points, first.points)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_harmless_after_reading(text):
    [report] = read_results(write_results(HEADER, [filled_with(text)])).reports
    assert report.notes == (harmless(text), harmless(text))
    assert report.exercises[0].message == harmless(text)
    assert report.exercises[0].hint == harmless(text)


def test_another_schema_is_refused_by_number():
    content = write_results(HEADER, CLASS).replace(b'"schema": 2', b'"schema": 3')
    with pytest.raises(UsageError, match="schema 3; grader reads schema 2"):
        read_results(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"<html>", id="a page"),
        pytest.param(b'{"schema": 2}', id="nothing but the schema"),
        pytest.param(b'{"schema": 2, "grader": "\xff"}', id="not UTF-8"),
        pytest.param(write_results(HEADER, CLASS)[:-40], id="cut off"),
        pytest.param(write_results(HEADER, CLASS).replace(b"wrong_value", b"splendid"), id="no such verdict"),
    ],
)
def test_what_is_not_a_results_file_is_refused(content):
    with pytest.raises(UsageError, match=r"not a results\.json"):
        read_results(content)


def test_a_later_grader_may_add_keys():
    content = write_results(HEADER, CLASS).replace(b'"schema": 2', b'"schema": 1, "colour": "blue"')
    assert len(read_results(content).submissions) == 3


def test_the_schema_describes_every_key_of_the_contract():
    schema = json_schema()
    objects = {
        "file": "ResultsFile",
        "isolation": "IsolationEntry",
        "submission": "SubmissionEntry",
        "exercise": "ExerciseEntry",
        "case": "CaseEntry",
    }
    for name, definition in objects.items():
        assert " ".join(schema["$defs"][definition]["properties"]) == KEYS[name]
    assert set(schema["$defs"]["Verdict"]["enum"]) == set(Verdict)
    json.dumps(schema)
