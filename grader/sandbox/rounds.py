"""The calls of one run: what is called in one process, round by round, and which program it has for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from grader.models.execution import Call, Program, Run


class Round(NamedTuple):
    """Calls that a process has after others, and the program that it has for them.

    Another program than that of the round before is defined once that round is over: nothing of it was in the
    process before.
    """

    program: Program
    calls: Callable[[Sequence[Run]], Sequence[Call]]
    """Returns the calls, given all runs so far."""


@dataclass(slots=True)
class Rounds:
    """The calls of the round that is under way, the rounds that follow, and the runs so far."""

    program: Program
    calls: Sequence[Call]
    waiting: list[Round] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    earlier: int = 0
    """The number of runs of the rounds that are over."""

    def left(self) -> Sequence[Call]:
        """Return the calls of a round without a run; the next one begins once all calls have a run."""
        while len(self.runs) == self.earlier + len(self.calls) and self.waiting:
            self.earlier = len(self.runs)
            self.program, calls = self.waiting.pop(0)
            self.calls = calls(self.runs)
        return self.calls[len(self.runs) - self.earlier :]

    def __iter__(self) -> Iterator[tuple[Program, Sequence[Call]]]:
        """Yield the remaining calls with their program until all have a run."""
        while left := self.left():
            yield self.program, left

    def programs(self) -> list[Program]:
        """Return the programs of the rounds that are not over."""
        return [self.program, *(round_.program for round_ in self.waiting)]
