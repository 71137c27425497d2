"""Run an instructor's own checks of the reference."""

from __future__ import annotations

import textwrap
import traceback
from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np

from grader.assignments.data_files import data_at_hand
from grader.assignments.definition import Definition, reference_functions
from grader.assignments.generators import instructor_errors
from grader.testcase.declarations import Check

SEEDS = range(3)
LONGEST = 300
"""The largest length of a message, in characters: two differing arrays take many lines."""


def failed_checks(definition: Definition) -> Iterator[str]:
    """Yield a message for each check that fails, with the first seed on which it does."""
    path = definition.course.testcases(definition.name)
    reference = reference_functions(definition)
    for name, check in definition.checks.items():
        faults = (fault for seed in SEEDS if (fault := _fault(check, seed, reference)))
        with (
            instructor_errors(path, f"the check {name}", "Let it take less."),
            data_at_hand(definition.folder),
        ):
            first = next(faults, "")
        if first:
            yield f"{name} {first}"


def _fault(check: Check, seed: int, reference: SimpleNamespace) -> str:
    try:
        check.function(np.random.default_rng(seed), reference)
    except AssertionError as error:
        asserted = traceback.extract_tb(error.__traceback__)[-1].line
        return _with_seed(seed, str(error) or f"`{asserted}` does not hold")
    except Exception as error:  # noqa: BLE001  # whatever a wrong reference may raise
        return _with_seed(seed, f"it raised {type(error).__name__}: {error}")
    return ""


def _with_seed(seed: int, text: str) -> str:
    return textwrap.shorten(f"(seed {seed}): {text}", LONGEST, placeholder=" ...")
