"""Small calls have the structure of the public ones, and their words can be typed in again."""

from __future__ import annotations

import ast
import math
from collections import namedtuple
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.grading.small_calls import INTEGERS, LABELS, MOST, PROBABILITIES, small_calls
from grader.models import serialization
from grader.models.assignment import Case
from grader.models.execution import Call
from grader.models.value_text import compact
from grader.models.values import Value, leaves, rebuilt


def cases(*calls: tuple[Value, ...]) -> list[Case]:
    """Public cases of a function, one for each tuple of arguments."""
    return [Case(f"public-{i}", True, Call("f", args), None) for i, args in enumerate(calls, 1)]


def small_args(*calls: tuple[Value, ...]) -> list[tuple[Value, ...]]:
    return [call.args for call in small_calls("f", cases(*calls))]


def shapes(*calls: tuple[Value, ...]) -> list[tuple[tuple[int, ...], ...]]:
    return [tuple(np.shape(arg) for arg in args) for args in small_args(*calls)]


def layer(n: int, n_prev: int, m: int) -> tuple[Value, ...]:
    """A (n_prev, m), W (n, n_prev) and b (n, 1)."""
    return np.full((n_prev, m), 7.5), np.full((n, n_prev), -7.5), np.full((n, 1), 1.5)


ARRAYS = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.bool_]),
    hnp.array_shapes(min_dims=0, max_dims=2, max_side=3),
    elements={"min_value": 0, "max_value": 1},
)
LEAVES = st.one_of(
    ARRAYS,
    st.integers(0, 4),
    st.floats(-3, 3),
    st.sampled_from(["relu", "sigmoid"]),
    st.booleans(),
    st.none(),
)
VALUES = st.recursive(
    LEAVES,
    lambda inside: st.one_of(
        st.lists(inside, max_size=2),
        st.lists(inside, max_size=2).map(tuple),
        st.dictionaries(st.sampled_from(["W1", "b1", 3]), inside, max_size=2),
    ),
    max_leaves=5,
)


def form(value: Value) -> Any:
    """All of a value but its numbers and sizes; of an array, the dtype and the number of axes."""
    if isinstance(value, dict):
        return {key: form(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(form, value))
    if isinstance(value, np.ndarray):
        return value.dtype, value.ndim
    return value if isinstance(value, str | bool | None) else type(value)


# ---------------------------------------------------------------- small calls


@settings(max_examples=60)
@given(st.lists(VALUES, min_size=1, max_size=3).map(tuple))
def test_a_small_call_keeps_the_structure_of_a_public_one(args: tuple[Value, ...]) -> None:
    before = serialization.encode(args)
    made = small_args(args)
    assert 1 <= len(made) <= MOST
    assert all(form(small) == form(args) for small in made)
    assert serialization.encode(args) == before, "the public case is left as it is"


@settings(max_examples=30)
@given(st.lists(VALUES, min_size=1, max_size=3).map(tuple))
def test_the_same_cases_give_the_same_calls(args: tuple[Value, ...]) -> None:
    assert [serialization.encode(made) for made in small_args(args)] == [
        serialization.encode(made) for made in small_args(args)
    ]


def test_dimensions_that_are_always_equal_stay_equal() -> None:
    made = shapes(layer(2, 3, 4), layer(5, 3, 2), layer(2, 4, 3))
    assert all(A[0] == W[1] and W[0] == b[0] and b[1] == 1 for A, W, b in made)
    assert {(W[0], W[1], A[1]) for A, W, _ in made} == {
        (1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2), (3, 1, 1), (1, 3, 1), (1, 1, 3),
        (2, 2, 1), (2, 1, 2), (1, 2, 2),
    }  # fmt: skip


def test_the_smallest_call_comes_first() -> None:
    extents = [sum(np.size(arg) for arg in args) for args in small_args(layer(2, 3, 4), layer(5, 4, 3))]
    assert extents == sorted(extents)
    assert extents[0] == 3


def test_a_size_that_is_always_1_stays_1() -> None:
    made = shapes((np.ones((1, 4)),), (np.ones((1, 2)),))
    assert made == [((1, 1),), ((1, 2),), ((1, 3),)]


def test_a_whole_number_that_is_always_a_size_stays_that_size() -> None:
    made = small_args((3, np.ones(3)), (5, np.ones(5)))
    assert [(n, array.shape) for n, array in made] == [(1, (1,)), (2, (2,)), (3, (3,))]


def test_a_text_and_a_switch_are_told_apart_and_both_asked() -> None:
    made = small_args((np.ones(2), "relu", True), (np.ones(3), "sigmoid", True), (np.ones(3), "relu", False))
    assert {args[1:] for args in made} == {("relu", True), ("sigmoid", True), ("relu", False)}


def test_dictionaries_of_different_keys_are_told_apart() -> None:
    made = small_args(({"W1": np.ones(2)},), ({"W1": np.ones(2), "W2": np.ones(4)},))
    assert {tuple(parameters) for (parameters,) in made} == {("W1",), ("W1", "W2")}


@pytest.mark.parametrize(
    ("entries", "domain"),
    [
        pytest.param([0.0, 1.0, 1.0], LABELS, id="labels"),
        pytest.param([0.1, 0.999, 0.3], PROBABILITIES, id="probabilities"),
        pytest.param([0.1, 1.0, 0.3], INTEGERS, id="a probability of 1 may be any number"),
        pytest.param([-0.1, 0.2, 0.3], INTEGERS, id="numbers of both signs"),
    ],
)
def test_entries_are_of_the_kind_that_public_cases_have(
    entries: list[float], domain: Sequence[float]
) -> None:
    made = small_args((np.array(entries),), (np.array(entries * 2),))
    found = {float(entry) for (array,) in made for entry in array}
    assert found <= set(domain)
    assert len(found) > 1


def test_a_kind_of_entry_counts_only_when_all_cases_have_it() -> None:
    made = small_args(*[(np.array([0.0, 1.0] * n),) for n in (1, 2, 3)], (np.array([0.5, 7.0]),))
    assert {float(entry) for (array,) in made for entry in array} - set(LABELS)


def test_a_rate_between_0_and_1_stays_there() -> None:
    assert {rate for (rate,) in small_args((0.01,), (0.3,))} <= set(PROBABILITIES)


def test_a_named_tuple_is_a_tuple_as_it_is_to_a_function() -> None:
    Pair = namedtuple("Pair", "first second")
    assert all(type(pair) is tuple and len(pair) == 2 for (pair,) in small_args((Pair(np.ones(2), 3),)))


def test_there_are_never_more_than_the_most() -> None:
    many = [(np.ones((n, n + 3)), np.ones((n + 5, n + 7)), "relu" * n) for n in range(2, 5)]
    assert len(small_calls("f", cases(*many))) == MOST


def test_without_a_public_case_there_is_no_small_call() -> None:
    assert small_calls("f", []) == []


# ---------------------------------------------------------------- structure


def test_leaves_are_named_by_where_they_are() -> None:
    assert leaves(({"W1": 1, 2: ["a", None]}, (), 3.5)) == {
        (0, "W1"): 1, (0, 2, 0): "a", (0, 2, 1): None, (2,): 3.5,
    }  # fmt: skip


@settings(max_examples=50)
@given(VALUES)
def test_rebuilding_with_the_same_leaves_changes_nothing(value: Value) -> None:
    found = leaves(value)
    again = rebuilt(value, lambda path, leaf: found.pop(path))
    assert serialization.encode(again) == serialization.encode(value)
    assert not found, "every leaf is asked for, once"


# ---------------------------------------------------------------- words

NUMBERS = st.one_of(
    st.integers(), st.booleans(), st.none(), st.text(), st.floats(allow_nan=False, allow_infinity=False)
)
NESTS = st.recursive(
    NUMBERS,
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.lists(inside, max_size=3).map(tuple),
        st.dictionaries(st.one_of(st.text(max_size=3), st.integers()), inside, max_size=3),
    ),
)


def near(value: Any, other: Any) -> bool:
    """Whether two values are the same, numbers to six digits."""
    if isinstance(value, float):
        return math.isclose(value, other, rel_tol=1e-5)
    if isinstance(value, list | tuple):
        return type(value) is type(other) and len(value) == len(other) and all(map(near, value, other))
    if isinstance(value, dict):
        return list(value) == list(other) and all(near(value[key], other[key]) for key in value)
    return type(value) is type(other) and bool(value == other)


@settings(max_examples=60)
@given(NESTS)
def test_a_value_in_words_is_that_value_when_typed_in(value: Any) -> None:
    assert near(value, ast.literal_eval(compact(value)))


@settings(max_examples=50)
@given(
    hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=3), elements=st.integers(-999_999, 999_999))
)
def test_an_array_of_six_digits_in_words_has_the_same_numbers(array: np.ndarray) -> None:
    assert np.array_equal(np.array(ast.literal_eval(compact(array))), array)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(np.array([[2.0, -0.5]]), "[[2, -0.5]]", id="whole numbers without a point"),
        pytest.param(1 / 3, "0.333333", id="six digits"),
        pytest.param(np.float32(0.1), "0.1", id="a number of NumPy's"),
        pytest.param(np.int64(3), "3", id="a whole number of NumPy's"),
        pytest.param(np.True_, "True", id="a truth of NumPy's"),
        pytest.param((1,), "(1,)", id="a tuple of one"),
        pytest.param((), "()", id="an empty tuple"),
        pytest.param({"W1": np.zeros(1), 2: None}, "{'W1': [0], 2: None}", id="a dictionary"),
        pytest.param("relu", "'relu'", id="a text"),
        pytest.param(float("nan"), "nan", id="not a number"),
    ],
)
def test_a_value_is_told_as_one_would_type_it(value: Value, words: str) -> None:
    assert compact(value) == words
