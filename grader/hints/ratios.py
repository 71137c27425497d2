"""Hints about ratios: a factor is missing or applied twice."""

from __future__ import annotations

import itertools
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
    """Explain a constant ratio of all elements to the expected ones, if it means the same in every case."""
    meaning, text = _explained(evidence)
    same = (other for other in evidence.elsewhere if other.spot.keys == evidence.spot.keys)
    rooted = meaning.startswith("root")
    alike = all(o.spot.right or _explained(o, squares=rooted)[0] in (meaning, "") for o in same)
    return text if alike else ""


def _explained(evidence: Evidence, *, squares: bool = False) -> tuple[str, str]:
    """Return what the ratio to the expected numbers means, and a sentence about it; ("", "") if nothing.

    With `squares`, a fraction may be the root of a size that is a square number, as of 1.
    """
    expected, actual = fitting(evidence.spot)
    ratio = None if actual is None else _ratio(actual, expected)
    if ratio is None:
        return "", ""
    every = "It is" if expected.ndim == 0 else "Every element is"
    known = _meaning(ratio, every, _averaged(expected, evidence.examples), evidence, squares=squares)
    if known[0]:
        return known
    if simple := _simple(ratio):
        exponent = round(math.log10(abs(ratio)))
        power = exponent and math.isclose(ratio, 10.0**exponent)
        factor = f": is a factor of {10.0**-exponent:g} missing?" if power and 0 < exponent < 4 else "."
        return simple, f"{every} {simple} times the expected value{factor}"
    several = np.count_nonzero(expected) > 1
    return ("other", f"{every} the same multiple of the expected value.") if several else ("", "")


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


def _meaning(
    ratio: float, every: str, examples: int | None, evidence: Evidence, *, squares: bool
) -> tuple[str, str]:
    """Return what a ratio means, and a sentence about it."""
    if math.isclose(ratio, -1):
        return "-1", f"{every} the expected value with the opposite sign."
    sign = ", with the opposite sign" if ratio < 0 else ""
    value = f"the expected value{sign}"
    if examples and examples > 1:
        there_are = f"and there are m = {examples} examples"
        if math.isclose(abs(ratio), examples):
            return "m", f"{every} {examples} times {value}, {there_are}: is the 1/m missing?"
        if math.isclose(abs(ratio), 1 / examples):
            return "1/m", f"{every} 1/{examples} of {value}, {there_are}: is 1/m there twice?"
        if math.isclose(abs(ratio), examples**2):
            return "m²", f"{every} m² times {value}, {there_are}: is m in the right place?"
        for rows in _rows(evidence) - {examples, 1}:
            if math.isclose(abs(ratio), examples / rows):
                many = f"{examples}/{rows} times {value}: the m = {examples} examples are the columns"
                return "m/n", f"{every} {many}, and it is divided by {rows}, a number of rows."
    for factor, base in LOGARITHMS.items():
        if math.isclose(abs(ratio), factor):
            return f"log{base}", f"{every} 1/ln {base} times {value}: is the logarithm to base {base}?"
    return _root(ratio, every, evidence, squares=squares)


def _root(ratio: float, every: str, evidence: Evidence, *, squares: bool) -> tuple[str, str]:
    """Detect 1/sqrt(n) or sqrt(2/n), n a size of the inputs, in a ratio, beside a power of ten."""
    for power, size, top in itertools.product(
        (1, 10, 100, 1000), sorted(_sizes(evidence) - ({0} if squares else {0, 1})), (1, 2)
    ):
        if ratio < 0 or not math.isclose((ratio / power) ** 2, top / size, rel_tol=1e-9):
            continue
        if (
            not squares and math.isqrt(top * size) ** 2 == top * size
        ):  # a fraction that another size could give too
            continue
        factor = f"sqrt({top}/{size})" if top > 1 else f"1/sqrt({size})"
        times, place = (
            (f"{power}*{factor}", f" in the place of {1 / power:g}") if power > 1 else (factor, ", too")
        )
        return (
            f"root{power}",
            f"{every} {times} times the expected value: is the factor {factor} there{place}?",
        )
    return "", ""


def _rows(evidence: Evidence) -> set[int]:
    return {len(arg) for arg in _matrices(evidence)}


def _sizes(evidence: Evidence) -> set[int]:
    """Return the integers among the inputs, and the sizes of the matrices."""
    integers = {spot.expected for spot in evidence.inputs() if type(spot.expected) is int}
    return integers | {size for matrix in _matrices(evidence) for size in matrix.shape}


def _matrices(evidence: Evidence) -> list[Any]:
    arrays = (spot.expected for spot in evidence.inputs())
    return [array for array in arrays if isinstance(array, np.ndarray) and array.ndim == 2]


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
