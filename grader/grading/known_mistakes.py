"""Recognises known mistakes by the answers they give to the public cases, and keeps them on disk as HDF5.

The file is made by `grader release` for graders; students never receive it. Each function is a group with
one row for each of its mistakes: what is said of it, the structure of its answers, and how many of the
group's `numbers`, which stand one mistake after the other, are its own.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from grader.models.assignment import Mistake
from grader.models.execution import Run, Status
from grader.models.values import Value


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


PACKED = {"compression": "gzip", "shuffle": True}


def write_mistakes(path: Path | BinaryIO, digest: str, mistakes: Iterable[Mistake]) -> None:
    """Write mistakes to a new file, or to one that is open; `digest` is of what they were made from."""
    import h5py

    with h5py.File(path, "w", track_order=True) as file:
        file.attrs["digest"] = digest
        by_function = sorted(mistakes, key=lambda mistake: mistake.function)
        for function, of_one in itertools.groupby(by_function, key=lambda mistake: mistake.function):
            alike = list(of_one)
            group = file.create_group(function)
            group.create_dataset("numbers", data=np.concatenate([m.numbers for m in alike]), **PACKED)
            group["lengths"] = [mistake.numbers.size for mistake in alike]
            group["structures"] = [mistake.structure for mistake in alike]
            group["says"] = [mistake.says for mistake in alike]
            group["by_hand"] = [mistake.by_hand for mistake in alike]


@functools.lru_cache(maxsize=8)
def known_mistakes(path: Path, digest: str) -> tuple[Mistake, ...]:
    """The mistakes of a file, read once; none when it was made from something else."""
    made_from, mistakes = read_mistakes(path)
    return mistakes if made_from == digest else ()


def read_mistakes(path: Path) -> tuple[str, tuple[Mistake, ...]]:
    """The digest and the mistakes of a file; nothing of one that is not there, or is not ours."""
    import h5py  # only when something is wrong: most graders never need it

    try:
        with h5py.File(path, "r") as file:
            groups = [_mistakes(function, group) for function, group in file.items()]
            return str(file.attrs["digest"]), tuple(itertools.chain.from_iterable(map(list, groups)))
    except (OSError, KeyError):
        return "", ()


def _mistakes(function: str, group: Any) -> Iterator[Mistake]:
    ends = np.cumsum(group["lengths"][()])
    numbers = np.split(group["numbers"][()], ends[:-1])
    rows = zip(group["says"][()], group["by_hand"][()], group["structures"][()], numbers, strict=True)
    for says, by_hand, structure, own in rows:
        yield Mistake(function, says.decode(), bool(by_hand), structure.decode(), own)
