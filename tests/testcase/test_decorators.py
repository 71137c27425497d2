"""The decorators keep what they are told, and run nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from grader.comparison.verdict import Tolerance
from grader.testcase import Edition, check, exercise
from grader.testcase.declarations import Arguments, Check, Declaration


def double(rng: np.random.Generator) -> Iterator[Arguments]:
    yield {"x": rng.integers(10)}


def test_a_declaration_keeps_the_generator_and_what_it_was_told() -> None:
    published = ({"x": 1}, {"x": 2})
    editions = (Edition("old template", str),)
    declared = exercise(
        points=5,
        grade_id="cell-1",
        published=iter(published),
        public=3,
        pure=True,
        rtol=1e-3,
        atol=1e-4,
        floor=1e-9,
        allow=iter(["number_for_bool"]),
        editions=iter(editions),
    )(double)
    tolerance = Tolerance(1e-3, 1e-4, 1e-9, ("number_for_bool",))
    assert declared == Declaration(double, 5, "cell-1", published, 3, True, tolerance, editions)


def test_an_exercise_is_ten_points_two_public_cases_and_a_tight_tolerance_unless_told() -> None:
    assert exercise()(double) == Declaration(double, 10, None, (), 2, False, Tolerance(), ())


def test_only_what_is_known_may_be_allowed() -> None:
    assert exercise(allow="either_sign")(double).tolerance.allow == ("either_sign",)
    with pytest.raises(ValueError, match="allow='any_sign': let it be of number_for_bool, array_for_number"):
        exercise(allow=["either_sign", "any_sign"])


def test_the_generator_is_not_run_before_it_is_asked() -> None:
    def generator(rng: np.random.Generator) -> Iterator[Arguments]:
        raise AssertionError

    assert exercise()(generator).generator is generator


def test_a_declaration_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        exercise()(double).points = 100  # type: ignore[misc]  # what must fail


def test_a_check_is_kept_and_not_run() -> None:
    def never_holds(rng: np.random.Generator, reference: Any) -> None:
        raise AssertionError

    assert check(never_holds) == Check(never_holds)


def test_a_check_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        check(lambda rng, reference: None).function = print  # type: ignore[misc]  # what must fail


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        pytest.param({"points": 0}, ValueError, "points=0", id="no points"),
        pytest.param({"points": -5}, ValueError, "points=-5", id="negative points"),
        pytest.param({"points": "10"}, TypeError, "points='10'", id="points in a text"),
        pytest.param({"points": float("nan")}, ValueError, "points=nan", id="points that are no number"),
        pytest.param({"points": float("inf")}, ValueError, "points=inf", id="endless points"),
        pytest.param({"points": True}, TypeError, "points=True", id="a truth for points"),
        pytest.param(
            {"points": 3, "marked": False}, TypeError, "points=3, marked=False", id="points unmarked"
        ),
        pytest.param({"marked": 0}, TypeError, "marked=0", id="a number for marked"),
        pytest.param({"public": 0}, ValueError, "public=0", id="no public test"),
        pytest.param({"public": -1, "published": [{"x": 1}]}, ValueError, "public=-1", id="fewer than none"),
        pytest.param({"public": 1.5}, TypeError, "public=1.5", id="half a public test"),
        pytest.param({"public": True}, TypeError, "public=True", id="a truth for public tests"),
        pytest.param({"rtol": -1e-5}, ValueError, "rtol=-1e-05", id="a negative tolerance"),
        pytest.param({"atol": float("nan")}, ValueError, "atol=nan", id="a tolerance that is no number"),
        pytest.param({"atol": float("inf")}, ValueError, "atol=inf", id="a tolerance for anything"),
        pytest.param({"rtol": "1e-5"}, TypeError, "rtol='1e-5'", id="a tolerance in a text"),
        pytest.param({"grade_id": 3}, TypeError, "grade_id=3", id="an id that is no text"),
        pytest.param({"pure": "yes"}, TypeError, "pure='yes'", id="a truth in a text"),
        pytest.param({"published": [3]}, TypeError, "published", id="calls that are none"),
        pytest.param({"editions": ["old"]}, TypeError, "editions", id="editions that are none"),
    ],
)
def test_an_argument_that_cannot_be_meant_is_refused(
    arguments: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        exercise(**arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param({"points": np.float64(2.5)}, id="a number of NumPy's"),
        pytest.param({"points": np.int64(2), "public": np.int64(3)}, id="whole ones of NumPy's"),
        pytest.param({"public": 0, "published": [{"x": 1}]}, id="only published calls are public"),
        pytest.param({"rtol": 0, "atol": 0}, id="no tolerance"),
    ],
)
def test_an_argument_that_can_be_meant_is_taken(arguments: dict[str, Any]) -> None:
    exercise(**arguments)(double)


@pytest.mark.parametrize("wrong", [lambda: None, lambda rng, reference, more: None, 3])
def test_what_is_no_generator_of_test_cases_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        exercise()(wrong)
