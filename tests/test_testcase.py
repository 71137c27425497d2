"""The decorators keep what they are told, and run nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from grader.testcase import Arguments, Check, Declaration, Edition, check, exercise


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
        editions=iter(editions),
    )(double)
    assert declared == Declaration(double, 5, "cell-1", published, 3, True, 1e-3, 1e-4, editions)


def test_an_exercise_is_ten_points_two_public_cases_and_a_tight_tolerance_unless_told() -> None:
    assert exercise()(double) == Declaration(double, 10, None, (), 2, False, 1e-5, 1e-7, ())


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
