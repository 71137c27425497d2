"""Compute digests of the files that define an assignment, and of what defines its test cases."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np

import grader
from grader.models.assignment import Assignment


def cases_sha256(assignment: Assignment) -> str:
    """Return the digest of what defines the test cases, the same on all kinds of processor.

    It covers the files of the assignment, the seed, and the versions of this package and of NumPy, which draw
    the cases; of each exercise its name, points, purity and tolerances; of each test case its id, whether it
    is public, and its seed. Arguments and expected answers are left out: they follow from the rest but for
    rounding, which differs between kinds of processor.
    """
    exercises = [
        (
            exercise.name,
            exercise.points,
            exercise.pure,
            astuple(exercise.tolerance),
            [(case.id, case.public, case.call.seed) for case in exercise.cases],
        )
        for exercise in assignment.exercises
    ]
    made_by = (assignment.sha256, assignment.seed_sha256, grader.__version__, np.__version__)
    return hashlib.sha256(json.dumps((made_by, exercises), default=float).encode()).hexdigest()


VERSIONS: tuple[str, ...] = ("broken", "accepted")
"""Folders of test cases that hold other solutions; no test case depends on them."""

FIGURES = "figures"
"""The folder with pictures for the text of a solution; no test case depends on them."""

LEFT_BEHIND = (".", "__pycache__")
"""Prefixes of names that editors, browsers and Python leave behind."""


def sources_sha256(written: Sequence[Path], folders: Iterable[Path]) -> str:
    """Return the SHA-256 of files and of the data in folders, joined by zero bytes, and where modules are.

    Args:
        written: the files of an assignment, in order.
        folders: folders with data for modules and generators; files in `written` count once.

    Returns:
        the digest in hexadecimal digits.
    """
    sha256, among = hashlib.sha256(), [*folders]
    data = [path for folder in among for path in data_in(folder) if path not in written]
    for number, path in enumerate([*written, *data]):
        sha256.update(b"\0" * (number > 0) + path.read_bytes())
    places = [path.relative_to(folder) for path in written for folder in among if path.is_relative_to(folder)]
    packages = [one.as_posix() for one in places if len(one.parts) > 1 and one.parts[0] not in VERSIONS]
    if packages:
        sha256.update("\0".join(packages).encode())
    return sha256.hexdigest()


def data_in(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder in a fixed order, without other solutions, figures and leftovers."""
    aside: tuple[str, ...] = (*VERSIONS, FIGURES)
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(LEFT_BEHIND) and name not in aside
        )
        paths = (Path(place, name) for name in sorted(files) if not name.startswith(LEFT_BEHIND))
        yield from (path for path in paths if path.is_file())
        aside = ()
