"""Recognise known mistakes by their answers to the public cases; read and write them as HDF5.

`grader release` writes the file for graders; students never receive it. Each function is a group with
one row per mistake: the text about it, the structure of its answers, and its share of the group's
`numbers`, in which the numbers of all mistakes are concatenated.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from grader.models import serialization
from grader.models.assignment import Mistake
from grader.models.execution import Run, Status
from grader.models.values import Value
from grader.plain.frames import Frame, Labels, Series, columns_of
from grader.plain.records import Instance


def signature(runs: Iterable[Run]) -> tuple[str, np.ndarray]:
    """Return the answers of some calls as (text of their structure, all their numbers as a vector (n,))."""
    shapes: list[str] = []
    numbers: list[np.ndarray] = []
    for run in runs:
        if run.status is Status.RETURNED:
            shapes.append(_flatten(run.value, numbers))
        else:
            shapes.append(run.status)
    return " ".join(shapes), np.concatenate([np.empty(0), *numbers])


def recognise(mistakes: Collection[Mistake], runs: Sequence[Run]) -> str:
    """Return the text about the known mistake that gives the same answers to the public cases.

    Mistakes with the same answers cannot be distinguished, so the text is empty unless all of them have
    the same one.

    Args:
        mistakes: those of the function.
        runs: the run of each public case.

    Returns:
        the text, or "".
    """
    if not mistakes or all(run.status is not Status.RETURNED for run in runs):
        return ""
    structure, numbers = signature(runs)
    same = [
        mistake
        for mistake in mistakes
        if mistake.structure == structure
        and np.allclose(mistake.numbers, numbers, rtol=1e-6, atol=1e-9, equal_nan=True)
    ]
    texts = {mistake.says for mistake in same if mistake.by_hand} or {mistake.says for mistake in same}
    return texts.pop() if len(texts) == 1 else ""


def _flatten(value: Value, numbers: list[np.ndarray]) -> str:
    """Return the structure of a value, and append its numbers to `numbers`."""
    if isinstance(value, Mapping):
        items = sorted(value.items(), key=lambda item: repr(item[0]))  # key order is irrelevant
        return "{" + ",".join(f"{key!r}:{_flatten(item, numbers)}" for key, item in items) + "}"
    if isinstance(value, list | tuple):
        return "(" + ",".join(_flatten(item, numbers) for item in value) + ")"
    if isinstance(value, Instance):
        return value.kind + _flatten(value.attributes, numbers)
    if isinstance(value, Frame | Series | Labels):
        columns = [column.entries() for column in columns_of(value)]
        return type(value).__name__ + _flatten(columns, numbers)
    if isinstance(value, np.ndarray) and value.dtype.kind == "O":
        return f"{value.shape}{_flatten([*value.flat], numbers)}"
    if isinstance(value, _EXACT) or (isinstance(value, np.ndarray) and value.dtype.kind in "USMm"):
        return f"{type(value).__name__}:{hashlib.sha256(serialization.encode(value)).hexdigest()[:16]}"
    if (
        isinstance(value, bool | int | float | np.ndarray | np.generic)
        and np.asarray(value).dtype.kind in "biuf"
    ):
        array: Any = np.asarray(value, float)
        numbers.append(array.ravel())
        return str(array.shape).replace(" ", "")
    return repr(value) if isinstance(value, str | None) else type(value).__name__


_EXACT = (set, frozenset, date, timedelta, np.datetime64, np.timedelta64)
"""What is the same mistake only if it is equal; so are arrays of texts and dates."""

PACKED = {"compression": "gzip", "shuffle": True}


def write_mistakes(path: Path | BinaryIO, digest: str, mistakes: Iterable[Mistake]) -> None:
    """Write mistakes to an HDF5 file.

    Args:
        path: a new file, or one that is open.
        digest: the digest of what the mistakes were made from.
        mistakes: the mistakes.
    """
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
    """Return the mistakes in a file, read once.

    Args:
        path: the HDF5 file.
        digest: the digest of what they have to be made from.

    Returns:
        the mistakes; none if the file has another digest.
    """
    made_from, mistakes = read_mistakes(path)
    return mistakes if made_from == digest else ()


def read_mistakes(path: Path) -> tuple[str, tuple[Mistake, ...]]:
    """Return the digest and the mistakes in a file; ("", ()) if it is missing or of another format."""
    import h5py  # heavy, and needed only for failures

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
