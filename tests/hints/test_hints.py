"""Tests of the hints: they are silent where nothing is certain, and tell no secret."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hint_inputs import (
    RATE,
    STEPPED,
    A,
    W,
    changed,
    hint_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.comparison.verdict import Outcome, Verdict
from grader.hints import hint
from grader.models.assignment import Case
from grader.models.execution import Call, Run, Statement, Status
from grader.models.submission import Part

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=3)
    | hnp.arrays(
        st.sampled_from([np.float64, np.int64, np.bool_, np.float32, np.complex128]),
        hnp.array_shapes(max_side=3),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(
            st.sampled_from(["W1", "b1", "W2", "x", "W0"]) | st.integers(0, 2), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param("def f(x):\n    y = x", "The function has no `return`.", id="no return"),
        pytest.param("def f(x):\n    return", "The function has no `return`.", id="return of nothing"),
        pytest.param("def f(x):\n    return x", "", id="returns a None that it was given"),
        pytest.param("from m import f", "", id="not to be seen"),
        pytest.param("%%writefile m\ndef f(x):\n    y = x", "", id="in a module that the notebook writes"),
    ],
)
def test_a_function_that_gives_none_is_looked_at(source: str, says: str):
    case = Case("a", False, Call("f", ()), W)
    outcome = Outcome(Verdict.NOT_ATTEMPTED)
    part = Part((Statement(1, 1, source),))
    assert hint(outcome, Run(Status.RETURNED), case, part) == says


@settings(max_examples=80)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 6))
def test_a_random_wrong_array_says_nothing(seed: int, n: int, m: int):
    random = np.random.default_rng(seed)
    expected, actual, given_ = (random.standard_normal((n, m)) for _ in range(3))
    assert hint_of(expected, actual, given_, random.standard_normal((m, n)), 0.1) == ""


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_a_dictionary_of_random_wrong_arrays_says_nothing(seed: int, layers: int):
    random = np.random.default_rng(seed)
    expected, actual, before = (
        {f"{k}{n}": random.standard_normal((n + 1, 3)) for n in range(layers) for k in "Wb"} for _ in range(3)
    )
    assert hint_of(expected, actual, before, RATE) == ""


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_random_wrong_results_in_tuples_and_lists_say_nothing(seed: int):
    random = np.random.default_rng(seed)
    expected, actual = (
        (
            random.standard_normal((2, 3)),
            [(random.standard_normal((3, 1)), random.standard_normal((2, 3)))] * 3,
        )
        for _ in range(2)
    )
    assert hint_of(expected, actual, random.standard_normal((2, 3)), names=("AL", "caches")) == ""


@settings(max_examples=200)
@given(VALUES, VALUES, VALUES)
def test_any_answer_to_any_case_has_a_hint_or_none(expected: Any, actual: Any, given_: Any):
    assert isinstance(hint_of(expected, actual, given_), str)


@settings(max_examples=60)
@given(st.sampled_from(list(STEPPED)), st.booleans(), VALUES)
def test_a_hint_holds_no_text_of_the_answer_but_a_few_keys(key: str, keeps: bool, value: Any):
    planted = {k: v for k, v in STEPPED.items() if keeps or k != key}
    told = hint_of(STEPPED, changed(planted, zzsecret1=value, zzsecret4="zzsecret"), A)
    assert "zzsecret" not in told.replace("zzsecret1", "").replace("zzsecret4", "")
