"""Facts of arrays: how the numbers or the shape of one differ from what is expected."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from grader.diagnose.evidence import Evidence, Spot, close, distinctive, numbers, same, spots

FEW = 4
"""Fewer numbers than these have a property by accident."""

LOGARITHMS = {1 / math.log(2): "2", 1 / math.log(10): "10"}

ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "ReLU": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
}


# ---------------------------------------------------------------- shapes


def transposed(evidence: Evidence) -> str:
    """Rows and columns have changed places."""
    expected, actual = _both(evidence.spot)
    if expected is None or actual is None or expected.ndim != 2 or actual.shape != expected.T.shape:
        return ""
    if distinctive(actual) and close(actual, expected.T) and not same(actual, expected):
        return "It is transposed."
    if actual.shape != expected.shape:
        return "The number of its rows and the number of its columns have changed places."
    return ""


def summed_too_far(evidence: Evidence) -> str:
    """One number stands for many, or the sum runs along the wrong axis."""
    expected, actual = _both(evidence.spot)
    if expected is None or actual is None or expected.shape == actual.shape or expected.size < 2:
        return ""
    if actual.size == 1 and distinctive(actual):
        for reduce, word in ((np.sum, "sum"), (np.mean, "mean")):
            if close(actual.reshape(()), reduce(expected)):
                return f"It is the {word} of all the numbers that are expected: is `axis` missing?"
    m = evidence.examples
    if m and m > 1 and actual.size == m != expected.size and m not in expected.shape:
        return f"It has one number for each of the m = {m} examples: is the axis the right one?"
    return ""


def axis_lost_or_added(evidence: Evidence) -> str:
    """The numbers are as many as expected, under another number of axes."""
    expected, actual = _both(evidence.spot)
    if expected is None or actual is None or expected.shape == actual.shape or expected.size != actual.size:
        return ""
    if actual.ndim < expected.ndim and actual.size and actual.squeeze().shape == expected.squeeze().shape:
        return f"It has lost {_axes(expected.ndim - actual.ndim)} of length 1: is `keepdims=True` missing?"
    if actual.ndim > expected.ndim and actual.squeeze().shape == expected.squeeze().shape:
        return f"It has {_axes(actual.ndim - expected.ndim)} of length 1 too many."
    if distinctive(actual) and close(actual.ravel(), expected.ravel()):
        return "Its numbers are right and in the right order; only its shape is wrong."
    return ""


def rows_or_columns(evidence: Evidence) -> str:
    """Which of the two sizes of a matrix is wrong."""
    expected, actual = _both(evidence.spot)
    if expected is None or actual is None or expected.shape == actual.shape:
        return ""
    if expected.ndim > 0 and actual.ndim == 0:
        return "It is a single number, and an array is expected."
    if expected.ndim != 2 or actual.ndim != 2:
        return ""
    wrong = [a != e for a, e in zip(actual.shape, expected.shape, strict=True)]
    if all(wrong):
        return "Both the number of its rows and the number of its columns are wrong."
    right, other = ("columns", "rows") if wrong[0] else ("rows", "columns")
    return f"The number of its {right} is right; only the number of its {other} is wrong."


# ---------------------------------------------------------------- odd numbers


def whole_numbers(evidence: Evidence) -> str:
    """Integers or truth values stand for fractions."""
    kind = getattr(getattr(evidence.spot.actual, "dtype", None), "kind", "")
    expected = numbers(evidence.spot.expected)
    if expected is None or np.asarray(evidence.spot.expected).dtype.kind != "f":
        return ""
    if kind in {"i", "u"}:
        return "An array of whole numbers cuts off the fractions of what is stored in it."
    return "A comparison such as `>` gives truth values, not numbers." if kind == "b" else ""


def not_finite(evidence: Evidence) -> str:
    """Where NaN and infinity come from."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or not np.isfinite(expected).all() or np.isfinite(actual).all():
        return ""
    if np.isnan(actual).any():
        return "NaN comes from 0/0, from infinity minus infinity, or from a logarithm or root below 0."
    return "An infinite number comes from a division by 0, from log(0), or from a number that is too large."


def all_equal(evidence: Evidence) -> str:
    """One number everywhere."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or actual.size == 0 or np.unique(actual).size > 1:
        return ""
    value = float(actual.flat[0])
    if np.unique(expected).size >= FEW or (expected.size and not expected.any() and value == 1):
        return f"All its elements are {value:g}." if value in {0, 1} else "All its elements are equal."
    return ""


def uniform(evidence: Evidence) -> str:
    """Uniform numbers stand for normal ones."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or actual.size < FEW or (actual <= 0).any():
        return ""
    both_signs = (expected < 0).any() and (expected > 0).any()
    if both_signs and abs(expected.mean()) < expected.std():
        return f"All its {actual.size} numbers are positive; those of `np.random.randn` have both signs."
    return ""


# ---------------------------------------------------------------- the same numbers, changed


def rounded(evidence: Evidence) -> str:
    """The digits end too early."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or not distinctive(expected) or not actual.any() or not np.isfinite(actual).all():
        return ""
    for decimals in range(7):
        if np.array_equal(actual, np.round(expected, decimals)):
            return f"It is rounded to {decimals} decimals."
    with np.errstate(over="ignore"):
        half = expected.astype(np.float16).astype(np.float64)
    return "It has the few digits of float16." if np.array_equal(actual, half) else ""


def multiple(evidence: Evidence) -> str:
    """What a constant ratio of all elements means."""
    expected, actual = _fitting(evidence.spot)
    ratio = None if actual is None else _ratio(actual, expected)
    if ratio is None:
        return ""
    every = "It is" if expected.ndim == 0 else "Every element is"
    return _meaning(ratio, every, evidence.examples) or (
        f"{every} {simple} times the expected value."
        if (simple := _simple(ratio))
        else "Every element is the same multiple of the expected value."
        if np.count_nonzero(expected) > 1
        else ""
    )


def step(evidence: Evidence) -> str:
    """The change from an input is a multiple of the expected change."""
    expected, actual = _fitting(evidence.spot)
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


def term(evidence: Evidence) -> str:
    """The difference is an input: a term of a sum is missing or has the wrong sign."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or actual.ndim == 0 or not distinctive(actual - expected):
        return ""
    found = set()
    for given in evidence.inputs():
        addend = numbers(given.expected)
        if addend is not None and addend.ndim and _broadcasts(addend, expected):
            found |= {
                f"An input of shape {addend.shape} is {TERMS[times]}."
                for times in TERMS
                if close(actual - expected, times * addend)
            }
    return found.pop() if len(found) == 1 else ""


TERMS = {
    -1: "missing from the sum",
    -2: "subtracted where it should be added",
    1: "added once too often",
    2: "added where it should be subtracted",
}


def signs(evidence: Evidence) -> str:
    """The magnitudes are right."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or not distinctive(expected) or np.count_nonzero(expected) < 2:
        return ""
    if close(np.abs(actual), np.abs(expected)):
        return "Every number is right but for its sign, and some signs are wrong."
    return ""


def offset(evidence: Evidence) -> str:
    """All elements, or those of each row or column, are off by the same amount."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or not np.isfinite(actual).all() or actual.size < FEW:
        return ""
    off = actual - expected
    scale = max(np.abs(actual).max(), np.abs(expected).max())
    if np.ptp(off) <= 1e-9 * scale:
        return "Every element is off by the same amount."
    for axis, lines in ((1, "row"), (0, "column")):
        if off.ndim == 2 and min(off.shape) > 1 and np.ptp(off, axis=axis).max() <= 1e-9 * scale:
            return f"All elements of a {lines} are off by the same amount."
    return ""


def permuted(evidence: Evidence) -> str:
    """Rows or columns are right, but stand in another order."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or actual.ndim != 2 or not distinctive(expected):
        return ""
    for e, a, lines in ((expected, actual, "rows"), (expected.T, actual.T, "columns")):
        if 1 < len(e) <= 100 and close(a[::-1], e):
            return f"Its {lines} are in reverse order."
        if 1 < len(e) <= 100 and _is_permuted(e, a):
            return f"Its {lines} are right, but in another order."
    return ""


def one_line_wrong(evidence: Evidence) -> str:
    """All that is wrong is in one row or column."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or actual.ndim != 2:
        return ""
    wrong = ~np.isclose(actual, expected, rtol=1e-6, atol=1e-9 * np.abs(expected).max(initial=0))
    for axis, line in ((1, "row"), (0, "column")):
        lines = wrong.any(axis=axis)
        if lines.sum() == 1 and len(lines) > 2:
            return f"Only {line} {int(lines.argmax())} is wrong."
    return ""


def zeros(evidence: Evidence) -> str:
    """The wrong elements are those that should be zero, or are zero and should not be."""
    expected, actual = _fitting(evidence.spot)
    if actual is None or not expected.any():
        return ""
    wrong = ~np.isclose(actual, expected, rtol=1e-6, atol=1e-9 * np.abs(expected).max(initial=0))
    if np.array_equal(wrong, expected == 0) and wrong.any():
        return "It is wrong just where it should be 0."
    if wrong.any() and not wrong.all() and not actual[wrong].any():
        return "Where it is wrong, it is 0."
    return ""


def activation(evidence: Evidence) -> str:
    """Another activation than the expected one made a part of the answer, or none."""
    whole = evidence.whole
    known = [*evidence.inputs(), *spots(whole.expected, whole.expected)]
    arrays = [array for spot in known if (array := numbers(spot.expected)) is not None and array.ndim]
    for spot in spots(whole.expected, whole.actual):
        expected, actual = _fitting(spot)
        if actual is None or not distinctive(actual) or same(actual, expected):
            continue
        found = {
            said for z in arrays if z.shape == expected.shape if (said := _mixed_up(z, expected, actual))
        }
        if len(found) == 1:
            name = (
                "" if spot is evidence.spot or spot.keys == evidence.spot.keys else evidence.called(spot.keys)
            )
            return f"{f'In {name}: ' if name else ''}{found.pop()}"
    return ""


OF_SHAPES: tuple[Callable[[Evidence], str], ...] = (transposed, summed_too_far, axis_lost_or_added)
OF_NUMBERS: tuple[Callable[[Evidence], str], ...] = (
    not_finite,
    whole_numbers,
    activation,
    step,
    term,
    all_equal,
    rounded,
    multiple,
    signs,
    offset,
    permuted,
    zeros,
    uniform,
)


# ---------------------------------------------------------------- arithmetic


def _both(spot: Spot) -> tuple[Any, Any]:
    return numbers(spot.expected), numbers(spot.actual)


def _fitting(spot: Spot) -> tuple[Any, Any]:
    """The expected and the actual numbers; both None when they are no numbers, or of different shapes."""
    expected, actual = _both(spot)
    if expected is None or actual is None or expected.shape != actual.shape:
        return None, None
    return expected, actual


def _axes(n: int) -> str:
    return "an axis" if n == 1 else f"{n} axes"


def _ratio(actual: Any, expected: Any) -> float | None:
    """The ratio of all elements to the expected ones, if they have the same and it is no accident."""
    nonzero = expected != 0
    if not nonzero.any() or actual[~nonzero].any() or not distinctive(expected):
        return None
    with np.errstate(all="ignore"):
        ratios = actual[nonzero] / expected[nonzero]
    ratio = float(ratios.flat[0])
    if not math.isfinite(ratio) or abs(ratio) < 1e-12 or abs(ratio - 1) < 1e-6:
        return None
    return ratio if np.allclose(ratios, ratio, rtol=1e-9, atol=0) else None


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
    """What the ratio of a change to the expected change means."""
    if math.isclose(ratio, -1):
        return "The step from the input has the opposite sign."
    for scalar in scalars:
        if scalar and math.isclose(ratio, 1 / scalar):
            return "The step from the input lacks a factor, which is an input too."
        if scalar and math.isclose(ratio, scalar):
            return "The step from the input has a factor twice, which is an input too."
    simple = _simple(ratio)
    return f"The step from the input is {simple} times the expected one." if simple else ""


def _simple(ratio: float) -> str:
    """A ratio of small whole numbers, or a power of ten, in words; nothing if it is neither."""
    exponent = round(math.log10(abs(ratio)))
    if math.isclose(abs(ratio), 10.0**exponent):
        return f"{math.copysign(10.0**exponent, ratio):g}"
    fraction = Fraction(ratio).limit_denominator(12)
    return str(fraction) if abs(fraction) <= 100 and math.isclose(ratio, fraction) else ""


def _broadcasts(addend: Any, whole: Any) -> bool:
    try:
        return bool(np.broadcast_shapes(addend.shape, whole.shape) == whole.shape)
    except ValueError:
        return False


def _is_permuted(expected: Any, actual: Any) -> bool:
    """Whether every row is just one of the expected rows, and each of these is there once."""
    places = [[j for j, row in enumerate(expected) if close(line, row)] for line in actual]
    return all(len(found) == 1 for found in places) and len({found[0] for found in places}) == len(expected)


def _mixed_up(z: Any, expected: Any, actual: Any) -> str:
    """Whether two arrays are different activations of a third."""
    with np.errstate(all="ignore"):
        values = {name: function(z) for name, function in ACTIVATIONS.items()}
    wanted = next(_named(values, expected), "")
    given = next(_named({**values, "no activation": z}, actual), "")
    return f"It is made with {given}, where {wanted} is expected." if wanted and given else ""


def _named(values: dict[str, Any], array: Any) -> Iterator[str]:
    return (name for name, value in values.items() if close(array, value))
