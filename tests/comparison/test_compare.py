"""Tests of the comparison: every rung of the ladder, what tries to slip past it, and structures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from answers import CACHES, COLUMN, GRADS, Z, as_lists

from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Verdict
from grader.models.serialization import Unsupported


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
        pytest.param(2.0, np.array(None, dtype=object), Verdict.WRONG_TYPE, id="0-d None for float"),
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
