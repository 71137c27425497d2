"""Hints about ratios: a factor is missing or applied twice."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from grader.hints.evidence import Evidence, distinctive, fitting, numbers

LOGARITHMS = {1 / math.log(2): "2", 1 / math.log(10): "10"}


def step(evidence: Evidence) -> str:
    """Detect a change of an input that is a multiple of the expected change."""
    expected, actual = fitting(evidence.spot)
    if actual is None or not evidence.spot.keys:
        return ""
    for given in evidence.inputs():
        before = numbers(given.expected)
        if given.keys[-1:] != evidence.spot.keys[-1:] or before is None or before.shape != expected.shape:
            continue
        ratio = _ratio(actual - before, expected - before)
        if ratio is not None:
            return _meaning_of_step(ratio, [float(x) for x in evidence.args if isinstance(x, float)])
    return ""


def multiple(evidence: Evidence) -> str:
    """Explain a constant ratio of all elements to the expected ones."""
    expected, actual = fitting(evidence.spot)
    ratio = None if actual is None else _ratio(actual, expected)
    if ratio is None:
        return ""
    every = "It is" if expected.ndim == 0 else "Every element is"
    return _meaning(ratio, every, _averaged(expected, evidence.examples)) or (
        f"{every} {simple} times the expected value."
        if (simple := _simple(ratio))
        else "Every element is the same multiple of the expected value."
        if np.count_nonzero(expected) > 1
        else ""
    )


DETECTORS: tuple[Callable[[Evidence], str], ...] = (
    step,
    multiple,
)


def _ratio(actual: Any, expected: Any) -> float | None:
    """Return the ratio of all elements to the expected ones; None if it is not constant, or trivial."""
    nonzero = expected != 0
    if not nonzero.any() or actual[~nonzero].any() or not distinctive(expected):
        return None
    with np.errstate(all="ignore"):
        ratios = actual[nonzero] / expected[nonzero]
    ratio = float(ratios.flat[0])
    if not math.isfinite(ratio) or abs(ratio) < 1e-12 or abs(ratio - 1) < 1e-6:
        return None
    return ratio if np.allclose(ratios, ratio, rtol=1e-9, atol=0) else None


def _averaged(expected: Any, examples: int | None) -> int | None:
    """Return the number of examples m if the answer may be a mean over them, that is, has not m columns."""
    return None if expected.ndim and expected.shape[-1] == examples else examples


def _meaning(ratio: float, every: str, examples: int | None) -> str:
    if math.isclose(ratio, -1):
        return f"{every} the expected value with the opposite sign."
    sign = ", with the opposite sign" if ratio < 0 else ""
    if examples and examples > 1:
        there_are = f"and there are m = {examples} examples"
        if math.isclose(abs(ratio), examples):
            return f"{every} {examples} times the expected value{sign}, {there_are}: is the 1/m missing?"
        if math.isclose(abs(ratio), 1 / examples):
            return f"{every} 1/{examples} of the expected value{sign}, {there_are}: is 1/m there twice?"
        if math.isclose(abs(ratio), examples**2):
            return f"{every} m² times the expected value{sign}, {there_are}: is m in the right place?"
    for factor, base in LOGARITHMS.items():
        if math.isclose(abs(ratio), factor):
            return f"{every} 1/ln {base} times the expected value{sign}: is the logarithm to base {base}?"
    return ""


def _meaning_of_step(ratio: float, scalars: list[float]) -> str:
    """Explain the ratio of a change to the expected change."""
    if math.isclose(ratio, -1):
        return "The step from the input has the opposite sign."
    for scalar in scalars:
        if scalar and math.isclose(ratio, 1 / scalar):
            return "The step from the input lacks a factor that is one of the inputs."
        if scalar and math.isclose(ratio, scalar):
            return "The step from the input has a factor twice that is one of the inputs."
    simple = _simple(ratio)
    return f"The step from the input is {simple} times the expected one." if simple else ""


def _simple(ratio: float) -> str:
    """Format a ratio that is a power of ten or a fraction of small integers; "" for others."""
    exponent = round(math.log10(abs(ratio)))
    if math.isclose(abs(ratio), 10.0**exponent):
        return f"{math.copysign(10.0**exponent, ratio):g}"
    fraction = Fraction(ratio).limit_denominator(12)
    return str(fraction) if abs(fraction) <= 100 and math.isclose(ratio, fraction) else ""
