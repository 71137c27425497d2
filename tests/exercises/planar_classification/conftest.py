"""The exercise on points of the plane: its solution, its test cases, and what students receive with it."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.assignments.course import Course
from grader.assignments.definition import importable, reference_functions
from grader.assignments.loader import load
from grader.testcase.declarations import Declaration

COURSE = Path(__file__).parents[3]
NAME = "planar_classification"

Call = Mapping[str, Any]


@pytest.fixture(scope="session")
def released() -> Path:
    """The folder that students receive."""
    return COURSE / "assignments" / NAME


@pytest.fixture(scope="module", autouse=True)
def provided() -> Iterator[None]:
    """Make the provided modules importable, as they are for the solution, and forget them afterwards."""
    with importable(COURSE / "solutions" / NAME):
        yield


@pytest.fixture(scope="module")
def reference() -> SimpleNamespace:
    """The functions of the solution."""
    return reference_functions(load(Course(COURSE), NAME))


@pytest.fixture(scope="module")
def earlier() -> SimpleNamespace:
    """The functions of the edition of 2017."""
    [(_, edition)] = load(Course(COURSE), NAME).editions
    return reference_functions(edition)


@pytest.fixture(scope="module")
def declarations() -> dict[str, Declaration]:
    """What the test-case file declares, by graded function, in its order."""
    names = runpy.run_path(str(COURSE / "testcases" / f"{NAME}.py"))
    return {name: value for name, value in names.items() if isinstance(value, Declaration)}


@pytest.fixture(scope="module")
def generate(
    declarations: dict[str, Declaration], reference: SimpleNamespace
) -> Callable[[str, int], list[Call]]:
    """A function that returns the generated calls of one graded function for a seed."""

    def calls(name: str, seed: int = 0) -> list[Call]:
        generator = declarations[name].generator
        more = (reference,) if name == "backward_propagation" else ()
        return list(generator(np.random.default_rng(seed), *more))

    return calls
