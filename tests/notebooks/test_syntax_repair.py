"""Tests of mending: one slip, one edit, and the line it was on."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebooks.syntax_repair import mended


@pytest.mark.parametrize(
    ("source", "advice", "line"),
    [
        pytest.param(
            "x = 1\ny = np.dot(a, b\nz = 2",
            "Close the bracket with `)` on line 2",
            "y = np.dot(a, b)",
            id="round",
        ),
        pytest.param("y = a[0\nz = 1", "Close the bracket with `]` on line 1", "y = a[0]", id="square"),
        pytest.param("y = {1: 2\nz = 1", "Close the bracket with `}` on line 1", "y = {1: 2}", id="curly"),
        pytest.param(
            "y = f(a  # why\nz = 1", "Close the bracket with `)` on line 1", "y = f(a)  # why", id="comment"
        ),
        pytest.param("y = f(a))", "Remove the extra `)` on line 1", "y = f(a)", id="one bracket too many"),
        pytest.param(
            "def f(x)\n    return x", "End the line with `:` on line 1", "def f(x):", id="colon of def"
        ),
        pytest.param(
            "if x == 1  # one\n    y = 1",
            "End the line with `:` on line 1",
            "if x == 1:  # one",
            id="colon of if",
        ),
        pytest.param(
            "def f(x):\n    y = x\n      z = y\n    return z",
            "Correct the indent on line 3",
            "    z = y",
            id="too deep",
        ),
        pytest.param(
            "def f(x):\n    y = x\n  return y",
            "Correct the indent on line 3",
            "    return y",
            id="not deep enough",
        ),
        pytest.param(
            "def f(x):\nreturn x", "Correct the indent on line 2", "    return x", id="no indent at all"
        ),
    ],
)
def test_one_slip_is_mended_on_its_line(source: str, advice: str, line: str) -> None:
    mend = mended(source)
    assert mend is not None
    assert mend.advice == advice
    number = int(advice.rsplit(" ", 1)[1])
    before, after = source.split("\n"), mend.source.split("\n")
    assert after[number - 1] == line
    assert before[: number - 1] + before[number:] == after[: number - 1] + after[number:]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = 1", id="nothing is wrong"),
        pytest.param("y = f(a\nz = g(b\n", id="two slips"),
        pytest.param("y = 1 +", id="a missing operand"),
        pytest.param("for l in range(3):\n    # to do\n", id="an empty loop"),
        pytest.param("x = '\0'", id="a null byte"),
        pytest.param("x = '\ud800'", id="half a character"),
        pytest.param("x = " + "-" * 100_000 + "1", id="deeper than the parser goes"),
    ],
)
def test_what_one_edit_does_not_mend_is_left(source: str) -> None:
    assert mended(source) is None


def test_a_magic_beside_the_slip_does_not_matter() -> None:
    mend = mended("%matplotlib inline\ny = f(a\nz = 1")
    assert mend is not None
    assert mend.advice.endswith("line 2")


@given(st.text(st.sampled_from("ab=+()[]{}:#\n 1"), max_size=40))
def test_whatever_is_mended_parses(source: str) -> None:
    mend = mended(source)
    if mend is not None:
        ast.parse(mend.source)
