"""Data frames, series and indices: what is right, and what is said of what is wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Tolerance, Verdict
from grader.models.serialization import decode, encode

pd = pytest.importorskip("pandas")

FRAME = pd.DataFrame(
    {"price": [1.5, 2.5, 4.0], "city": ["Rome", None, "Oslo"], "n": [1, 2, 3]}, index=["a", "b", "c"]
)
LEVELS = FRAME.set_index([pd.Index(["x", "x", "y"]), "n"])


def outcome(expected: Any, actual: Any, **options: Any) -> Any:
    """The outcome of an answer, which is the same whether it crossed or came from a notebook."""
    plain = decode(encode(expected))
    found = compare(plain, decode(encode(actual)), ("t",), **options)
    other = compare(plain, actual, ("t",), **options)
    assert (found.verdict, found.message) == (other.verdict, other.message)
    return found


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        pytest.param(FRAME, FRAME.copy(), id="the same"),
        pytest.param(FRAME, FRAME.assign(price=FRAME.price * (1 + 1e-9)), id="within the tolerance"),
        pytest.param(FRAME, FRAME.assign(city=FRAME.city.astype(object)), id="texts as objects"),
        pytest.param(FRAME, FRAME.assign(city=FRAME.city.astype("category")), id="categories of texts"),
        pytest.param(FRAME, FRAME.assign(n=FRAME.n.astype("Int64")), id="nullable numbers"),
        pytest.param(FRAME, FRAME.assign(n=FRAME.n.astype("int32")), id="shorter numbers"),
        pytest.param(FRAME, FRAME.rename_axis("key"), id="an index with a name"),
        pytest.param(FRAME.price, FRAME.price.rename("cost"), id="a series of another name"),
        pytest.param(FRAME.iloc[:0], FRAME.iloc[:0].astype(object), id="no rows, of whatever dtype"),
        pytest.param(LEVELS, LEVELS.copy(), id="levels"),
        pytest.param(FRAME.index, pd.Index(["a", "b", "c"], dtype=object), id="an index of objects"),
        pytest.param(FRAME.assign(o=[[1], {2}, None]), FRAME.assign(o=[[1], {2}, None]), id="objects"),
        pytest.param(pd.Timestamp("2020-01-01"), pd.Timestamp("2020-01-01"), id="time stamp"),
        pytest.param(pd.NaT, pd.NaT, id="no time stamp"),
    ],
)
def test_what_is_right(expected: Any, actual: Any) -> None:
    assert outcome(expected, actual) is PASSED


@pytest.mark.parametrize(
    ("expected", "actual", "verdict", "message"),
    [
        pytest.param(
            FRAME,
            FRAME.assign(price=[1.5, 3.5, 9.0]),
            "wrong_value",
            "t['price'] is wrong in 2 of 3 rows. The first is t.loc['b', 'price']: yours 3.5, expected 2.5.",
            id="numbers",
        ),
        pytest.param(
            FRAME,
            FRAME.assign(city=["Rome", None, "Bonn"]),
            "wrong_value",
            "t['city'] is wrong in 1 of 3 rows. The first is t.loc['c', 'city']: yours 'Bonn', "
            "expected 'Oslo'.",
            id="texts",
        ),
        pytest.param(
            FRAME,
            FRAME.assign(price=[1.5, np.nan, 4]),
            "wrong_value",
            "t['price'] is wrong in 1 of 3 rows. It contains NaN. The first is t.loc['b', 'price']: yours "
            "nan, expected 2.5.",
            id="NaN",
        ),
        pytest.param(
            FRAME, FRAME[["price", "n"]], "wrong_structure", "t has no column 'city'.", id="column missing"
        ),
        pytest.param(
            FRAME,
            FRAME.assign(more=1),
            "wrong_structure",
            "t has 1 column too many. Not expected: 'more'.",
            id="column too many",
        ),
        pytest.param(
            FRAME,
            FRAME[["n", "city", "price"]],
            "wrong_structure",
            "The columns of t are in another order, expected 'price', 'city', 'n'.",
            id="columns in another order",
        ),
        pytest.param(FRAME, FRAME.iloc[:2], "wrong_shape", "t has 2 rows, expected 3.", id="a row missing"),
        pytest.param(
            FRAME,
            FRAME.iloc[::-1],
            "wrong_value",
            "t.index is wrong in 2 of 3 rows. The first is t.index[0]: yours 'c', expected 'a'.",
            id="rows in another order",
        ),
        pytest.param(
            FRAME,
            FRAME.reset_index(drop=True),
            "wrong_dtype",
            "t.index holds whole numbers, expected texts.",
            id="another index",
        ),
        pytest.param(
            FRAME,
            FRAME.assign(n=FRAME.n.astype(float)),
            "wrong_dtype",
            "t['n'] holds numbers with a fraction, expected whole numbers.",
            id="another kind of dtype",
        ),
        pytest.param(FRAME, FRAME.price, "wrong_type", "t is a Series, expected a DataFrame.", id="a series"),
        pytest.param(
            FRAME.price,
            FRAME.price.to_numpy(),
            "wrong_type",
            "t is an array, expected a Series.",
            id="an array",
        ),
        pytest.param(
            FRAME.price,
            FRAME.price + 1,
            "wrong_value",
            "t is wrong in 3 of 3 rows. The first is t.loc['a']: yours 2.5, expected 1.5.",
            id="a series of other numbers",
        ),
        pytest.param(
            LEVELS,
            LEVELS.reset_index(level=1, drop=True),
            "wrong_structure",
            "t.index has 1 level, expected 2.",
            id="a level missing",
        ),
        pytest.param(
            LEVELS,
            LEVELS.assign(price=0.0),
            "wrong_value",
            "t['price'] is wrong in 3 of 3 rows. The first is t.loc[('x', 1), 'price']: yours 0, "
            "expected 1.5.",
            id="a row of two labels",
        ),
        pytest.param(
            FRAME.index,
            pd.Index(["a", "b", "d"]),
            "wrong_value",
            "t is wrong in 1 of 3 rows. The first is t[2]: yours 'd', expected 'c'.",
            id="an index",
        ),
        pytest.param(
            FRAME.assign(o=[[1], {2}, None]),
            FRAME.assign(o=[[1], {3}, None]),
            "wrong_value",
            "t['o'] is wrong in 1 of 3 rows. The first is t.loc['b', 'o']: yours {3}, expected {2}.",
            id="objects",
        ),
    ],
)
def test_what_is_wrong_is_told(expected: Any, actual: Any, verdict: str, message: str) -> None:
    found = outcome(expected, actual)
    assert (found.verdict.value, found.message) == (verdict, message)


def test_the_outcome_of_a_column_shows_the_whole_frame() -> None:
    expected, actual = decode(encode(FRAME)), decode(encode(FRAME.assign(n=0)))
    found = compare(expected, {"a": actual}["a"], ("t",))
    assert (found.path, found.expected, found.actual) == ("t", expected, actual)


def test_the_tolerance_of_the_exercise_holds_in_a_column() -> None:
    assert outcome(FRAME, FRAME.assign(price=FRAME.price * 1.01)).verdict is Verdict.WRONG_VALUE
    assert outcome(FRAME, FRAME.assign(price=FRAME.price * 1.01), tolerance=Tolerance(rtol=0.1)) is PASSED


def test_a_reason_tells_no_entry_and_no_label_of_a_row() -> None:
    wrong = FRAME.set_axis(["x7431", "b", "c"]).assign(city="x7431")
    for expected, actual in ((FRAME, wrong), (wrong, FRAME), (FRAME.index, wrong.index)):
        assert "7431" not in outcome(expected, actual).reason


def test_a_frame_within_other_values_has_their_path() -> None:
    found = outcome({"a": [FRAME]}, {"a": [FRAME.assign(n=0)]})
    assert found.reason == "t['a'][0]['n'] is wrong in 3 of 3 rows."
