"""Read and write public test cases as HDF5: inputs and expected answers. Bundled for students.

Each exercise is a group, each case a group in it, each argument and the expected answer a value. A value
is a dataset with the attribute `kind`; a dict, list or tuple is a group of its items in order. Equal large
arrays are one dataset, compressed, with a link for each place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from grader.comparison.verdict import Raises, Tolerance

LARGE = 1 << 14
"""Bytes from which on an array is compressed, and stored once."""


@dataclass(frozen=True)
class PublicCase:
    """One public test case: positional arguments, the expected answer, and the seed of the call.

    `kind_only` says that only the type, structure, shape and dtype of `expected` are meant.
    """

    id: str
    args: tuple[Any, ...]
    expected: Any
    seed: int
    kind_only: bool = False


@dataclass(frozen=True)
class PublicExercise:
    """The public test cases of one graded item, with its result names and tolerance.

    `driver` is the source of the function `drive(student, ...)` that calls it, `judge` that of the judge;
    empty if it has none. `parameters` are those of its calls.
    """

    name: str
    results: tuple[str, ...]
    tolerance: Tolerance
    cases: tuple[PublicCase, ...]
    driver: str = ""
    judge: str = ""
    parameters: tuple[str, ...] = ()


SOURCES = ("driver", "judge")
"""The fields of an exercise that are source text, and absent for most."""


def write_public(path: Path, exercises: Sequence[PublicExercise]) -> None:
    """Write exercises to a new HDF5 file.

    Args:
        path: the file.
        exercises: the exercises with their public cases.

    Raises:
        ValueError: a dictionary has a key that HDF5 cannot name.
    """
    large: dict[tuple[str, bytes], Any] = {}
    with h5py.File(path, "w", track_order=True) as file:
        for exercise in exercises:
            group = file.create_group(exercise.name, track_order=True)
            group.attrs.update(results=list(exercise.results), **_attributes(exercise.tolerance))
            for name in SOURCES:
                if source := getattr(exercise, name):
                    group.attrs[name] = source
            if exercise.judge:
                group.attrs["parameters"] = list(exercise.parameters)
            for case in exercise.cases:
                stored = group.create_group(case.id, track_order=True)
                stored.attrs["seed"] = case.seed
                _put(stored, "args", case.args, large)
                if isinstance(case.expected, Raises):
                    stored.attrs["raises"] = case.expected.exception
                else:
                    _put(stored, "expected", case.expected, large)
                if case.kind_only:
                    stored.attrs["kind_only"] = True


def read_public(path: Path) -> tuple[PublicExercise, ...]:
    """Read exercises that `write_public` wrote."""
    with h5py.File(path, "r") as file:
        return tuple(
            PublicExercise(
                name,
                tuple(group.attrs["results"]),
                _tolerance(group.attrs),
                tuple(_case(case_id, stored) for case_id, stored in group.items()),
                parameters=tuple(group.attrs.get("parameters", ())),
                **{source: str(group.attrs.get(source, "")) for source in SOURCES},
            )
            for name, group in file.items()
        )


def _attributes(tolerance: Tolerance) -> dict[str, Any]:
    """Return a tolerance as HDF5 attributes, without the default values of later additions."""
    usual = Tolerance()
    numbers = {"rtol": tolerance.rtol, "atol": tolerance.atol}
    if tolerance.floor != usual.floor:
        numbers["floor"] = tolerance.floor
    return numbers | ({"allow": list(tolerance.allow)} if tolerance.allow else {})


def _tolerance(attributes: Mapping[str, Any]) -> Tolerance:
    numbers = {name: float(attributes[name]) for name in ("rtol", "atol", "floor") if name in attributes}
    return Tolerance(**numbers, allow=tuple(attributes.get("allow", ())))


def _case(case_id: str, stored: Any) -> PublicCase:
    raises = stored.attrs.get("raises")
    return PublicCase(
        case_id,
        _get(stored["args"]),
        _get(stored["expected"]) if raises is None else Raises(str(raises)),
        int(stored.attrs["seed"]),
        bool(stored.attrs.get("kind_only", False)),
    )


def _put(group: Any, name: str, value: Any, large: dict[tuple[str, bytes], Any]) -> None:
    """Store a value; `large` has the datasets of large arrays so far, by type, shape and content."""
    if isinstance(value, Mapping | list | tuple):
        kind = "dict" if isinstance(value, Mapping) else type(value).__name__
        inside = group.create_group(name, track_order=True)
        inside.attrs["kind"] = kind
        for key, item in _items(value):
            _put(inside, key, item, large)
    elif isinstance(value, np.ndarray) and value.nbytes >= LARGE:
        content = f"{value.dtype} {value.shape}", hashlib.sha256(value.tobytes()).digest()
        if content in large:
            group[name] = large[content]
        else:
            large[content] = group.create_dataset(name, data=value, compression="gzip", shuffle=True)
            large[content].attrs["kind"] = type(value).__name__
    else:
        stored = group.create_dataset(name, data=h5py.Empty("f") if value is None else value)
        stored.attrs["kind"] = type(value).__name__


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the items of a container; keys are text, indices are converted to text."""
    if not isinstance(value, Mapping):
        yield from ((str(index), item) for index, item in enumerate(value))
        return
    for key, item in value.items():
        if not isinstance(key, str) or not key or "/" in key or key == ".":
            raise ValueError(f"a dictionary with the key {key!r} cannot be a public case")
        yield key, item


def _get(stored: Any) -> Any:
    kind = stored.attrs["kind"]
    if kind == "dict":
        return {key: _get(item) for key, item in stored.items()}
    if kind in ("list", "tuple"):
        items = [_get(item) for item in stored.values()]
        return items if kind == "list" else tuple(items)
    if kind == "NoneType":
        return None
    if kind == "str":
        return stored[()].decode()
    plain = stored[()]
    return plain.item() if kind in ("bool", "int", "float", "complex") else plain
