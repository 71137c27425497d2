"""Tests of numbers: how far an answer may be off, and what an exercise may allow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from answers import Z

from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Tolerance, Verdict

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
        pytest.param("array_for_number", 2.5, np.array([[2.5]]), Verdict.PASSED, id="(1, 1)"),
        pytest.param("array_for_number", 2.5, np.zeros((1, 0)), Verdict.WRONG_SHAPE, id="no element"),
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
