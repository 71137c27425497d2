"""Run the assertions of an imported test in a process of its own, on the answers of a student.

It is not the student's process: that one never has the text of a test, and this one never has their code.
"""

from __future__ import annotations

import atexit
import functools
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grader.comparison import asserting
from grader.models.execution import Call, Driver, Program, Statement, Status
from grader.models.values import Value
from grader.plain.frames import Frame, Labels, Series
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.import_names import importing, installed
from grader.sandbox.layers.levels import Level

SECONDS = 5.0
"""The time that a test may take."""

TEST = "test"
DRIVE = "\n\ndef drive(student, source, steps, answers):\n    return told(source, steps, answers)\n"


IMPORT = re.compile(r"^[ \t]*((?:import|from)[ \t][^\n]*)$", re.MULTILINE)
"""A line of a test that imports something: it is inside of a function."""


TABLES = (Frame, Series, Labels)
"""What stands for values of pandas."""


class Beside(NamedTuple):
    """What lies beside a test: modules that it may import, by name, and data files, by path."""

    modules: Mapping[str, str]
    data: Mapping[str, bytes]


def told(source: str, steps: Sequence[Any], answers: Value, beside: Beside) -> str | None:
    """Run a test on answers.

    Args:
        source: the source of the test; see `comparison.asserting`.
        steps: the steps that it takes.
        answers: the student's answers to them.
        beside: what it may import and read.

    Returns:
        None if the test passes, or one sentence.
    """
    text = Path(asserting.__file__).read_text(encoding="utf-8") + DRIVE
    tables = isinstance(answers, list) and any(isinstance(one, TABLES) for one in answers)
    imports = installed([*IMPORT.findall(source), *(["import pandas"] if tables else [])], beside.modules)
    program = Program(
        (*importing(imports), Statement(0, 1, f"{TEST} = None")),
        modules=beside.modules,
        drivers={TEST: Driver((Statement(0, 1, text),))},
        imports=imports,
        data=beside.data,
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
