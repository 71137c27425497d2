"""Sets, texts, dates, records and named tuples: what is right, and what is said of what is wrong."""

from __future__ import annotations

import dataclasses
from collections import deque, namedtuple
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import values

from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Tolerance, Verdict
from grader.models.serialization import decode, encode

Point = namedtuple("Point", "x y")
Other = namedtuple("Other", "x y")
Flipped = namedtuple("Flipped", "y x")


@dataclasses.dataclass
class Box:
    width: float
    height: Any


@dataclasses.dataclass
class Crate:
    width: float
    height: Any
    depth: float = 0.0


def outcome(expected: Any, actual: Any, **options: Any) -> Any:
    """The outcome of an answer, which is the same whether it crossed or came from a notebook."""
    plain, crossed = decode(encode(expected)), decode(encode(actual))
    found, other = compare(plain, crossed, ("y",), **options), compare(plain, actual, ("y",), **options)
    assert (found.verdict, found.message) == (other.verdict, other.message)
    return found


@given(values)
@settings(max_examples=150)
def test_every_value_that_crosses_is_right_compared_with_itself(value: Any) -> None:
    if encode(value) == encode(decode(encode(value))) and "nan" not in repr(value):
        assert compare(value, decode(encode(value))) is PASSED


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        pytest.param({1, 2}, frozenset([2, 1]), id="a frozen set for a set"),
        pytest.param({0.1 + 0.2, 1}, {0.3, 1}, id="an entry within the tolerance"),
        pytest.param({(1, 0.1 + 0.2)}, {(1, 0.3)}, id="an entry inside an entry"),
        pytest.param({Point(1, 2)}, {(1, 2)}, id="a tuple for a named tuple in a set"),
        pytest.param({(1, 2): 0.5}, {(np.int64(1), 2): 0.5}, id="a NumPy number in a key"),
        pytest.param({3: 1}, {np.int32(3): 1}, id="a NumPy number as a key"),
        pytest.param(Point(1, 2.0), (1, 2.0), id="a tuple for a named tuple"),
        pytest.param(Point(1, 2.0), [1, 2.0], id="a list for a named tuple"),
        pytest.param((1, 2.0), Point(1, 2.0), id="a named tuple for a tuple"),
        pytest.param(Point(1, 2), Other(1, 2), id="a named tuple of another name"),
        pytest.param(
            Box(1, [2]), dataclasses.make_dataclass("B", ["width", "height"])(1, [2]), id="dataclass"
        ),
        pytest.param(range(0, 4, 3), range(0, 5, 3), id="a range of the same numbers"),
        pytest.param([1, 2], deque([1, 2]), id="a deque for a list"),
        pytest.param(np.array(["a", "bc"]), np.array(["a", "bc"], object), id="texts as objects"),
        pytest.param(np.array(["a", "bc"], object), np.array(["a", "bc"]), id="objects as texts"),
        pytest.param(
            np.array(["2020-01-01", "NaT"], "M8[D]"), np.array(["2020-01-01", "NaT"], "M8[ns]"), id="unit"
        ),
        pytest.param(date(2020, 1, 1), np.datetime64("2020-01-01"), id="a date of NumPy"),
        pytest.param(datetime(2020, 1, 1), date(2020, 1, 1), id="a date at midnight"),
        pytest.param(timedelta(1), np.timedelta64(24, "h"), id="a duration of NumPy"),
        pytest.param(np.array([None, [1.0]], object), np.array([None, (1 + 1e-12,)], object), id="objects"),
        pytest.param(Fraction(1, 3), Fraction(2, 6), id="fraction"),
        pytest.param(Decimal("1.0"), Decimal("1.00"), id="decimal"),
    ],
)
def test_what_is_right(expected: Any, actual: Any) -> None:
    assert outcome(expected, actual) is PASSED


@pytest.mark.parametrize(
    ("expected", "actual", "verdict", "message"),
    [
        (
            {1, 2, 3},
            {1, 5},
            "wrong_value",
            "y lacks 2 of 3 entries and has 1 entry too many. Missing: 2, 3. Not expected: 5.",
        ),
        ({1}, {1, 2}, "wrong_value", "y has 1 entry too many. Not expected: 2."),
        ({"a"}, set(), "wrong_value", "y lacks 1 of 1 entry. Missing: 'a'."),
        ({1}, [1], "wrong_type", "y is a list, expected a set."),
        (set(), {}, "wrong_type", "y is a dictionary, expected a set."),
        ({(1, 2): 3}, {(2, 1): 3}, "wrong_structure", "y has no (1, 2)."),
        ({(1, 2): 3.0}, {(1, 2): 4.0}, "wrong_value", "y[(1, 2)] is wrong. Yours is 4, expected 3."),
        (Point(1, 2), Point(1, 3), "wrong_value", "y.y is wrong. Yours is 3, expected 2."),
        (Point(1, 2), (1, 3), "wrong_value", "y.y is wrong. Yours is 3, expected 2."),
        (Point(1, 2), (1,), "wrong_structure", "y has 1 entry, expected 2."),
        (Point(1, 2), Flipped(1, 2), "wrong_structure", "y has its fields in another order, expected x, y."),
        (Point(1, 2), 3, "wrong_type", "y is a number, expected a named tuple of x, y."),
        (Box(1, 2), Box(1, 3), "wrong_value", "y.height is wrong. Yours is 3, expected 2."),
        (Box(1, 2), Crate(1, 2), "wrong_structure", "y has 1 attribute too many. Not expected: 'depth'."),
        (Crate(1, 2), Box(1, 2), "wrong_structure", "y has no attribute 'depth'."),
        (
            Box(1, 2),
            {"width": 1, "height": 2},
            "wrong_type",
            "y is a dictionary, expected a dataclass like Box.",
        ),
        (Box(1, [2, 3]), Box(1, [2]), "wrong_structure", "y.height has 1 entry, expected 2."),
        (range(3), range(4), "wrong_value", "y.stop is wrong. Yours is 4, expected 3."),
        (range(3), [0, 1, 2], "wrong_type", "y is a list, expected a range."),
        (range(3), np.polynomial.Polynomial([1]), "wrong_type", "y is a Polynomial, expected a range."),
        (
            np.array(["a", "b"]),
            np.array(["a", "c"]),
            "wrong_value",
            "y is wrong in 1 of 2 elements. The first is y[1]: yours 'c', expected 'b'.",
        ),
        (np.array(["a", "b"]), np.array(["a"]), "wrong_shape", "y has the shape (1,), expected (2,)."),
        (np.array(["a"]), np.array([1.0]), "wrong_dtype", "y is an array, expected an array of texts."),
        (
            np.array([1.0]),
            np.array(["a"]),
            "wrong_dtype",
            "y is an array of texts, expected an array of numbers.",
        ),
        (np.array(["a"]), ["a"], "wrong_type", "y is a list, expected an array of texts."),
        (
            np.array(["2020"], "M8[D]"),
            np.array(["2021"], "M8[D]"),
            "wrong_value",
            "y is wrong in 1 of 1 element. The first is y[0]: yours 2021-01-01, expected 2020-01-01.",
        ),
        (
            np.array(["2020"], "M8[D]"),
            np.array(["NaT"], "M8[D]"),
            "wrong_value",
            "y is wrong in 1 of 1 element. The first is y[0]: yours NaT, expected 2020-01-01.",
        ),
        (
            np.datetime64("2020-01-01"),
            np.datetime64("2020-01-02"),
            "wrong_value",
            "y is wrong. Yours is 2020-01-02, expected 2020-01-01.",
        ),
        (date(2020, 1, 1), "2020-01-01", "wrong_type", "y is text, expected a date."),
        (timedelta(1), 86400, "wrong_type", "y is a number, expected a duration."),
        (
            Fraction(1, 3),
            Fraction(1, 2),
            "wrong_value",
            "y is wrong. Yours is Fraction(1, 2), expected Fraction(1, 3).",
        ),
        (Fraction(1, 3), 1 / 3, "wrong_type", "y is a number, expected a fraction."),
        (
            np.array([None, 1], object),
            np.array([None, 2], object),
            "wrong_value",
            "y[1] is wrong. Yours is 2, expected 1.",
        ),
        (np.zeros(2, "i4,U3"), np.zeros(2, "i4"), "wrong_structure", "y has no field 'f0', 'f1'."),
        (
            np.zeros(2, "i4,f8"),
            np.ones(2, "i4,f8"),
            "wrong_value",
            "y['f0'] is wrong in 2 of 2 elements. The first is y['f0'][0]: yours 1, expected 0.",
        ),
    ],
)
def test_what_is_wrong_is_told(expected: Any, actual: Any, verdict: str, message: str) -> None:
    found = outcome(expected, actual)
    assert (found.verdict.value, found.message) == (verdict, message)


def test_the_tolerance_of_the_exercise_holds_inside_a_set() -> None:
    assert outcome({1.0}, {1.01}).verdict is Verdict.WRONG_VALUE
    assert outcome({1.0}, {1.01}, tolerance=Tolerance(rtol=0.1)) is PASSED


def test_one_entry_stands_for_one_entry_alone() -> None:
    assert outcome({1.0, 1.0 + 1e-9}, {1.0 + 2e-9, 5.0}).verdict is Verdict.WRONG_VALUE


def test_a_reason_tells_no_entry_of_a_set_and_no_label_of_a_row() -> None:
    assert "7431" not in outcome({1}, {7431}).reason
    assert "7431" not in outcome({7431}, {1}).reason
