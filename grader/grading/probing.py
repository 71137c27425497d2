"""Further calls of functions that fail, to tell more of their faults: one child makes those of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.models.execution import Call, Program, Run
from grader.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Probe:
    """Calls of a function, made after public cases alone, and what their runs tell: fields of its score.

    The calls of `small` ones are those of `grader.grading.minimal_example.example_calls`.
    """

    calls: Sequence[Call]
    tell: Callable[[Sequence[Run]], Mapping[str, Any]]
    small: bool = False


def tell(probes: Sequence[Probe], program: Program, sandbox: Sandbox) -> list[Mapping[str, Any]]:
    """What each probe tells of a program."""
    calls = [call for probe in probes for call in probe.calls]
    runs = iter(sandbox.run(program, calls) if calls else ())
    return [probe.tell([next(runs) for _ in probe.calls]) for probe in probes]
