"""The calls of one run: what is called in one process, round by round, and which program it has for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from grader.models.execution import Call, Program, Run

Further = Callable[[Sequence[Run]], Sequence[Call]]
"""Returns the calls to make next in the same process, given the runs so far."""


class Ahead(NamedTuple):
    """Calls of a program that a process has before the one that it is for: nothing else ran in it by then."""

    program: Program
    calls: Sequence[Call]


@dataclass(slots=True)
class Rounds:
    """The calls to make, and the runs so far: those ahead, the calls of the program, the further ones."""

    program: Program
    calls: list[Call]
    further: Further | None = None
    ahead: Ahead | None = None
    runs: list[Run] = field(default_factory=list)

    def left(self) -> Sequence[Call]:
        """Return the calls of one program without a run; adds the further calls once all others have one."""
        before, made = self._before(), len(self.runs)
        if made < len(before):
            return before[made:]
        if made == len(before) + len(self.calls) and self.further is not None:
            self.calls += self.further(self.runs)
            self.further = None
        return self.calls[made - len(before) :]

    def __iter__(self) -> Iterator[tuple[Program, Sequence[Call]]]:
        """Yield the remaining calls with their program until all have a run."""
        while left := self.left():
            ahead = self.ahead if len(self.runs) < len(self._before()) else None
            yield (ahead or self).program, left

    def _before(self) -> Sequence[Call]:
        return self.ahead.calls if self.ahead is not None else ()
