"""Read and write public test cases as HDF5: inputs and expected answers. Bundled for students.

Each exercise is a group, each case a group in it, each argument and the expected answer a value; see
`stored_values`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py

from grader.comparison.verdict import Raises, Tolerance
from grader.public_tests.stored_values import Large, get_value, put_value


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
    empty if it has none. `parameters` are those of its calls. One that is `pure` may not change them.
    `seconds` is the limit of one call when it is graded, 0 for the usual one.
    """

    name: str
    results: tuple[str, ...]
    tolerance: Tolerance
    cases: tuple[PublicCase, ...]
    driver: str = ""
    judge: str = ""
    parameters: tuple[str, ...] = ()
    pure: bool = False
    seconds: float = 0.0


SOURCES = ("driver", "judge")
"""The fields of an exercise that are source text, and absent for most."""


def write_public(path: Path, exercises: Sequence[PublicExercise]) -> None:
    """Write exercises to a new HDF5 file.

    Args:
        path: the file.
        exercises: the exercises with their public cases.

    Raises:
        ValueError: a text has a character that HDF5 cannot store.
        TypeError: a number is too large for HDF5.
    """
    large: Large = {}
    with h5py.File(path, "w", track_order=True) as file:
        for exercise in exercises:
            group = file.create_group(exercise.name, track_order=True)
            group.attrs.update(results=list(exercise.results), **_attributes(exercise.tolerance))
            for name in SOURCES:
                if source := getattr(exercise, name):
                    group.attrs[name] = source
            if exercise.parameters:
                group.attrs["parameters"] = list(exercise.parameters)
            if exercise.pure:
                group.attrs["pure"] = True
            if exercise.seconds:
                group.attrs["seconds"] = exercise.seconds
            for case in exercise.cases:
                stored = group.create_group(case.id, track_order=True)
                stored.attrs["seed"] = case.seed
                put_value(stored, "args", case.args, large)
                if isinstance(case.expected, Raises):
                    stored.attrs["raises"] = case.expected.exception
                else:
                    put_value(stored, "expected", case.expected, large)
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
                pure=bool(group.attrs.get("pure", False)),
                seconds=float(group.attrs.get("seconds", 0)),
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
        get_value(stored["args"]),
        get_value(stored["expected"]) if raises is None else Raises(str(raises)),
        int(stored.attrs["seed"]),
        bool(stored.attrs.get("kind_only", False)),
    )
