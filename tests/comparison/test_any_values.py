"""Tests of the comparison with any values: each has an outcome, and a reason tells no secret."""

from __future__ import annotations

from typing import Any

import numpy as np
from answers import as_lists
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Outcome, Verdict
from grader.models.serialization import Unsupported

TOKEN = "planted7431"
NUMBER = 7431.25  # the same digits, in a number

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
arrays = hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=3, max_side=3), elements=numbers)
leaves = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | numbers | st.text(max_size=5) | arrays
keys = st.sampled_from(["W1", "b1", "dA0"])


def nests(of: st.SearchStrategy[Any], key: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        of,
        lambda parts: (
            st.lists(parts, max_size=3)
            | st.lists(parts, max_size=3).map(tuple)
            | st.dictionaries(key, parts, max_size=3)
        ),
        max_leaves=8,
    )


values = nests(leaves, keys)
planted = nests(
    st.sampled_from(
        [TOKEN, NUMBER, np.array([NUMBER]), np.full((2, 3), NUMBER), Unsupported(TOKEN), b"7431"]
    ),
    keys | st.just(TOKEN),
)


@given(values)
@settings(max_examples=200)
def test_every_value_is_right_compared_with_itself(value: Any) -> None:
    assert compare(value, value) is PASSED


@given(values)
@settings(max_examples=100)
def test_lists_and_tuples_interchange_at_any_depth(value: Any) -> None:
    assert compare(value, as_lists(value)) is PASSED


@given(values, planted)
@settings(max_examples=300)
def test_a_reason_never_tells_of_a_value_a_key_or_a_type_of_the_answer(expected: Any, actual: Any) -> None:
    outcome = compare(expected, actual, ("result",))
    assert "7431" not in outcome.reason


@given(st.data(), arrays)
@settings(max_examples=100)
def test_a_reason_never_tells_of_a_value_of_the_expected_answer(data: st.DataObject, wrong: Any) -> None:
    expected = data.draw(st.sampled_from([NUMBER, TOKEN, np.full(wrong.shape, NUMBER), [NUMBER, TOKEN]]))
    assert "7431" not in compare(expected, wrong).reason


@given(arrays, st.data())
@settings(max_examples=100)
def test_one_element_off_is_found_and_named(array: Any, data: st.DataObject) -> None:
    assume(array.size and np.abs(array).max() < 1e30)
    index = tuple(data.draw(st.integers(0, size - 1)) for size in array.shape)
    wrong = array.copy()
    wrong[index] += 1 + np.abs(array).max()
    outcome = compare(array, wrong, ("Z",))
    assert outcome.verdict is Verdict.WRONG_VALUE
    where = f"Z[{', '.join(map(str, index))}]" if array.ndim else "Z"
    assert where in outcome.message


@given(values, values)
@settings(max_examples=200)
def test_any_two_values_have_an_outcome(expected: Any, actual: Any) -> None:
    outcome = compare(expected, actual)
    assert isinstance(outcome, Outcome)
    assert (outcome.reason == "") == (outcome.verdict is Verdict.PASSED)
