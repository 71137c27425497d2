"""`time=` is the limit of a call of an exercise, and has to leave room around what the reference takes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.handout import NAME, read_handout
from grader.assignments.loader import load
from grader.authoring.release import make_release
from grader.authoring.time_limits import tight_limits
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.grading.small_calls import small_calls
from grader.sandbox.fork_server import ForkServer

SLEEPS = """# %%
import time

# %%
# GRADED FUNCTION: double
def double(x):
    # YOUR CODE STARTS HERE
    time.sleep({})
    y = 2 * x
    # YOUR CODE ENDS HERE
    return y
"""

GENERATOR = """from grader.testcase import exercise

@exercise(points=5, public=1, time={})
def double(rng):
    for size in (3, 1, 4):
        yield {{"x": rng.standard_normal(size)}}
"""


def course(small_course: Callable[..., Course], slept: float, time: str) -> Course:
    return small_course(SLEEPS.format(slept), GENERATOR.format(time))


def test_a_limit_travels_with_every_call(small_course: Callable[..., Course], sandbox: ForkServer) -> None:
    definition = load(course(small_course, 0, "20"), "small")
    assignment = prepare(definition, sandbox, "seed")
    [exercise] = assignment.exercises
    assert exercise.seconds == 20
    assert {case.call.seconds for case in exercise.cases} == {20}
    assert {call.seconds for call in small_calls(exercise.name, exercise.cases)} == {20}
    make_release(definition, assignment, sandbox).write(definition.course.root)
    handed_out = read_handout(definition.course.root / "assignments/small" / NAME).assignment()
    assert handed_out.exercises[0].seconds == 20
    assert handed_out.exercises[0].cases[0].call.seconds == 20


def test_right_work_within_the_limit_earns_its_points(small_course: Callable[..., Course]) -> None:
    with ForkServer(0.3, required="weak") as server:
        assignment = prepare(load(course(small_course, 0.4, "4"), "small"), server, "seed")
        source = SLEEPS.format(0.4).encode()
        assert grade(assignment, server, source, id="a", file="a.py").points == 5


@pytest.mark.parametrize(
    ("slept", "limit", "advised"),
    [
        pytest.param(0.0, "None", "", id="usual"),
        pytest.param(0.1, "0.2", "@exercise(time=2)", id="twice as long"),
        pytest.param(0.1, "2", "", id="20 times as long"),
    ],
)
def test_a_limit_below_five_times_the_reference_is_named(
    slept: float, limit: str, advised: str, small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    definition = load(course(small_course, slept, limit), "small")
    found = "\n".join(tight_limits(definition, prepare(definition, sandbox, "seed"), sandbox))
    assert found.endswith(advised)
    assert bool(found) == bool(advised)
    if found:
        assert re.match(r"double: a call of the reference takes 0\.1\d* s and may take 0\.2 s, less", found)


def test_a_reference_that_takes_too_long_is_told_of_time(small_course: Callable[..., Course]) -> None:
    with (
        ForkServer(0.3, required="weak") as server,
        pytest.raises(AssignmentError, match=r"@exercise\(time=20\)"),
    ):
        prepare(load(course(small_course, 9, "None"), "small"), server, "seed")


@pytest.mark.parametrize("time", ["0", "-1", "'2'", "True", "601", "float('nan')", "float('inf')"])
def test_a_limit_that_is_none_is_refused_with_its_line(
    time: str, small_course: Callable[..., Course]
) -> None:
    with pytest.raises(AssignmentError, match=r"small\.py, line \d+: time=.* in @exercise\n  Let it be"):
        load(course(small_course, 0, time), "small")
