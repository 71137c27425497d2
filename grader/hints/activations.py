"""Hints about activations: another activation than the expected one was used, forward or backward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import permutations
from typing import Any

import numpy as np

from grader.hints.evidence import Evidence, Spot, close, distinctive, fitting, numbers, spots

NONE = "no activation"

FORWARD: dict[str, Callable[[Any], Any]] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "ReLU": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    NONE: lambda z: z,
}
SLOPES: dict[str, Callable[[Any], Any]] = {
    "sigmoid": lambda z: FORWARD["sigmoid"](z) * (1 - FORWARD["sigmoid"](z)),
    "ReLU": lambda z: z > 0,
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    NONE: np.ones_like,
}


def on_the_way_forward(evidence: Evidence) -> str:
    """Detect that a part of the answer is another activation of a known array than the expected one."""
    arrays = _known(evidence)
    for spot, expected, actual in _wrong(evidence):
        found = {
            mixed
            for z in arrays
            if z.shape == expected.shape
            and (mixed := _mixed_up({name: g(z) for name, g in FORWARD.items()}, expected, actual))
        }
        if len(found) == 1:
            given, wanted = found.pop()
            return f"{_name(evidence, spot)} is made with {given}, where {wanted} is expected."
    return ""


def on_the_way_back(evidence: Evidence) -> str:
    """Detect the slope of another activation in a bias gradient, the mean of dA g'(Z) over the examples."""
    arrays = [array for array in _known(evidence) if array.ndim == 2]
    for spot, expected, actual in _wrong(evidence):
        if expected.ndim != 2 or expected.shape[1] != 1:
            continue
        pairs = permutations([array for array in arrays if len(array) == len(expected)], 2)
        found = {
            mixed
            for dA, Z in pairs
            if dA.shape == Z.shape and (mixed := _mixed_up(_bias_gradients(dA, Z), expected, actual))
        }
        if len(found) == 1:
            given, wanted = found.pop()
            return f"{_name(evidence, spot)} comes back through {given}, where {wanted} is expected."
    return ""


DETECTORS: tuple[Callable[[Evidence], str], ...] = (on_the_way_forward, on_the_way_back)


def _known(evidence: Evidence) -> list[Any]:
    """Return the arrays among the inputs and the expected results."""
    whole = evidence.whole.expected
    values = (numbers(spot.expected) for spot in (*evidence.inputs(), *spots(whole, whole)))
    return [array for array in values if array is not None and array.ndim]


def _wrong(evidence: Evidence) -> Iterator[tuple[Spot, Any, Any]]:
    """Yield (spot, expected, actual) for the wrong parts of the answer that are arrays of the right shape."""
    for spot in spots(evidence.whole.expected, evidence.whole.actual):
        expected, actual = fitting(spot)
        if actual is not None and actual.ndim and distinctive(actual) and not close(actual, expected):
            yield spot, expected, actual


def _bias_gradients(dA: Any, Z: Any) -> dict[str, Any]:  # noqa: N803
    """Return the gradient (n, 1) of a bias for each activation, from dA and Z, both (n, m)."""
    slopes = {name: slope(Z) for name, slope in SLOPES.items()}
    if not Z.all():
        slopes["a ReLU with the slope 1 at Z = 0"] = Z >= 0
    return {name: np.mean(dA * slope, axis=1, keepdims=True) for name, slope in slopes.items()}


def _mixed_up(values: Mapping[str, Any], expected: Any, actual: Any) -> tuple[str, str] | None:
    """Return the names of the values that the answer and the expected answer equal, if one each."""
    given, wanted = (
        [name for name, value in values.items() if close(array, value)] for array in (actual, expected)
    )
    certain = len(given) == len(wanted) == 1 and wanted[0] != NONE
    return (given[0], wanted[0]) if certain else None


def _name(evidence: Evidence, spot: Spot) -> str:
    name = "it" if spot.keys == evidence.spot.keys else evidence.called(spot.keys)
    return name[:1].upper() + name[1:] if name.startswith(("it", "the ", "entry ")) else name
