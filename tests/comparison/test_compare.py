"""Tests of the comparison: every rung of the ladder, what tries to slip past it, and what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Outcome, Tolerance, Verdict
from grader.models.serialization import Unsupported

# Different sizes, so that no transpose fits by accident.
Z = np.array([[1.0, -2.0, 3.5], [0.25, 4.0, -0.5]])
COLUMN = np.array([[1.0], [2.0], [3.0], [4.0]])
CACHES = [((Z, COLUMN), Z + 1), ((COLUMN, Z), Z - 1)]
GRADS = {"dW1": Z, "db1": COLUMN}


class YesToEverything:
    """Says that it is equal to, longer than, and the same shape as anything."""

    shape = Z.shape
    ndim = Z.ndim
    dtype = Z.dtype
    __array_priority__ = 1e9

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __array_ufunc__(self, *_: Any, **__: Any) -> Any:
        return np.ones(Z.shape, bool)

    def __len__(self) -> int:
        return 2


class Agreeable(np.ndarray[Any, Any]):
    """An array whose every comparison is true and whose every difference is zero."""

    def __array_ufunc__(self, ufunc: Any, *_: Any, **__: Any) -> Any:
        return np.zeros(Z.shape) if ufunc in {np.subtract, np.absolute} else np.ones(Z.shape, bool)


# ---------------------------------------------------------------- the ladder


@pytest.mark.parametrize(
    ("actual", "verdict"),
    [
        pytest.param(Z.copy(), Verdict.PASSED, id="right"),
        pytest.param(np.asfortranarray(Z), Verdict.PASSED, id="right in Fortran order"),
        pytest.param(Z.astype(">f8"), Verdict.PASSED, id="right in big-endian order"),
        pytest.param(Z.astype(np.float32), Verdict.PASSED, id="right in single precision"),
        pytest.param(Z * (1 + 1e-6), Verdict.PASSED, id="within the relative tolerance"),
        pytest.param(Z + 3e-7, Verdict.PASSED, id="within the absolute tolerance of its scale"),
        pytest.param(None, Verdict.NOT_ATTEMPTED, id="nothing"),
        pytest.param("1.0", Verdict.WRONG_TYPE, id="text"),
        pytest.param(str(Z), Verdict.WRONG_TYPE, id="printed numbers"),
        pytest.param(Z.tolist(), Verdict.WRONG_TYPE, id="nested lists"),
        pytest.param({"Z": Z}, Verdict.WRONG_TYPE, id="dict around it"),
        pytest.param((Z,), Verdict.WRONG_TYPE, id="tuple around it"),
        pytest.param(True, Verdict.WRONG_TYPE, id="True"),
        pytest.param(Unsupported("Gadget"), Verdict.WRONG_TYPE, id="what cannot cross"),
        pytest.param(YesToEverything(), Verdict.WRONG_TYPE, id="equal to everything"),
        pytest.param(Z.T, Verdict.WRONG_SHAPE, id="transposed"),
        pytest.param(Z.T.astype(int), Verdict.WRONG_SHAPE, id="transposed, and integers"),
        pytest.param(Z.T * np.nan, Verdict.WRONG_SHAPE, id="transposed, and nan"),
        pytest.param(Z.ravel(), Verdict.WRONG_SHAPE, id="rank-1 array"),
        pytest.param(Z[None], Verdict.WRONG_SHAPE, id="one dimension more"),
        pytest.param(Z[:, :2], Verdict.WRONG_SHAPE, id="a column short"),
        pytest.param(np.empty((0, 3)), Verdict.WRONG_SHAPE, id="empty"),
        pytest.param(np.empty((2, 0)), Verdict.WRONG_SHAPE, id="empty the other way"),
        pytest.param(1.0, Verdict.WRONG_SHAPE, id="a number"),
        pytest.param(np.array(1.0), Verdict.WRONG_SHAPE, id="0-d array"),
        pytest.param(Z.astype(int), Verdict.WRONG_DTYPE, id="integers"),
        pytest.param(Z > 0, Verdict.WRONG_DTYPE, id="truth values"),
        pytest.param(Z + 0j, Verdict.WRONG_DTYPE, id="complex with nothing imaginary"),
        pytest.param(Z.astype(object), Verdict.WRONG_DTYPE, id="objects"),
        pytest.param(Z.astype(str), Verdict.WRONG_DTYPE, id="texts in an array"),
        pytest.param(np.zeros(Z.shape, "f8,f8"), Verdict.WRONG_DTYPE, id="records"),
        pytest.param(Z * np.nan, Verdict.WRONG_VALUE, id="nan is never right"),
        pytest.param(Z * np.inf, Verdict.WRONG_VALUE, id="infinity"),
        pytest.param(np.where(Z == 4, np.nan, Z), Verdict.WRONG_VALUE, id="one nan"),
        pytest.param(-Z, Verdict.WRONG_VALUE, id="sign"),
        pytest.param(Z * (1 + 1e-4), Verdict.WRONG_VALUE, id="beyond the tolerance"),
        pytest.param(Z * 0, Verdict.WRONG_VALUE, id="zeros"),
    ],
)
def test_the_ladder_stops_at_the_first_failing_rung(actual: Any, verdict: Verdict) -> None:
    assert compare(Z, actual, ("Z",)).verdict is verdict


def test_an_array_that_answers_for_itself_is_judged_by_what_it_holds() -> None:
    wrong, right = (Z + 1).view(Agreeable), Z.copy().view(Agreeable)
    assert compare(Z, wrong).verdict is Verdict.WRONG_VALUE
    assert compare(Z, right) is PASSED


def test_every_part_passes_a_rung_before_any_is_put_to_the_next() -> None:
    wrong_value_then_shape = {"dW1": Z + 1, "db1": COLUMN.ravel()}
    outcome = compare(GRADS, wrong_value_then_shape, ("grads",))
    assert (outcome.verdict, outcome.path) == (Verdict.WRONG_SHAPE, "grads['db1']")


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        pytest.param(COLUMN, COLUMN.ravel(), id="rank 1 for a column"),
        pytest.param(COLUMN, np.array([1.0]), id="one for four"),
        pytest.param(np.ones((4, 1)), np.ones((4, 4)), id="square for a column"),
        pytest.param(np.ones((4, 1)), np.ones(()), id="0-d for a column"),
        pytest.param(np.ones((1, 1)), 1.0, id="number for one by one"),
        pytest.param(1.0, np.ones((1, 1)), id="one by one for a number"),
        pytest.param(np.empty((0, 3)), np.empty((3, 0)), id="empty and empty"),
        pytest.param(np.empty((0, 3)), Z, id="something for empty"),
    ],
)
def test_shapes_that_would_broadcast_are_wrong_shapes(expected: Any, actual: Any) -> None:
    assert compare(expected, actual).verdict is Verdict.WRONG_SHAPE


@pytest.mark.parametrize(
    "actual",
    [
        pytest.param(0.25, id="float"),
        pytest.param(np.float64(0.25), id="NumPy float"),
        pytest.param(np.float32(0.25), id="single precision"),
        pytest.param(np.array(0.25), id="0-d array"),
    ],
)
@pytest.mark.parametrize("expected", [0.25, np.float64(0.25), np.array(0.25)], ids=["float", "NumPy", "0-d"])
def test_a_number_is_right_in_whatever_it_comes(expected: Any, actual: Any) -> None:
    assert compare(expected, actual, ("cost",)) is PASSED


@pytest.mark.parametrize(
    ("expected", "actual", "verdict"),
    [
        pytest.param(2.0, 2, Verdict.PASSED, id="int for float"),
        pytest.param(2, 2.0, Verdict.PASSED, id="float for int"),
        pytest.param(2.0, np.array(2), Verdict.PASSED, id="0-d int for float"),
        pytest.param(2.0, np.uint8(2), Verdict.PASSED, id="unsigned for float"),
        pytest.param(1.0, True, Verdict.WRONG_TYPE, id="True for 1"),
        pytest.param(True, 1, Verdict.WRONG_TYPE, id="1 for True"),
        pytest.param(1.0, np.array(True), Verdict.WRONG_DTYPE, id="0-d True for 1"),
        pytest.param(2.0, 2 + 0j, Verdict.WRONG_DTYPE, id="complex for float"),
        pytest.param(2.0, "2.0", Verdict.WRONG_TYPE, id="text for float"),
        pytest.param(2.0, [2.0], Verdict.WRONG_TYPE, id="list for float"),
        pytest.param(2.0, np.array(None, dtype=object), Verdict.WRONG_DTYPE, id="0-d None for float"),
        pytest.param(2.0, 10**400, Verdict.WRONG_VALUE, id="integer longer than any float"),
        pytest.param(2.0, -(10**400), Verdict.WRONG_VALUE, id="negative integer longer than any float"),
        pytest.param(2.0, float("nan"), Verdict.WRONG_VALUE, id="nan"),
        pytest.param(True, np.True_, Verdict.PASSED, id="NumPy's True"),
        pytest.param(True, False, Verdict.WRONG_VALUE, id="False for True"),
        pytest.param(np.array([1, 2]), np.array([1, 2], np.uint8), Verdict.PASSED, id="unsigned integers"),
        pytest.param(np.array([1, 2]), np.array([1.0, 2.0]), Verdict.WRONG_DTYPE, id="floats for integers"),
        pytest.param(np.array([2], np.uint8), np.array([1], np.uint8), Verdict.WRONG_VALUE, id="one below"),
        pytest.param(np.array([True]), np.array([True]), Verdict.PASSED, id="truth values"),
        pytest.param(np.array([True]), np.array([False]), Verdict.WRONG_VALUE, id="wrong truth value"),
        pytest.param(1 + 2j, 1 + 2j, Verdict.PASSED, id="complex"),
        pytest.param(1 + 2j, 1 + 3j, Verdict.WRONG_VALUE, id="complex, wrong below the real part"),
        pytest.param("relu", "relu", Verdict.PASSED, id="text"),
        pytest.param("relu", "sigmoid", Verdict.WRONG_VALUE, id="other text"),
        pytest.param(b"ab", "ab", Verdict.WRONG_TYPE, id="text for bytes"),
        pytest.param(None, None, Verdict.PASSED, id="None where None belongs"),
        pytest.param(None, 1.0, Verdict.WRONG_TYPE, id="number for None"),
        pytest.param([], [], Verdict.PASSED, id="empty lists"),
        pytest.param({}, {}, Verdict.PASSED, id="empty dicts"),
        pytest.param({}, [], Verdict.WRONG_TYPE, id="list for dict"),
        pytest.param([], {}, Verdict.WRONG_TYPE, id="dict for list"),
        pytest.param([1.0, 2.0], np.array([1.0, 2.0]), Verdict.WRONG_TYPE, id="array for list"),
        pytest.param([1.0, 2.0], "ab", Verdict.WRONG_TYPE, id="text for list"),
        pytest.param(
            Unsupported("A"), Unsupported("A"), Verdict.WRONG_VALUE, id="unsupported equals nothing"
        ),
    ],
)
def test_kinds_of_values_are_told_apart(expected: Any, actual: Any, verdict: Verdict) -> None:
    assert compare(expected, actual).verdict is verdict


# ---------------------------------------------------------------- numbers


ZEROS = np.zeros((2, 3))


@pytest.mark.parametrize(
    ("expected", "actual", "verdict"),
    [
        pytest.param(ZEROS, ZEROS + 1e-9, Verdict.WRONG_VALUE, id="1e-9 where all is zero"),
        pytest.param(ZEROS, -ZEROS, Verdict.PASSED, id="minus zero is zero"),
        pytest.param(0.0, 1e-17, Verdict.PASSED, id="rounding where zero is expected"),
        pytest.param(ZEROS, ZEROS - 1e-13, Verdict.PASSED, id="rounding where all is zero"),
        pytest.param(0, 1e-11, Verdict.WRONG_VALUE, id="more than rounding where zero is expected"),
        pytest.param(
            np.array([0.0, 1e-14]),
            np.array([1e-14, 2e-14]),
            Verdict.WRONG_VALUE,
            id="what is not zero has no floor",
        ),
        pytest.param(0.0, np.nan, Verdict.WRONG_VALUE, id="nan for zero"),
        pytest.param(
            np.array([0.0, 1e-9]), np.array([0.0, 2e-9]), Verdict.WRONG_VALUE, id="small, and twice that"
        ),
        pytest.param(np.array([0.0, 1.0]), np.array([1e-8, 1.0]), Verdict.PASSED, id="rounding beside a one"),
        pytest.param(
            np.array([0.0, 1.0]), np.array([1e-6, 1.0]), Verdict.WRONG_VALUE, id="more than rounding"
        ),
        pytest.param(
            np.array([0]), np.array([-(2**63)]), Verdict.WRONG_VALUE, id="integer without a magnitude"
        ),
        pytest.param(
            np.array([2**62]), np.array([-(2**63)]), Verdict.WRONG_VALUE, id="difference that wraps"
        ),
        pytest.param(
            np.array([1e308]), np.array([-1e308]), Verdict.WRONG_VALUE, id="difference that overflows"
        ),
        pytest.param(
            np.array([1.0, 2.0], np.float16), np.array([1.0, 2.0]), Verdict.PASSED, id="half precision"
        ),
        pytest.param(
            np.array([6e4], np.float16),
            np.array([-6e4], np.float16),
            Verdict.WRONG_VALUE,
            id="half, wrong sign",
        ),
    ],
)
def test_a_tolerance_is_relative_to_the_scale_of_the_answer(
    expected: Any, actual: Any, verdict: Verdict
) -> None:
    assert compare(expected, actual).verdict is verdict


def test_a_floor_of_its_own_is_kept() -> None:
    assert compare(ZEROS, ZEROS + 1e-9, tolerance=Tolerance(floor=1e-8)) is PASSED
    assert compare(0.0, 1e-17, tolerance=Tolerance(floor=0)).verdict is Verdict.WRONG_VALUE


SIGNED = np.array([[1.0, -2.0], [0.0, 3.0]])


@pytest.mark.parametrize(
    ("allow", "expected", "actual", "verdict"),
    [
        pytest.param("number_for_bool", True, 1, Verdict.PASSED, id="1 for True"),
        pytest.param("number_for_bool", False, 0.0, Verdict.PASSED, id="0.0 for False"),
        pytest.param("number_for_bool", True, 0, Verdict.WRONG_VALUE, id="0 for True"),
        pytest.param("number_for_bool", True, 2, Verdict.WRONG_TYPE, id="2 is no truth value"),
        pytest.param("number_for_bool", True, np.nan, Verdict.WRONG_TYPE, id="nan is no truth value"),
        pytest.param("number_for_bool", 1, True, Verdict.WRONG_TYPE, id="True for 1"),
        pytest.param(
            "number_for_bool",
            np.array([True, False]),
            np.array([1, 0]),
            Verdict.PASSED,
            id="an array of them",
        ),
        pytest.param(
            "number_for_bool",
            np.array([True, False]),
            np.array([[1, 0]]),
            Verdict.WRONG_SHAPE,
            id="an array of another shape",
        ),
        pytest.param("array_for_number", 2.5, np.array([2.5]), Verdict.PASSED, id="(1,) for a number"),
        pytest.param("array_for_number", 2.5, np.array([2.6]), Verdict.WRONG_VALUE, id="a wrong one"),
        pytest.param("array_for_number", 2.5, np.array([[2.5]]), Verdict.WRONG_SHAPE, id="(1, 1)"),
        pytest.param("array_for_number", 2.5, np.array([2.5, 2.5]), Verdict.WRONG_SHAPE, id="(2,)"),
        pytest.param(
            "array_for_number", np.array([2.5]), np.array(2.5), Verdict.WRONG_SHAPE, id="a number for (1,)"
        ),
        pytest.param("either_sign", SIGNED, -SIGNED, Verdict.PASSED, id="the other sign"),
        pytest.param("either_sign", SIGNED, np.abs(SIGNED), Verdict.WRONG_VALUE, id="a sign for each"),
        pytest.param("either_sign", -SIGNED, SIGNED * np.nan, Verdict.WRONG_VALUE, id="nan of any sign"),
    ],
)
def test_an_exercise_may_allow(allow: str, expected: Any, actual: Any, verdict: Verdict) -> None:
    assert compare(expected, actual, tolerance=Tolerance(allow=(allow,))).verdict is verdict
    strict = compare(expected, actual)
    assert strict.verdict is not Verdict.PASSED


def test_what_is_allowed_goes_together_and_inside_of_structures() -> None:
    tolerance = Tolerance(allow=("array_for_number", "number_for_bool"))
    assert compare({"sorted": (True, 3.0)}, {"sorted": [np.array([1]), 3]}, tolerance=tolerance) is PASSED


def test_a_tolerance_of_its_own_is_kept() -> None:
    assert compare(Z, Z * 1.01, tolerance=Tolerance(rtol=0.1)) is PASSED
    assert compare(Z, Z * (1 + 1e-9), tolerance=Tolerance(rtol=0, atol=0)).verdict is Verdict.WRONG_VALUE


ODD = np.array([np.nan, np.inf, -np.inf, 1.0])


@pytest.mark.parametrize(
    ("actual", "verdict"),
    [
        pytest.param(ODD.copy(), Verdict.PASSED, id="the same"),
        pytest.param(ODD + 1e-7, Verdict.PASSED, id="near in what is finite"),
        pytest.param(ODD + 1, Verdict.WRONG_VALUE, id="off in what is finite"),
        pytest.param(ODD * [1, -1, -1, 1], Verdict.WRONG_VALUE, id="infinities of the other sign"),
        pytest.param(np.nan_to_num(ODD), Verdict.WRONG_VALUE, id="numbers for nan and infinity"),
        pytest.param(ODD * np.nan, Verdict.WRONG_VALUE, id="nan everywhere"),
        pytest.param(np.full(4, np.inf), Verdict.WRONG_VALUE, id="infinity everywhere"),
    ],
)
def test_nan_and_infinity_belong_where_the_reference_has_them(actual: Any, verdict: Verdict) -> None:
    assert compare(ODD, actual).verdict is verdict


# ---------------------------------------------------------------- structure


@pytest.mark.parametrize(
    ("actual", "verdict", "path"),
    [
        pytest.param({**GRADS}, Verdict.PASSED, "", id="right"),
        pytest.param({"db1": COLUMN, "dW1": Z}, Verdict.PASSED, "", id="in another order"),
        pytest.param({"dW1": Z}, Verdict.WRONG_STRUCTURE, "grads", id="a key short"),
        pytest.param({**GRADS, "dA0": Z}, Verdict.WRONG_STRUCTURE, "grads", id="a key too many"),
        pytest.param({"dw1": Z, "db1": COLUMN}, Verdict.WRONG_STRUCTURE, "grads", id="a key misspelt"),
        pytest.param({**GRADS, "db1": None}, Verdict.WRONG_TYPE, "grads['db1']", id="None inside"),
        pytest.param([Z, COLUMN], Verdict.WRONG_TYPE, "grads", id="list for dict"),
        pytest.param(Unsupported("Grads"), Verdict.WRONG_TYPE, "grads", id="what cannot cross"),
    ],
)
def test_a_dict_has_exactly_its_keys(actual: Any, verdict: Verdict, path: str) -> None:
    outcome = compare(GRADS, actual, ("grads",))
    assert (outcome.verdict, outcome.path) == (verdict, path)


def as_lists(value: Any) -> Any:
    return [as_lists(part) for part in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize(
    ("actual", "verdict", "path"),
    [
        pytest.param(CACHES, Verdict.PASSED, "", id="right"),
        pytest.param(tuple(CACHES), Verdict.PASSED, "", id="tuple for list"),
        pytest.param(as_lists(CACHES), Verdict.PASSED, "", id="lists for tuples"),
        pytest.param(CACHES[:1], Verdict.WRONG_STRUCTURE, "caches", id="an entry short"),
        pytest.param([*CACHES, Z], Verdict.WRONG_STRUCTURE, "caches", id="an entry too many"),
        pytest.param(
            [CACHES[0], (Z, Z)], Verdict.WRONG_TYPE, "caches[1][0]", id="right length, wrong things inside"
        ),
        pytest.param(
            [CACHES[0], ((Z, COLUMN), Z - 1)],
            Verdict.WRONG_SHAPE,
            "caches[1][0][0]",
            id="things in a wrong order",
        ),
        pytest.param(dict(enumerate(CACHES)), Verdict.WRONG_TYPE, "caches", id="dict for list"),
    ],
)
def test_a_sequence_is_compared_entry_by_entry(actual: Any, verdict: Verdict, path: str) -> None:
    outcome = compare(CACHES, actual, ("caches",))
    assert (outcome.verdict, outcome.path) == (verdict, path)


@pytest.mark.parametrize(
    ("actual", "verdict", "path"),
    [
        pytest.param((Z, COLUMN), Verdict.PASSED, "", id="right"),
        pytest.param([Z, COLUMN], Verdict.PASSED, "", id="list for tuple"),
        pytest.param((COLUMN, Z), Verdict.WRONG_SHAPE, "dW", id="in the wrong order"),
        pytest.param((Z,), Verdict.WRONG_STRUCTURE, "", id="one result"),
        pytest.param((Z, COLUMN, Z), Verdict.WRONG_STRUCTURE, "", id="three results"),
        pytest.param(Z, Verdict.WRONG_TYPE, "The result (dW, db)", id="an array alone"),
        pytest.param((Z, None), Verdict.WRONG_TYPE, "db", id="second one not written"),
    ],
)
def test_several_results_are_called_by_their_names(actual: Any, verdict: Verdict, path: str) -> None:
    outcome = compare((Z, COLUMN), actual, ("dW", "db"))
    assert (outcome.verdict, outcome.path) == (verdict, path)


def test_an_answer_that_holds_itself_ends_where_the_expected_one_does() -> None:
    answer: list[Any] = [1.0]
    answer.append(answer)
    assert compare([1.0, 2.0], answer).verdict is Verdict.WRONG_TYPE
    assert compare([1.0, [1.0, 2.0]], answer).verdict is Verdict.WRONG_TYPE


# ---------------------------------------------------------------- messages


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


# ---------------------------------------------------------------- properties


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
