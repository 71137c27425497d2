"""Tests of texts in messages: the difference is seen, the number of its line is told, nothing is torn."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.comparison.compare import compare
from grader.comparison.contrast import BEFORE, NO_LINE, ROOM, contrast, shortly
from grader.comparison.judges import exactly, unordered
from grader.comparison.kinds import keys

LONG = "a long text that begins as the other one does, and goes on and on "


@pytest.mark.parametrize(
    ("actual", "expected", "message"),
    [
        pytest.param("tanh", "relu", "Yours is 'tanh', expected 'relu'.", id="short texts are shown whole"),
        pytest.param(
            "part0: 17.54\npart1: 1.25\n",
            "part0: 17.54\npart1: 2.50\n",
            "Line 2 is the first that differs: yours 'part1: 1.25', expected 'part1: 2.50'.",
            id="a line",
        ),
        pytest.param(
            "a\nb\n",
            "a\nb\nc\n",
            "Line 3 is the first that differs: yours no further line, expected 'c'.",
            id="a line is missing",
        ),
        pytest.param(
            "a\nb\nc",
            "a\nb",
            "Line 3 is the first that differs: yours 'c', expected no further line.",
            id="a line too many",
        ),
        pytest.param("", "a\nb", r"Yours is '', expected 'a\nb'.", id="nothing has no lines"),
        pytest.param(
            "total 5",
            "total 5\n",
            r"Yours is 'total 5', expected 'total 5\n'. The newline at the end is missing.",
            id="no newline at the end",
        ),
        pytest.param(
            "a\nb\n\n",
            "a\nb\n",
            r"Yours is 'a\nb\n\n', expected 'a\nb\n'. It has a newline more at the end.",
            id="a newline more",
        ),
        pytest.param(
            "x\n\n\n",
            "x",
            r"Yours is 'x\n\n\n', expected 'x'. It has 3 newlines more at the end.",
            id="newlines more",
        ),
        pytest.param(
            "a  b",
            "a b",
            "Yours is 'a  b', expected 'a b'. It differs in white space alone.",
            id="white space",
        ),
        pytest.param(
            "Oslo",
            "OSLO",
            "Yours is 'Oslo', expected 'OSLO'. It differs in upper and lower case alone.",
            id="case",
        ),
        pytest.param(
            "cafe\u0301",
            "caf\xe9",
            r"Yours is 'cafe\u0301', expected 'caf\xe9'. The characters look alike, and are others.",
            id="an accent written in two ways",
        ),
        pytest.param(
            LONG + "7",
            LONG + "8",
            "Yours is ...'begins as the other one does, and goes on and on 7', "
            "expected ...'begins as the other one does, and goes on and on 8'.",
            id="the end of a long text",
        ),
        pytest.param(
            "x = 1" + LONG,
            "x = 2" + LONG,
            "Yours is 'x = 1a long text that begins as the other one does'..., "
            "expected 'x = 2a long text that begins as the other one does'....",
            id="the start of a long text",
        ),
        pytest.param(
            b"1\n2\n", b"1\n3\n", "Line 2 is the first that differs: yours b'2', expected b'3'.", id="bytes"
        ),
    ],
)
def test_a_text_is_shown_where_it_differs(actual: Any, expected: Any, message: str) -> None:
    assert compare(expected, actual, ("y",)).message == f"y is wrong. {message}"


@pytest.mark.parametrize("kind", [list, tuple, lambda texts: dict(enumerate(texts))])
def test_so_is_one_inside_a_structure(kind: Any) -> None:
    message = compare(kind(["a", LONG + "7"]), kind(["a", LONG + "8"]), ("y",)).message
    assert message.startswith("y[1] is wrong. Yours is ...'")
    assert "on and on 8', expected ...'" in message


@pytest.mark.parametrize("dtype", [str, object, bytes])
def test_so_is_one_in_an_array(dtype: type) -> None:
    expected, actual = (np.array(["a", f"b\n{LONG}{end}"], dtype) for end in "78")
    message = compare(expected, actual, ("y",)).message
    assert "The first is y[1], line 2: yours ..." in message
    assert "on and on 8', expected ..." in message


def test_keys_that_are_taken_for_each_other_are_shown_where_they_differ() -> None:
    message = compare({LONG + "7": 1}, {LONG + "8": 1}, ("y",)).message
    assert message == "y has no ...'begins as the other one does, and goes on and on 7'."
    assert keys([LONG + "7"], [LONG + "8"]).endswith("on 7'")
    assert keys([LONG + "7"]) == "'a long text that begins as the other one does, and'..."


def test_entries_of_sets_are_shown_where_they_differ() -> None:
    message = compare({LONG + "7"}, {LONG + "8"}, ("y",)).message
    assert "on and on 7'. Not expected: ...'" in message
    said = unordered()({}, [LONG + "7"], [LONG + "8"])
    assert "on and on 7' is missing among its entries" in str(said)


def test_numbers_have_as_many_digits_as_tell_them_apart() -> None:
    said = exactly()({}, 0.1, 0.1 + 1e-9, ("y",))
    assert getattr(said, "message", "") == "y is wrong. Yours is 0.100000001, expected 0.1."


@given(st.text(alphabet="ab\n é\x1b'\\", max_size=200), st.text(alphabet="ab\n é\x1b'\\", max_size=200))
def test_two_texts_that_differ_never_read_the_same_and_are_whole_literals(one: str, other: str) -> None:
    if one == other:
        return
    shown = contrast(one, other)
    assert shown.yours != shown.theirs
    for text, whole in ((shown.yours, one), (shown.theirs, other)):
        if text != NO_LINE:
            assert ast.literal_eval(text.strip(".")) in whole


@given(st.integers(0, 300), st.integers(1, 300))
def test_what_stands_before_the_difference_is_shown_too(same: int, rest: int) -> None:
    shown = contrast("s" * same + "a" * rest, "s" * same + "b" * rest)
    assert shown.yours.count("a") >= min(rest, ROOM - BEFORE)
    assert shown.yours.count("s") >= min(same, BEFORE)


def test_a_value_that_is_cut_ends_in_dots() -> None:
    assert shortly([*range(100)]) == repr([*range(100)])[:ROOM] + "..."
    assert shortly("x" * ROOM) == repr("x" * ROOM)


def test_an_integer_that_python_does_not_write_is_told_as_one() -> None:
    assert "Not expected: int of very large numbers." in compare({1}, {10**5000}, ("y",)).message
