"""Variations have every kind of input that test cases may lack, and the structure of a call."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.authoring.input_variations import MOST, variations
from grader.comparison.verdict import Tolerance
from grader.models import serialization
from grader.models.assignment import Case, Exercise
from grader.models.execution import Call
from grader.models.values import Value
from grader.plain.frames import Column, Frame, Labels

LAYERS = {"W1": np.eye(3, 4), "b1": np.ones((3, 1)), "W2": np.eye(1, 3), "b2": np.ones((1, 1))}


def exercise(*calls: Sequence[Value]) -> Exercise:
    """An exercise f(a, b, ...) with a case for each tuple of arguments."""
    cases = tuple(Case(f"hidden-{i}", False, Call("f", tuple(args)), None) for i, args in enumerate(calls, 1))
    names = tuple("abcdefgh"[: len(calls[0])])
    return Exercise("f", 1, names, ("y",), (), Tolerance(), False, (), cases)


def found(kind: str, *args: Value, constants: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
    """The arguments of the variations of one kind."""
    return [one.call.args for one in variations(exercise(args), constants) if one.kind == kind]


# ---------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("kind", "numbers", "varied"),
    [
        pytest.param("an exact 0", [5.0, 6, 7, 8], [0, 6, 7, 0], id="zero"),
        pytest.param("an exact 1", [5.0, 6, 7, 8], [1, 6, 7, 1], id="one"),
        pytest.param("negative numbers", [1.0, -2, 3], [-1, -2, -3], id="negative"),
        pytest.param("positive numbers", [1.0, -2, 3], [1, 2, 3], id="positive"),
        pytest.param("numbers of both signs", [1.0, 2, 3], [1, -2, 3], id="both signs"),
        pytest.param("equal numbers", [1.0, 2, 3], [1, 1, 1], id="ties"),
        pytest.param("large numbers", [1.0, 2], [1000, 2000], id="large"),
        pytest.param("tiny numbers", [1.0, 2], [0.001, 0.002], id="tiny"),
        pytest.param("different numbers between 0 and 1", [0.0, 0], [0.2, 0.8], id="probabilities"),
        pytest.param("different numbers above 1", [0.0, 0], [2, 9], id="numbers for zeros"),
    ],
)
def test_other_numbers(kind: str, numbers: list[float], varied: list[float]) -> None:
    ((array,),) = found(f"{kind} in `a`", np.array(numbers))
    np.testing.assert_array_equal(array, varied)
    ((first, second),) = found(f"{kind} in every array", np.array(numbers), np.array(numbers))
    np.testing.assert_array_equal(first, varied)
    np.testing.assert_array_equal(second, varied)


def test_a_number_that_the_function_has_is_an_exact_one_too() -> None:
    assert found("an exact 0.5 in `a`", np.array([2.0, 3]), constants=[0.5])[0][0].tolist() == [0.5, 3]


def test_other_numbers_have_the_dtype_and_the_type_that_were_there() -> None:
    ((array, number),) = found("large numbers in every array", np.array([1, 2]), 0.5)
    assert array.dtype == int
    assert (number, type(number)) == (500.0, float)


def test_a_place_is_called_as_python_indexes_it() -> None:
    assert len(found("an exact 0 in `a[0]['W1']`", ({"W1": np.ones(2)}, np.ones(3)))) == 1


@pytest.mark.parametrize(
    ("length", "keys"),
    [
        pytest.param(1, ["W1", "b1"], id="one layer"),
        pytest.param(2, ["W1", "W2", "b1", "b2"], id="as it is"),
        pytest.param(6, [f"{name}{i}" for name in "Wb" for i in range(1, 7)], id="several layers"),
    ],
)
def test_series_of_other_lengths(length: int, keys: list[str]) -> None:
    for varied, sizes in found(f"{length} of each series in `a` and `b`", LAYERS, [3, 4]):
        assert sorted(varied) == keys
        assert len(sizes) == length


def test_layers_that_are_added_fit_one_another() -> None:
    (_, (fits,)) = found("6 of each series in `a`", LAYERS)
    A = np.ones((2, 5))
    for i in range(1, 7):
        A = fits[f"W{i}"] @ A + fits[f"b{i}"]
    assert A.shape == (1, 5)


def test_a_series_that_begins_at_0_goes_on_from_there() -> None:
    grads = {"dA0": np.ones((2, 2)), "dW1": np.ones((2, 2))}
    assert sorted(found("2 of each series in `a`", grads)[0][0]) == ["dA0", "dA1", "dW1", "dW2"]


def test_keys_that_do_not_count() -> None:
    ((varied,),) = found("other keys in `a`", LAYERS)
    assert varied.keys() - LAYERS.keys() == {"other", "another"}


@pytest.mark.parametrize(
    ("kind", "shapes"),
    [
        pytest.param("size 1 along axis 1 of `a` and axis 1 of `b`", [(3, 1), (2, 1)], id="one example"),
        pytest.param("size 6 along axis 1 of `a` and axis 1 of `b`", [(3, 6), (2, 6)], id="another"),
        pytest.param("size 6 along axis 1 of `a`", [(3, 6), (2, 5)], id="along one axis"),
        pytest.param("size 4 along axis 0 of `a`", [(4, 5), (2, 5)], id="a size of its own"),
    ],
)
def test_other_sizes(kind: str, shapes: list[tuple[int, ...]]) -> None:
    (varied,) = found(kind, np.ones((3, 5)), np.ones((2, 5)))
    assert [array.shape for array in varied] == shapes


def test_what_is_square_becomes_not_square() -> None:
    ((array,),) = found("size 3 along axis 0 of `a`", np.eye(2))
    np.testing.assert_array_equal(array, [[1, 0], [0, 1], [1, 0]])


@pytest.mark.parametrize(
    ("kind", "dtype", "shape"),
    [
        pytest.param("integers", int, (2, 3), id="integers"),
        pytest.param("floats", float, (2, 3), id="floats"),
        pytest.param("an array of one axis", float, (6,), id="rank 1"),
        pytest.param("an array with one axis more", float, (2, 3, 1), id="rank 3"),
        pytest.param("an array without axes", float, (), id="rank 0"),
    ],
)
def test_other_types(kind: str, dtype: type, shape: tuple[int, ...]) -> None:
    ((array,),) = found(f"{kind} as `a`", np.full((2, 3), 1.5))
    assert (array.dtype, array.shape) == (np.dtype(dtype), shape)


def test_other_options() -> None:
    assert found("'relu' as `a`", "sigmoid", constants=["relu"]) == [("relu",)]
    assert found("'other' as `a`", "sigmoid") == [("other",)]
    assert found("False as `b`", 1.5, True) == [(1.5, False)]
    assert found("2 as `a`", 7) == [(2,)]


# ---------------------------------------------------------------- all of them


def test_the_smallest_and_the_largest_case_are_varied() -> None:
    varied = variations(exercise((np.ones(4),), (np.ones(2),), (np.ones(3),)), ())
    assert {one.call.args[0].shape for one in varied if one.kind.startswith("large")} == {(2,), (4,)}


def test_there_are_not_too_many() -> None:
    assert len(variations(exercise((LAYERS, [LAYERS] * 20)), ())) == MOST


arrays = hnp.arrays(
    st.sampled_from([float, int, bool, np.float32]), hnp.array_shapes(min_dims=0, max_dims=3, min_side=0)
)
values = st.recursive(
    arrays | st.floats() | st.integers(0, 9) | st.booleans() | st.text() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.lists(values, min_size=1, max_size=3))
def test_every_variation_is_a_call_that_can_be_made(args: list[Value]) -> None:
    before = serialization.encode(tuple(args))
    varied = variations(exercise(args), ["relu", 0.5, 3])
    assert serialization.encode(tuple(args)) == before, "the case itself stays as it is"
    for one in varied:
        assert len(one.call.args) == len(args)
        assert re.search(r"`\w|every array", one.kind)
        serialization.encode(one.call.args)


def test_the_columns_of_a_table_keep_their_one_axis() -> None:
    def column(*entries: object) -> Column:
        values = np.array(entries)
        return Column(str(values.dtype), values)

    rows, names = Labels((None,), (column(0, 1, 2),)), Labels((None,), (column("low", "high"),))
    table = Frame(rows, names, (column(1.5, 2.5, 3.5), column(7, 8, 9)))
    varied = [one.call.args[0] for one in variations(exercise((table,)), ())]
    assert {one.values.ndim for frame in varied for one in frame.values} == {1}
    assert any(frame.values[0].dtype == "int64" for frame in varied)
