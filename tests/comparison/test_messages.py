"""Tests of messages: they say where, yours and expected, and never flood a page."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from answers import COLUMN, GRADS, Z

from grader.comparison.compare import compare
from grader.models.serialization import Unsupported


@pytest.mark.parametrize(
    ("expected", "actual", "message"),
    [
        (Z, None, "Nothing came back (None)."),
        (Z, "text", "dW is text, expected an array."),
        (Z, Unsupported("Gadget"), "dW is an object of another kind, expected an array. Its type is Gadget."),
        (GRADS, [1], "dW is a list, expected a dictionary."),
        ([1, 2], Z, "dW is an array, expected a list of 2."),
        ([1, 2], [1], "dW has 1 entry, expected 2."),
        ([1], [1, 2, 3], "dW has 3 entries, expected 1."),
        (GRADS, {}, "dW has no 'dW1', 'db1'."),
        (GRADS, {**GRADS, "x": 1}, "dW has 1 key too many. Not expected: 'x'."),
        (GRADS, {**GRADS, "x": 1, "y": 2}, "dW has 2 keys too many. Not expected: 'x', 'y'."),
        (Z, Z.T, "dW has the shape (3, 2), expected (2, 3)."),
        (Z, Z.astype(int), "dW holds int64 numbers, expected float64."),
        (
            Z,
            Z * [[1, 1, 2]],
            "dW is wrong in 2 of 6 elements. The first is dW[0, 2]: yours 7, expected 3.5.",
        ),
        (
            Z,
            Z * [[1, np.nan, 1]],
            "dW is wrong in 2 of 6 elements. It contains NaN. The first is dW[0, 1]: yours nan, expected -2.",
        ),
        (np.ones(1), np.zeros(1), "dW is wrong in 1 of 1 element. The first is dW[0]: yours 0, expected 1."),
        (0.5, 1 / 3, "dW is wrong. Yours is 0.333333, expected 0.5."),
        ("relu", "tanh", "dW is wrong. Yours is 'tanh', expected 'relu'."),
    ],
)
def test_messages_say_where_yours_and_expected(expected: Any, actual: Any, message: str) -> None:
    assert compare(expected, actual, ("dW",)).message == message


def test_the_number_of_results_is_told_in_words() -> None:
    assert compare((1, 2), (1,), ("dW", "db")).message == "1 value came back, expected 2: dW, db."
    assert compare((1, 2), 1.0, ("dW", "db")).message == "The result (dW, db) is a number, expected 2 values."


def test_a_long_text_or_many_keys_do_not_flood_a_message() -> None:
    assert len(compare("a", "x" * 10**6).message) < 200
    assert len(compare({}, {"x" * 10**4 + str(i): 0 for i in range(100)}).message) < 400


def test_the_part_that_is_wrong_comes_with_both_of_its_values() -> None:
    outcome = compare(GRADS, {**GRADS, "db1": COLUMN + 1}, ("grads",))
    assert outcome.path == "grads['db1']"
    np.testing.assert_array_equal(outcome.actual, COLUMN + 1)
    np.testing.assert_array_equal(outcome.expected, COLUMN)


@pytest.mark.parametrize(
    ("expected", "actual"),
    [(1.0, 2.0), ([1], 1), (Z, Z.T), (GRADS, {}), (Z, Z * 2), ([["a"]], [["b"]]), ({1}, {2})],
)
def test_a_message_about_the_result_begins_as_a_sentence_does(expected: Any, actual: Any) -> None:
    assert compare(expected, actual, ("the result",)).reason.startswith("The result")
    assert compare(expected, actual, ("theta",)).reason.startswith("theta")
