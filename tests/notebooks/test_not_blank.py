"""Tests of what looks blank and is not: it was written, and returns nothing or does not parse."""

from __future__ import annotations

import pytest

from grader.models.assignment import Wanted
from grader.models.submission import Cell, State
from grader.notebooks.blank_detection import is_blank
from grader.notebooks.extraction import extract


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("    Z = W @ A + b", id="no return"),
        pytest.param("    print(W @ A + b)", id="print for return"),
    ],
)
def test_what_returns_nothing_is_written_all_the_same(body: str) -> None:
    source = f"def f(A, W, b):\n    # YOUR CODE STARTS HERE\n\n    # YOUR CODE ENDS HERE\n{body}"
    assert not is_blank(source)


def test_a_slip_below_empty_markers_is_told_and_empty_markers_alone_are_not() -> None:
    empty = (
        "def forward(x):\n    for l in x:\n        # YOUR CODE STARTS HERE\n\n        # YOUR CODE ENDS HERE\n"
    )
    wanted = Wanted(("forward",), {}, {})
    blank = extract([Cell(1, empty + "    return x")], wanted).functions["forward"]
    slip = extract([Cell(1, empty + "    y = (x\n    return y")], wanted).functions["forward"]
    assert blank.state is State.BLANK
    assert (slip.state, slip.problem_line) == (State.SYNTAX_ERROR, 6)
