"""Validation finds each kind of fault that an assignment can have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.authoring.release import release
from grader.authoring.validate import findings
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.sandbox.fork_server import ForkServer

BROKEN = '"""Forgets the factor."""\n\n\ndef double(x):\n    return x\n'
SAME = '"""Adds it to itself."""\n\n\ndef double(x):\n    return x + x\n'
FIRST_ONLY = '"""Doubles the first element only."""\n\n\ndef double(x):\n    return np.r_[2 * x[:1], x[1:]]\n'

ASKING = """# %%
# GRADED FUNCTION: double
def double(x):
    # YOUR CODE STARTS HERE
    return 2 * x
    # YOUR CODE ENDS HERE
"""
ONE_GENERATOR = """import numpy as np
from grader.testcase import exercise


@exercise(points=5, public=1)
def double(rng):
    for size in (3, 1, 4):
        yield {"x": rng.standard_normal(size)}
"""

Faults = Callable[..., dict[str, str]]


@pytest.fixture
def faults(small_course: Callable[..., Course], sandbox: ForkServer) -> Faults:
    """A function from the files of the assignment `small` to the claims that do not hold, each with why."""

    def of(spoil: str = "", **files: str) -> dict[str, str]:
        course = small_course(**files)
        definition = load(course, "small")
        assignment = prepare(definition, sandbox, "validate")
        release(definition, assignment, sandbox)
        if spoil:
            (course.root / spoil).write_bytes(b"spoiled")
        found = findings(definition, assignment, sandbox)
        return {finding.claim: "\n".join(finding.faults) for finding in found if finding.faults}

    return of


def test_a_sound_assignment_has_no_fault(faults: Faults) -> None:
    files = {"testcases/small/broken/factor.py": BROKEN, "testcases/small/accepted/sum.py": SAME}
    assert faults(**files) == {}


def test_the_first_assignment_is_sound(
    definition: Definition, assignment: Assignment, sandbox: ForkServer
) -> None:
    assert [finding for finding in findings(definition, assignment, sandbox) if finding.faults] == []


def test_a_broken_version_that_keeps_its_points_is_a_fault(faults: Faults) -> None:
    found = faults(**{"testcases/small/broken/sum.py": SAME})
    assert found == {
        "Each of 1 broken solutions loses its points, and no others.": (
            "sum.py: double is broken and keeps its points: no test case sees the difference."
        )
    }


def test_test_cases_of_one_size_do_not_see_what_fails_for_others(faults: Faults) -> None:
    of_one_size = "from grader.testcase import exercise\n\n\n@exercise()\ndef double(rng):\n"
    of_one_size += "    yield {'x': rng.random(1)}\n"
    spoiled = {"testcases/small/broken/first.py": FIRST_ONLY}
    assert "keeps its points" in "".join(faults(testcases=of_one_size, **spoiled).values())
    assert faults(**spoiled) == {}


def test_an_accepted_version_that_loses_is_a_fault(faults: Faults) -> None:
    found = faults(**{"testcases/small/accepted/factor.py": BROKEN})
    (claim,) = found
    assert claim == "Each of 1 accepted alternatives scores all points."
    assert found[claim].startswith("factor.py: double loses its points: y is wrong")


@pytest.mark.parametrize(
    "file", ["assignments/small/small.ipynb", "assignments/small/public_tests.py", "public_tests/small.h5"]
)
def test_a_file_that_is_not_current_is_a_fault(faults: Faults, file: str) -> None:
    assert faults(spoil=file) == {
        "The files for students are current.": (
            f"{file}: is not current\nWrite them with: grader release small"
        )
    }


def test_a_judge_that_accepts_everything_is_a_fault(faults: Faults) -> None:
    lenient = "\n\n@double.judge\ndef _(case, expected, answer):\n    return None\n"
    claim = "Each judge rejects wrong answers; 0 are signed off."
    said = faults(testcases=ONE_GENERATOR + lenient)
    assert said[claim].startswith("double: its judge accepts every answer")
    signed = (
        "\nSIGNED_OFF = {'double': {'its judge accepts every answer that was tried': 'it is a riddle'}}\n"
    )
    assert claim not in faults(testcases=ONE_GENERATOR + lenient + signed)


def test_one_answer_for_every_case_is_a_remark_that_can_be_signed_off(faults: Faults) -> None:
    same = ONE_GENERATOR.replace("rng.standard_normal(size)", "size * np.zeros(3)")
    signed = "\n\nSIGNED_OFF = {'double': {'every case has the same right answer': 'all are zeros'}}\n"
    remark = "double: every case has the same right answer"
    assert any(remark in fault for fault in faults(testcases=same).values())
    assert not any(remark in fault for fault in faults(testcases=same + signed).values())
