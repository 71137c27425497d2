"""Runs an instructor's own checks of the reference."""

from __future__ import annotations

import textwrap
import traceback
from collections.abc import Iterator

import numpy as np

from grader.assignment import Definition, reference_functions
from grader.testcase import Check

SEEDS = range(3)
LONGEST = 300
"""Characters of a fault: two arrays that differ are told in many lines."""


def failed_checks(definition: Definition) -> Iterator[str]:
    """What the reference does not hold: each check that fails, and with which seed it does first."""
    for name, check in definition.checks.items():
        faults = (fault for seed in SEEDS if (fault := _fault(definition, check, seed)))
        if first := next(faults, ""):
            yield f"{name} {first}"


def _fault(definition: Definition, check: Check, seed: int) -> str:
    try:
        check.function(np.random.default_rng(seed), reference_functions(definition))
    except AssertionError as error:
        asserted = traceback.extract_tb(error.__traceback__)[-1].line
        return _told(seed, str(error) or f"`{asserted}` does not hold")
    except Exception as error:  # noqa: BLE001  # whatever a wrong reference may raise
        return _told(seed, f"it raised {type(error).__name__}: {error}")
    return ""


def _told(seed: int, text: str) -> str:
    return textwrap.shorten(f"(seed {seed}): {text}", LONGEST, placeholder=" ...")
