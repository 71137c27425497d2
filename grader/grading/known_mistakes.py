"""Recognises a known mistake by the answers it gives to the public cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.model import Mistake, Run, Status, Value


def signature(runs: Iterable[Run]) -> tuple[str, np.ndarray]:
    """The answers of some calls as a text of their structure, and all their numbers in a row."""
    shapes: list[str] = []
    numbers: list[np.ndarray] = []
    for run in runs:
        if run.status is Status.RETURNED:
            shapes.append(_flatten(run.value, numbers))
        else:
            shapes.append(run.status)
    return " ".join(shapes), np.concatenate([np.empty(0), *numbers])


def recognise(mistakes: Iterable[Mistake], runs: Sequence[Run]) -> str:
    """What to say of a function that answers the public cases as a known mistake does.

    Mistakes that give the same answers cannot be told apart, so nothing is said unless all of them say
    the same.

    Args:
        mistakes: those of the function.
        runs: what the function did with each public case.
    """
    if all(run.status is not Status.RETURNED for run in runs):
        return ""
    structure, numbers = signature(runs)
    same = [
        mistake
        for mistake in mistakes
        if mistake.structure == structure
        and np.allclose(mistake.numbers, numbers, rtol=1e-6, atol=1e-9, equal_nan=True)
    ]
    said = {mistake.says for mistake in same if mistake.by_hand} or {mistake.says for mistake in same}
    return said.pop() if len(said) == 1 else ""


def _flatten(value: Value, numbers: list[np.ndarray]) -> str:
    """The structure of a value; its numbers go to the end of `numbers`."""
    if isinstance(value, Mapping):
        items = sorted(value.items(), key=lambda item: repr(item[0]))  # the order of keys means nothing
        return "{" + ",".join(f"{key!r}:{_flatten(item, numbers)}" for key, item in items) + "}"
    if isinstance(value, list | tuple):
        return "(" + ",".join(_flatten(item, numbers) for item in value) + ")"
    if (
        isinstance(value, bool | int | float | np.ndarray | np.generic)
        and np.asarray(value).dtype.kind in "biuf"
    ):
        array: Any = np.asarray(value, float)
        numbers.append(array.ravel())
        return str(array.shape).replace(" ", "")
    return repr(value) if isinstance(value, str | None) else type(value).__name__
