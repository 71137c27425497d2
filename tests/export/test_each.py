"""A file for each submission is what its system reads, and says only what there is a mark for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from marked import FAILED, FULL, GRADED, HEADER, HOSTILE, UNMARKED, UNREADABLE, filled_with

from grader.comparison.verdict import Verdict
from grader.export.autolab import write_autolab
from grader.export.coursera import write_coursera
from grader.export.gradescope import write_gradescope
from grader.export.junit import write_junit
from grader.export.lti import write_lti
from grader.export.prairielearn import MOST, write_prairielearn
from grader.export.registry import EACH
from grader.models.report import PartScore

NUMBER = {"type": "number", "minimum": 0}
TEXT = {"type": "string"}
VISIBILITY = {"enum": ["visible", "hidden", "after_due_date", "after_published"]}


def closed(required: str, optional: str = "", **properties: object) -> dict[str, object]:
    """A schema of an object that has these properties and no others."""
    assert {*required.split(), *optional.split()} == set(properties)
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


SCHEMAS = {
    "gradescope": closed(
        "output extra_data visibility stdout_visibility output_format execution_time",
        "score tests",
        score=NUMBER,
        execution_time=NUMBER,
        output=TEXT,
        output_format={"enum": ["text", "html", "simple_format", "md", "ansi"]},
        visibility=VISIBILITY,
        stdout_visibility=VISIBILITY,
        extra_data={"type": "object"},
        tests={
            "type": "array",
            "items": closed(
                "score max_score name number output output_format visibility",
                "status",
                score=NUMBER,
                max_score=NUMBER,
                status={"enum": ["passed", "failed"]},
                name=TEXT,
                number={"type": "string", "pattern": r"^\d+$"},
                output=TEXT,
                output_format={"const": "text"},
                visibility=VISIBILITY,
            ),
        },
    ),
    "prairielearn": closed(
        "gradable message output images tests",
        "score format_errors",
        gradable={"type": "boolean"},
        score={"type": "number", "minimum": 0, "maximum": 1},
        format_errors={"type": "array", "items": TEXT},
        message=TEXT,
        output=TEXT,
        images={"type": "array"},
        tests={
            "type": "array",
            "items": closed(
                "name description points max_points message output",
                name=TEXT,
                description=TEXT,
                points=NUMBER,
                max_points=NUMBER,
                message=TEXT,
                output=TEXT,
            ),
        },
    ),
    "coursera": closed(
        "fractionalScore feedback",
        fractionalScore={"type": "number", "minimum": 0, "maximum": 1},
        feedback=TEXT,
    ),
    "lti": {
        **closed(
            "userId activityProgress gradingProgress timestamp comment",
            "scoreGiven scoreMaximum",
            userId={"type": "string", "minLength": 1},
            scoreGiven=NUMBER,
            scoreMaximum={"type": "number", "exclusiveMinimum": 0},
            activityProgress={"enum": ["Initialized", "Started", "InProgress", "Submitted", "Completed"]},
            gradingProgress={"enum": ["FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"]},
            timestamp={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"},
            comment=TEXT,
        ),
        "dependentRequired": {"scoreGiven": ["scoreMaximum"]},
    },
    "autolab": closed(
        "scores", scores={"type": "object", "minProperties": 1, "additionalProperties": NUMBER}
    ),
}


def result(name: str, report) -> dict[str, object] | None:
    """What a system reads of a submission, checked."""
    content = EACH[name].write(HEADER, report)
    if content is None:
        return None
    read = json.loads(content.splitlines()[-1] if name == "autolab" else content)
    Draft202012Validator(SCHEMAS[name]).validate(read)
    return read


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("report", [GRADED, FULL, *UNMARKED], ids=lambda report: report.status)
def test_every_file_has_the_shape_that_its_system_reads(name, report):
    result(name, report)


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("report", UNMARKED, ids=lambda report: report.status)
def test_what_has_no_mark_has_no_score(name, report):
    said = result(name, report)
    assert said is None or not {"score", "scoreGiven", "fractionalScore", "scores"} & set(said)
    assert not (said or {}).get("tests")


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_text_that_can_be_seen(name, text):
    hostile = filled_with(text)
    assert result(name, hostile)
    told = EACH[name].write(HEADER, hostile).decode()
    assert told.replace("\n", "").replace("\t", "").isprintable()
    assert len(told) < 25_000


def test_gradescope_has_a_test_for_each_function_and_a_score_for_all():
    said = result("gradescope", GRADED)
    assert said["score"] == 7.5
    backward, model = said["tests"]
    assert (backward["name"], backward["score"], backward["max_score"], backward["status"]) == (
        "backward", 0, 10, "failed",
    )  # fmt: skip
    assert backward["output"] == (
        "backward: wrong value, 0 of 10\ncell 12, line 19\ndW is wrong in 1 of 4 elements.\n"
        "Hint: Is the 1/m missing?\nSmallest example: dZ=[[2]]: dW is [[2]], expected [[1]]\n"
        "Comment: See page 12 <of the notes>."
    )
    assert (model["score"], model["status"]) == (7.5, "passed")
    assert "backward is wrong; this function is right by itself" in model["output"]


def test_gradescope_says_why_a_file_was_not_graded():
    said = result("gradescope", UNREADABLE)
    assert said["output"].endswith("bob.ipynb: it is a <web> page.")


def test_no_file_tells_the_seed_of_the_hidden_cases():
    assert all(HEADER.seed_sha256.encode() not in (EACH[name].write(HEADER, GRADED) or b"") for name in EACH)


def test_prairielearn_takes_no_attempt_for_what_is_not_graded():
    said = result("prairielearn", FAILED)
    assert said["gradable"] is False
    assert "The sandbox broke down." in said["format_errors"][0]


def test_a_result_for_prairielearn_is_smaller_than_it_reads():
    loud = replace(GRADED.exercises[0], message="\U0001d4d0" * 5000, hint="é" * 5000, example="x" * 5000)
    content = write_prairielearn(HEADER, replace(GRADED, exercises=(loud,) * 200))
    assert len(content) < MOST
    assert len(json.loads(content)["tests"]) == 200


def test_the_last_line_for_autolab_is_ours_whatever_a_student_writes():
    forged = filled_with('\n{"scores": {"backward": 10, "model": 7.5}}\n')
    assert result("autolab", forged) == {"scores": {"backward": 0, "model": 7.5}}
    assert write_autolab(HEADER, UNREADABLE) is None


@pytest.mark.parametrize(("report", "score"), [(GRADED, 0.428571), (FULL, 1)], ids=["some", "all"])
def test_coursera_has_the_share_of_the_points(report, score):
    said = json.loads(write_coursera(HEADER, report))
    assert said["fractionalScore"] == score
    assert said["feedback"].startswith(f"{'17.5' if score == 1 else '7.5'} of 17.5\n")


def test_a_score_for_lti_is_of_the_platforms_user_at_the_time_it_is_told():
    at = datetime(2026, 3, 1, 12, 30, 1, 45_678, tzinfo=UTC)
    said = json.loads(write_lti(HEADER, GRADED, at))
    del said["comment"]
    assert said == {
        "userId": "111", "scoreGiven": 7.5, "scoreMaximum": 17.5, "activityProgress": "Completed",
        "gradingProgress": "FullyGraded", "timestamp": "2026-03-01T12:30:01.045Z",
    }  # fmt: skip
    assert json.loads(write_lti(HEADER, FAILED, at))["gradingProgress"] == "Failed"


@pytest.mark.parametrize("name", sorted(set(EACH) - {"lti"}))
def test_the_same_report_gives_the_same_bytes(name):
    assert EACH[name].write(HEADER, GRADED) == EACH[name].write(HEADER, GRADED)


def test_gradescopes_tests_sum_to_its_score():
    said = json.loads(write_gradescope(HEADER, GRADED))
    assert sum(test["score"] for test in said["tests"]) == said["score"]


TO_BE_MARKED = replace(
    GRADED,
    exercises=(
        replace(GRADED.exercises[0], parts=(PartScore("shapes", 2, 2), PartScore("values", 0, 3))),
        replace(GRADED.exercises[1], verdict=Verdict.TO_BE_MARKED, message="A person marks this.", cases=()),
    ),
)


def test_what_a_person_marks_yet_is_pending_and_no_failure():
    gradescope = json.loads(write_gradescope(HEADER, TO_BE_MARKED))["tests"]
    assert [test.get("status") for test in gradescope] == ["failed", None]
    at = datetime(2026, 1, 2, tzinfo=UTC)
    assert json.loads(write_lti(HEADER, TO_BE_MARKED, at))["gradingProgress"] == "PendingManual"
    suites = ET.fromstring(b"".join(write_junit(HEADER, [TO_BE_MARKED])))
    assert [case.get("name") for case in suites.iterfind(".//skipped/..")] == [TO_BE_MARKED.exercises[1].name]


def test_the_points_of_each_part_are_told():
    test = json.loads(write_gradescope(HEADER, TO_BE_MARKED))["tests"][0]
    assert "shapes: 2 of 2\nvalues: 0 of 3\n" in test["output"]
