"""Tells whether a generated file is current: its numbers may differ by rounding, and nothing else may."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.assignments import handout
from grader.assignments.rounding import same_but_for_rounding
from grader.public_tests.case_file import PublicCase, PublicExercise, read_public


def fault(path: Path, wanted: bytes) -> str:
    """What is wrong with the file at a path that should hold these bytes; empty when it is current."""
    if not path.exists():
        return "is missing"
    data = path.read_bytes()
    if data == wanted or (path.suffix == ".h5" and _same_cases(data, wanted)):
        return ""
    if path.name == handout.NAME and handout.same(data, wanted):
        return ""
    return "is not current"


def _same_cases(one: bytes, other: bytes) -> bool:
    """Whether two files of public cases differ by rounding only; HDF5 also writes them in different bytes."""
    try:
        there, here = _read(one), _read(other)
    except (OSError, KeyError, ValueError, TypeError, AttributeError):  # it is no such file
        return False
    return len(there) == len(here) and all(map(_same_exercise, there, here))


def _same_exercise(one: PublicExercise, other: PublicExercise) -> bool:
    alike = replace(one, cases=()) == replace(other, cases=()) and len(one.cases) == len(other.cases)
    return alike and all(map(same_case, one.cases, other.cases))


def _read(data: bytes) -> tuple[PublicExercise, ...]:
    content: Any = io.BytesIO(data)  # as good as a path to HDF5
    return read_public(content)


def same_case(one: PublicCase, other: PublicCase) -> bool:
    """Whether two cases are the same but for rounding."""
    alike = (one.id, one.seed) == (other.id, other.seed)
    return alike and same_but_for_rounding((one.args, one.expected), (other.args, other.expected))
