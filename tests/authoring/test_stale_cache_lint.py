"""A cache that no forward pass makes is named, and what may be right is let pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.lint import lint
from grader.authoring.stale_cache_lint import foreign_caches
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.sandbox.fork_server import ForkServer

Faults = Callable[..., list[str]]

FORWARD = """import numpy as np


# GRADED FUNCTION: forward
def forward(x, w, name):
    # YOUR CODE STARTS HERE
    cache = ((x, w), x * w + {noise})
    a = np.exp(x * w)
    # YOUR CODE ENDS HERE
    return a, cache


# GRADED FUNCTION: add
def add(x, w):
    # YOUR CODE STARTS HERE
    cache = ((x, w), x + w)
    # YOUR CODE ENDS HERE
    return x, cache


# GRADED FUNCTION: backward
def backward({parameters}):
    # YOUR CODE STARTS HERE
    dx = np.ones(2)
    # YOUR CODE ENDS HERE
    return dx
"""

CACHES = """import numpy as np

from grader.testcase import exercise


@exercise(public=1)
def forward(rng):
    x, w = rng.random(2), rng.random(2)
    yield {{"x": x, "w": {w}, "name": "relu"}}


@exercise(public=1)
def add(rng):
    yield {{"x": rng.random({shape}), "w": rng.random({shape})}}


@exercise(public=1, published=[{published}])
def backward(rng, reference):
    yield {backward}
"""

MADE = '{"cache": reference.forward(np.ones(2), rng.random(2), "relu")[1], "name": "tanh"}'
INVENTED = '{"cache": ((np.ones(2), 3 * np.ones(2)), 9 * np.ones(2)), "name": "relu"}'
NAMELESS = '{"cache": ((np.ones(2), 3 * np.ones(2)), 9 * np.ones(2))}'


@pytest.fixture
def foreign(small_course: Callable[..., Course], sandbox: ForkServer) -> Faults:
    """A function from the arguments of `backward` to what the lint says of where they come from."""

    def of(
        backward: str, published: str = "", noise: str = "0", parameters: str = "cache, name", **forward: str
    ) -> list[str]:
        drawn = {"w": "w", "shape": "(2, 2)", **forward}
        course = small_course(
            FORWARD.format(noise=noise, parameters=parameters),
            CACHES.format(published=published, backward=backward, **drawn),
        )
        definition = load(course, "small")
        found = lint(definition, prepare(definition, sandbox, "lint"), sandbox)
        return [str(fault) for fault in found if "reference." in str(fault)]

    return of


def test_a_cache_that_no_forward_pass_makes_is_named_with_the_one_that_should(foreign: Faults) -> None:
    assert foreign(INVENTED) == [
        "backward: hidden-1 has another cache[1] than forward makes of the same inputs. Let the generator be "
        "backward(rng, reference), and take it from reference.forward."
    ]


@pytest.mark.parametrize(
    ("backward", "more"),
    [
        pytest.param(MADE, {}, id="made by the reference"),
        pytest.param(INVENTED.replace("9 *", "3 *"), {}, id="computed by the generator itself"),
        pytest.param(MADE, {"published": INVENTED}, id="published as an edition fixed it"),
        pytest.param(
            INVENTED.replace("9 *", "4 *"), {"shape": "2"}, id="one of two that could make it would"
        ),
        pytest.param(INVENTED.replace("9 * np.ones(2)", "9"), {}, id="another structure than any result"),
        pytest.param(
            INVENTED.replace("cache", "memory"),
            {"parameters": "memory, name"},
            id="another name than any result",
        ),
        pytest.param(
            INVENTED,
            {"noise": "0)\n    if w[0] == 3:\n        return (x"},
            id="a forward pass that returns less once",
        ),
        pytest.param(
            INVENTED,
            {"noise": "0)\n    if w[0] < 1:\n        return (x"},
            id="a forward pass that returns less in its cases",
        ),
        pytest.param(INVENTED, {"noise": "[1, 2][int(w[0])]"}, id="a forward pass that refuses the inputs"),
        pytest.param(INVENTED, {"noise": "np.random.rand(2)"}, id="a forward pass that draws at random"),
        pytest.param(NAMELESS, {"parameters": "cache"}, id="the forward pass needs more than there is"),
        pytest.param(INVENTED, {"w": "x"}, id="what the cache holds cannot be told apart"),
        pytest.param(
            '{"x": np.ones(2), "w": np.ones(2), "name": "relu", "a": np.ones(2)}',
            {"parameters": "x, w, name, a"},
            id="labels are called as predictions are",
        ),
    ],
)
def test_what_is_not_certain_to_be_foreign_is_let_pass(
    foreign: Faults, backward: str, more: dict[str, str]
) -> None:
    assert foreign(backward, **more) == []


def test_caches_of_the_first_assignment_are_foreign_only_where_an_edition_fixed_them(
    assignment: Assignment, sandbox: ForkServer
) -> None:
    found = {
        exercise.name: [
            says.split()[0] for says, _ in foreign_caches(assignment, exercise, exercise.cases, sandbox)
        ]
        for exercise in assignment.exercises
    }
    assert {name: cases for name, cases in found.items() if cases} == {
        "linear_activation_backward": ["current-1", "current-2"],
        "L_model_backward": ["current-1"],
    }
