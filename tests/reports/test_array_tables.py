"""Two answers stand side by side, their wrong entries marked as the comparison sees them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.plain.frames import Column, Frame, Labels, Series
from grader.reports.array_tables import SIDE, WIDTH, side_by_side


def texts(matrix):
    return [[None if entry is None else entry.text for entry in row] for row in matrix.entries]


def wrong(matrix):
    return [[entry is not None and entry.wrong for entry in row] for row in matrix.entries]


def test_the_wrong_entries_of_both_are_marked():
    yours, expected = side_by_side(np.array([[1.0, 2.0], [3.0, 4.5]]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert texts(yours) == [["1", "2  "], ["3", "4.5"]]
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


def test_where_all_is_wrong_nothing_is_marked():
    yours, expected = side_by_side(np.ones((2, 3)), np.zeros((2, 3)))
    assert not any(map(any, wrong(yours) + wrong(expected)))


def test_the_points_of_a_column_stand_below_each_other():
    numbers = np.array([[1.0], [-10.25], [3.5e-9], [np.nan]])
    yours, _ = side_by_side(numbers, np.zeros((4, 1)))
    column = [row[0] for row in texts(yours)]
    assert [text.strip() for text in column] == ["1", "-10.25", "3.5e-09", "nan"]
    behind = [len(text) - len(re.match(r"[^. ]*", text)[0]) for text in column]
    assert len(set(behind)) == 1, "tables are set flush right, so as much stands behind each point"


@pytest.mark.parametrize("number", [1.5, -1.234567891234e-300])
def test_a_table_of_numbers_is_narrow_enough_for_a_telephone(number):
    actual = np.full((3, 8), number)
    actual[1, 6] = number * 1.5
    yours, expected = side_by_side(actual, np.full((3, 8), number))
    for table in (yours, expected):
        assert 6 in table.columns
        shown = [entry for entry in table.entries[0] if entry]
        assert len(shown) == 2 or sum(len(entry.text) + 1 for entry in shown) <= WIDTH


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
    assert (number.rows, number.columns, number.shape, wrong(number)) == ((), (), "", [[False]])


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


def labels(*texts):
    return Labels((None,), (Column("str", np.array(texts)),))


def frame(*prices, rows=("a", "b")):
    columns = (Column("str", np.array(["x", "y"])[: len(prices)]), Column("float64", np.array(prices)))
    return Frame(labels(*rows), labels("city", "price"), columns)


def test_a_frame_is_a_table_with_its_labels_and_wrong_entries_marked():
    yours, expected = side_by_side(frame(1.5, 3.0), frame(1.5, 2.0))
    assert texts(yours) == [["'x'", "1.5"], ["'y'", "3"]]
    assert texts(expected)[1] == ["'y'", "2"]
    assert wrong(yours) == wrong(expected) == [[False, False], [False, True]]
    assert (yours.rows, yours.columns, yours.shape) == (("a", "b"), ("city", "price"), "2 rows, 2 columns")


def test_frames_of_different_sizes_are_shown_unmarked():
    yours, expected = side_by_side(frame(1.5, rows=("a",)), frame(1.5, 2.0))
    assert (yours.shape, expected.shape) == ("1 row, 2 columns", "2 rows, 2 columns")
    assert not any(map(any, wrong(yours) + wrong(expected)))


def test_a_large_frame_is_cut_around_its_first_wrong_entry():
    index = Labels((None,), (Column("int64", np.arange(30)),))
    right = np.zeros(30)
    values = right.copy()
    values[20] = 1
    yours, _ = side_by_side(*(Series("p", index, Column("float64", column)) for column in (values, right)))
    assert yours.rows == (None, "16", "17", "18", "19", "20", "21", "22", "23", None)
    assert (yours.columns, yours.shape) == (("p",), "30 rows")
    assert sum(map(sum, wrong(yours))) == 1


def test_labels_of_a_student_are_one_short_line():
    yours, _ = side_by_side(frame(1.0, rows=("<script>\n" * 50,)), frame(1.0, rows=("a",)))
    assert "\n" not in yours.rows[0]
    assert len(yours.rows[0]) <= 41


@pytest.mark.parametrize(
    ("actual", "expected", "marked"),
    [
        pytest.param(np.array(["a", "b"]), np.array(["a", "c"]), [[False, True]], id="texts"),
        pytest.param(np.array(["a"]), np.array([1.0]), [[False]], id="texts for numbers"),
        pytest.param(
            np.array(["NaT", "2020"], "M8[Y]"),
            np.array(["NaT", "2021"], "M8[Y]"),
            [[False, True]],
            id="dates",
        ),
        pytest.param({1, 2}, {1, 3}, [[False]], id="sets"),
        pytest.param(frame(1.0, 2.0), {1}, [[False]], id="a frame for a set"),
    ],
)
def test_any_two_values_stand_side_by_side(actual, expected, marked):
    yours, _ = side_by_side(actual, expected)
    assert wrong(yours) == marked


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(lambda text: text, id="one text"),
        pytest.param(lambda text: np.array(["same", text]), id="an array of texts"),
        pytest.param(
            lambda text: Labels((None,), (Column("object", np.array(["same", text], object)),)), id="an index"
        ),
    ],
)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("x" * 100 + "7" + "y" * 100, "x" * 100 + "8" + "y" * 100, id="in the middle"),
        pytest.param("part0: 17.54\n" * 9, "part0: 17.54\n" * 8 + "part1: 3\n", id="in a late line"),
        pytest.param("a  b", "a b", id="in white space"),
    ],
)
def test_long_texts_are_shown_where_they_differ(kind, one, other):
    yours, expected = side_by_side(kind(one), kind(other))
    shown = [
        [entry.text for row in table.entries for entry in row if entry.text != "'same'"]
        for table in (yours, expected)
    ]
    assert shown[0] != shown[1]
    assert all(text.strip(".").endswith("'") for text in shown[0])
