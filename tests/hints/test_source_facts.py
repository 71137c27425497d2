"""What is said of the text of a wrong function holds for that text."""

from __future__ import annotations

import pytest

from grader.hints.source_facts import fact
from grader.models.execution import Statement
from grader.models.submission import Part

RIGHT = "def f(x, n):\n    y = {}\n    for i in range(n):\n        y[i] = x[i]\n    return y\n"
CARRIED = (
    "def f(x, n):\n    y, s = {}, 0\n    for i in range(n):\n"
    "        y[s] = x[s]\n        s %s\n    return y\n"
)


def part(source: str) -> Part:
    return Part((Statement(1, 1, source),))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param(
            RIGHT.replace("y[i] = x[i]", "y[0] = x[0]"),
            "The loop never reads `i`, so all its turns read the same.",
            id="each turn does the same",
        ),
        pytest.param(CARRIED % "+= 1", "The loop never reads `i`.", id="a turn adds to what the next reads"),
        pytest.param(CARRIED % "= s + 1", "The loop never reads `i`.", id="a turn sets what the next reads"),
        pytest.param(RIGHT.replace("x[i]", "x[0]"), "", id="the variable is read"),
    ],
)
def test_a_loop_that_does_not_read_its_variable_is_told_no_more_than_that(wrong: str, said: str) -> None:
    assert fact("f", part(wrong), part(RIGHT)) == said
