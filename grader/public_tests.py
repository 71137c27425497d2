"""The public tests of an exercise, run beside the notebook by the same comparison that grades it.

`from public_tests import *` brings `<function>_test` for each graded function, and the names
`<function>_test_1` and `<function>_test_2` that earlier notebooks call.
"""

from __future__ import annotations

import copy
import functools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from grader.casefile import PublicExercise, read_public
from grader.compare import compare
from grader.verdict import Tolerance, Verdict


def run_public_tests(exercise: PublicExercise, function: Callable[..., Any]) -> None:
    """Try a student's function on the public test cases of an exercise.

    Prints `All tests passed`, or that the function is not written yet.

    Raises:
        AssertionError: an answer is not the expected one; the text says where.
    """
    for case in exercise.cases:
        with _seeded(case.seed):
            try:
                answer = function(*copy.deepcopy(case.args))
            except NotImplementedError:
                print(f"{exercise.name} is not written yet.")  # noqa: T201  # read in the notebook
                return
        tolerance = Tolerance(exercise.rtol, exercise.atol)
        outcome = compare(case.expected, answer, exercise.results, tolerance)
        if outcome.verdict is not Verdict.PASSED:
            raise AssertionError(f"{exercise.name}, public test {case.id}: {outcome.message}")
    print("All tests passed")  # noqa: T201
    print("These were the public tests; hidden cases run after you submit.")  # noqa: T201


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Seed the global generators as the grader does, and leave the notebook's own draws undisturbed."""
    before = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(before[0])
        np.random.set_state(before[1])  # noqa: NPY002


def public_tests(path: Path) -> dict[str, Callable[[Callable[..., Any]], None]]:
    """The test functions of the exercises in a file of public cases, by the names that notebooks call."""
    return {
        f"{exercise.name}_test{ending}": functools.partial(run_public_tests, exercise)
        for exercise in read_public(path)
        for ending in ("", "_1", "_2")
    }
