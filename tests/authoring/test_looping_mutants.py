"""Mutants that do not end are tried for a while, and then no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.mutation_audit import audit
from grader.authoring.validate import findings
from grader.grading.reference import prepare
from grader.models.execution import Call, Program
from grader.sandbox.fork_server import ForkServer

SOLUTION = '''import numpy as np


# GRADED FUNCTION: half
def half(x):
    """Return x / 2."""
    # YOUR CODE STARTS HERE
    y = x / 2
    # YOUR CODE ENDS HERE
    return y


# GRADED FUNCTION: quarter
def quarter(x):
    """Return x / 4."""
    # YOUR CODE STARTS HERE
    y = half(x) / 2
    # YOUR CODE ENDS HERE
    return y
'''

SEES = '''"""Numbers to divide."""

import numpy as np

from grader.testcase import exercise


@exercise(public=1)
def half(rng):
    """Zero first, from which little can be told."""
    yield {"x": np.zeros(2)}
    yield {"x": rng.uniform(1, 2, 3)}


quarter = exercise(public=1)(half.generator)
'''
LOOP = "    n = 1\n    while n > 0:\n        n -= 1\n"
LOOPS = SOLUTION.replace("    y = x / 2\n", f"    y = x / 2\n{3 * LOOP}")


def test_mutants_that_do_not_end_are_tried_until_they_took_long(
    small_course: Callable[..., Course], sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = SEES.replace("public=1", "public=1, time=1")
    definition = load(small_course(LOOPS, soon), "small")
    assignment = prepare(definition, sandbox, "s")
    all_of_them = audit(definition, assignment, sandbox)
    assert all_of_them.untried == 0
    monkeypatch.setattr("grader.authoring.mutation_audit.BEYOND", 0.8)
    some = audit(definition, assignment, sandbox)
    assert some.untried > 0
    assert some.count + some.untried == all_of_them.count
    assert {one.function for one in some.mistakes} == {"half", "quarter"}  # of each its share was tried


def test_mutants_that_each_end_soon_are_tried_until_all_took_long(
    small_course: Callable[..., Course], sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    definition = load(small_course(SOLUTION, SEES), "small")
    assignment = prepare(definition, sandbox, "s")
    all_of_them = audit(definition, assignment, sandbox)
    assert all_of_them.untried == 0
    monkeypatch.setattr("grader.authoring.mutation_audit.ALTOGETHER", 0.0001)
    some = audit(definition, assignment, sandbox)
    assert 0 < some.count < all_of_them.count
    assert some.count + some.untried == all_of_them.count


def test_further_inputs_are_tried_until_they_took_long(
    small_course: Callable[..., Course], sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = "import time\nimport numpy as np\n\nTWO = time.sleep(0.1) or 2\n"
    slow = SOLUTION.replace("import numpy as np\n", waiting).replace("x / 2\n", "x / TWO\n")
    weak = SEES.replace('    yield {"x": rng.uniform(1, 2, 3)}\n', "")
    definition = load(small_course(slow, weak), "small")
    assignment = prepare(definition, sandbox, "s")
    monkeypatch.setattr("grader.authoring.mutation_audit.PROBING", 0.3)
    made: list[int] = []
    run = ForkServer.run

    def counted(self: ForkServer, program: Program, calls: Sequence[Call], *more: Any, **keys: Any) -> Any:
        made.append(len(calls))
        return run(self, program, calls, *more, **keys)

    monkeypatch.setattr(ForkServer, "run", counted)
    audit(definition, assignment, sandbox)
    assert 1 < max(made) < 8  # each waits until it is defined


def test_what_was_not_tried_is_said(
    small_course: Callable[..., Course], sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.authoring.mutation_audit.BEYOND", 0.0)
    definition = load(small_course(SOLUTION, SEES), "small")
    found = findings(definition, prepare(definition, sandbox, "s"), sandbox)
    [claim] = [one.claim for one in found if "mutants" in one.claim]
    assert re.match(r"Each of 0 one-edit mutants .* \(\d+ more were not tried, since many take long\)", claim)
