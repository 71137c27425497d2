"""Run the assertions of an imported test in a process of its own, on the answers of a student.

It is not the student's process: that one never has the text of a test, and this one never has their code.
"""

from __future__ import annotations

import atexit
import functools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.comparison import asserting
from grader.models.execution import Call, Driver, Program, Statement, Status
from grader.models.values import Value
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.layers.levels import Level

SECONDS = 5.0
"""The time that a test may take."""

TEST = "test"
DRIVE = "\n\ndef drive(student, source, steps, answers):\n    return told(source, steps, answers)\n"


def told(source: str, steps: Sequence[Any], answers: Value, modules: Mapping[str, str]) -> str | None:
    """Run a test on answers.

    Args:
        source: the source of the test; see `comparison.asserting`.
        steps: the steps that it takes.
        answers: the student's answers to them.
        modules: the modules that it may import, by name.

    Returns:
        None if the test passes, or one sentence.
    """
    text = Path(asserting.__file__).read_text(encoding="utf-8") + DRIVE
    program = Program(
        (Statement(1, 1, f"{TEST} = None"),),
        modules=modules,
        drivers={TEST: Driver((Statement(0, 1, text),))},
    )
    call = Call(TEST, (source, list(steps), answers), public=False, seconds=SECONDS)
    (run,) = _sandbox(os.getpid()).run(program, [call])
    if run.status is Status.TIMED_OUT:
        return "The test of it does not end."
    if run.status is not Status.RETURNED or not isinstance(run.value, str | None):
        return f"The test of it fails: {run.failure}."
    return run.value


@functools.lru_cache(maxsize=1)
def _sandbox(_process: int) -> ForkServer:
    """Return the sandbox of this process; a process that was forked from it gets one of its own."""
    sandbox = ForkServer(SECONDS, required=Level.WEAK)
    atexit.register(sandbox.close)
    return sandbox
