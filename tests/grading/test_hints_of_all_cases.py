"""A hint holds in every public case, so no example on the same page contradicts it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SOLUTION = "# GRADED FUNCTION: turn\ndef turn(angle):\n    t = angle * 1.0\n    return t"
TESTS = """from grader.testcase import exercise


@exercise(points=2, public=2)
def turn(rng):
    for angle in (1.2663, 5.5663, 2.8):
        yield {"angle": angle}
"""


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        pytest.param("int(angle)", "It is cut off after 0 decimals, not rounded.", id="cut off"),
        pytest.param("round(angle)", "It is rounded to 0 decimals.", id="rounded"),
        pytest.param("1 if angle < 2 else angle + 1", "", id="in one case only"),
    ],
)
def test_what_is_said_of_the_first_case_holds_in_the_second(
    written: str,
    hint: str,
    small_course: Callable[..., Course],
    sandbox: ForkServer,
    notebook: Callable[..., bytes],
) -> None:
    assignment = prepare(load(small_course(SOLUTION, TESTS), "small"), sandbox, "a seed")
    data = notebook(SOLUTION.replace("angle * 1.0", written))
    (score,) = grade(assignment, sandbox, data, id="a", file="a.ipynb").exercises
    assert score.hint == hint


LAYERS = """import numpy as np
# GRADED FUNCTION: wave
def wave(net):
    return {key: np.sin(net[key]) for key in net}"""
NETS = """from grader.testcase import exercise


@exercise(points=2, public=2)
def wave(rng):
    for layers in (2, 3, 2):
        yield {"net": {f"W{layer}": rng.standard_normal((layer + 1, 3)) for layer in range(1, layers + 1)}}
"""


@pytest.mark.parametrize(
    ("right", "hint"),
    [
        pytest.param(
            "key == 'W1'",
            "What belongs to the first layer is right, what belongs to a layer after is wrong.",
            id="the first layer of every network",
        ),
        pytest.param("key == 'W1' and len(net) == 2", "", id="the first layer of the first network only"),
    ],
)
def test_a_layer_is_right_only_if_no_other_public_case_shows_it_wrong(
    right: str,
    hint: str,
    small_course: Callable[..., Course],
    sandbox: ForkServer,
    notebook: Callable[..., bytes],
) -> None:
    assignment = prepare(load(small_course(LAYERS, NETS), "small"), sandbox, "a seed")
    wrong = LAYERS.replace("np.sin(net[key])", f"np.sin(net[key]) if {right} else np.cos(np.exp(net[key]))")
    (score,) = grade(assignment, sandbox, notebook(wrong), id="a", file="a.ipynb").exercises
    assert score.hint == hint
