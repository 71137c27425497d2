"""Two answers stand side by side, their wrong entries marked as the comparison sees them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.reports.array_tables import SIDE, side_by_side


def texts(matrix):
    return [[None if entry is None else entry.text for entry in row] for row in matrix.entries]


def wrong(matrix):
    return [[entry is not None and entry.wrong for entry in row] for row in matrix.entries]


def test_the_wrong_entries_of_both_are_marked():
    yours, expected = side_by_side(np.array([[1.0, 2.0], [3.0, 4.5]]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert texts(yours) == [["1", "2"], ["3", "4.5"]]
    assert texts(expected) == [["1", "2"], ["3", "4"]]
    assert wrong(yours) == wrong(expected) == [[False, False], [False, True]]
    assert (yours.rows, yours.columns, yours.shape) == ((0, 1), (0, 1), "shape (2, 2)")


@pytest.mark.parametrize(
    ("actual", "expected", "marked"),
    [
        pytest.param([1.0, np.nan], [1.0, np.nan], [[False, False]], id="NaN where NaN belongs"),
        pytest.param([1.0, np.nan], [1.0, 2.0], [[False, True]], id="NaN where a number belongs"),
        pytest.param([np.inf, 1.0], [-np.inf, 1.0], [[True, False]], id="infinity of the other sign"),
        pytest.param([1.0, 2.0 + 1e-12], [1.0, 2.0], [[False, False]], id="a rounding error"),
        pytest.param([1, 3], [1, 2], [[False, True]], id="integers"),
        pytest.param([True, False], [True, True], [[False, True]], id="truth values"),
    ],
)
def test_an_entry_is_wrong_as_the_comparison_sees_it(actual, expected, marked):
    yours, _ = side_by_side(np.array(actual), np.array(expected))
    assert wrong(yours) == marked


def test_arrays_of_different_shapes_are_shown_whole_and_unmarked():
    yours, expected = side_by_side(np.zeros((1, 4)), np.zeros((3, 4)))
    assert (yours.shape, expected.shape) == ("shape (1, 4)", "shape (3, 4)")
    assert (len(yours.entries), len(expected.entries)) == (1, 3)
    assert not any(map(any, wrong(yours) + wrong(expected)))


def test_a_large_array_is_cut_around_its_first_wrong_entry():
    expected = np.zeros((20, 30))
    actual = expected.copy()
    actual[12, 29] = 1
    yours, _ = side_by_side(actual, expected)
    assert yours.rows == (None, 8, 9, 10, 11, 12, 13, 14, 15, None)
    assert yours.columns == (None, 22, 23, 24, 25, 26, 27, 28, 29)
    assert sum(map(sum, wrong(yours))) == 1


def test_of_many_axes_the_plane_of_the_first_wrong_entry_is_shown():
    expected = np.zeros((2, 3, 4, 5))
    actual = expected.copy()
    actual[1, 2, 3, 4] = 1
    yours, _ = side_by_side(actual, expected)
    assert yours.plane == "[1, 2, :, :]"
    assert wrong(yours)[3][4]


def test_one_axis_has_no_row_numbers_and_a_single_value_has_no_table_heads():
    vector, _ = side_by_side(np.arange(3.0), np.zeros(3))
    number, _ = side_by_side(2.0, 2.5)
    assert (vector.rows, vector.columns) == ((), (0, 1, 2))
    assert (number.rows, number.columns, number.shape, wrong(number)) == ((), (), "", [[True]])


def test_as_many_digits_are_shown_as_tell_the_two_apart():
    yours, expected = side_by_side(np.array([1.00000012, 5.0]), np.array([1.0, 7.0]))
    assert texts(yours) == [["1", "5"]]  # equal within the tolerance, so six digits do
    yours, expected = side_by_side(1.00000012, 1.0)
    assert texts(yours) == [["1.00000012"]]
    assert texts(expected) == [["1"]]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="None"),
        pytest.param("text\x1b" * 10_000, id="a huge text"),
        pytest.param(10**100_000, id="an integer too long to print"),
        pytest.param([[1, 2], {"a": (1,)}] * 10_000, id="a deep list"),
        pytest.param(np.empty((0, 3)), id="no entries"),
        pytest.param(np.array(["a\u202e"]), id="an array of text"),
        pytest.param(np.float64("nan"), id="a NumPy number"),
        pytest.param(3 + 4j, id="a complex number"),
    ],
)
def test_any_value_is_shown_short_and_harmless(value):
    for pair in (side_by_side(value, np.ones((2, 2))), side_by_side(value, value)):
        for text in (entry.text for matrix in pair for row in matrix.entries for entry in row if entry):
            assert len(text) <= 100
            assert text.isprintable()


numeric = arrays.arrays(
    st.sampled_from([np.float64, np.int64, np.bool_, np.complex128, np.uint8]),
    arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=12),
)


@given(numeric, numeric)
def test_no_table_is_larger_than_the_limit_and_each_is_a_rectangle(actual, expected):
    for matrix in side_by_side(actual, expected):
        assert len(matrix.entries) <= SIDE + 2
        assert len({len(row) for row in matrix.entries}) <= 1
        assert sum(entry is not None for row in matrix.entries for entry in row) <= SIDE * SIDE
        assert not matrix.entries or len(matrix.entries[0]) == len(matrix.columns or (0,))
