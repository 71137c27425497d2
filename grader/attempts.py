"""What one exercise was asked, what the sandbox saw, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from grader.judging import judge
from grader.model import Case, Exercise, Part, Run
from grader.verdict import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Attempt:
    """The cases of one exercise, each with what the sandbox saw and what that is worth."""

    cases: tuple[Case, ...]
    runs: tuple[Run, ...]
    outcomes: tuple[Outcome, ...]

    @classmethod
    def of(cls, exercise: Exercise, part: Part, source: str, runs: Iterable[Run]) -> Self:
        """What was seen of a function.

        Args:
            exercise: what was asked.
            part: what was run of the notebook.
            source: the function itself, which may be of an earlier edition.
            runs: one for each case.
        """
        cases, taken = exercise.asked_of(source, exercise.cases), tuple(runs)
        outcomes = tuple(judge(exercise, case, run, part) for case, run in zip(cases, taken, strict=True))
        return cls(cases, taken, outcomes)

    @property
    def passed(self) -> bool:
        """Whether all cases passed."""
        return all(outcome.verdict is Verdict.PASSED for outcome in self.outcomes)

    @property
    def failing(self) -> list[int]:
        """The numbers of the cases that failed, from 0."""
        return [i for i, outcome in enumerate(self.outcomes) if outcome.verdict is not Verdict.PASSED]

    @property
    def first_failing(self) -> tuple[Case, Run, Outcome]:
        """The first case that failed, what the sandbox saw, and what that is worth."""
        first = min(self.failing)
        return self.cases[first], self.runs[first], self.outcomes[first]

    @property
    def lasting(self) -> bool:
        """Whether the same calls would do the same again."""
        return all(run.lasting for run in self.runs)

    def fails_like(self, other: Attempt) -> bool:
        """Whether another attempt gives the same reason first. If so, that reason is the function's own."""
        first = min(self.failing)
        mine, theirs = self.outcomes[first], other.outcomes[first]
        return first == min(other.failing) and (mine.verdict, mine.reason) == (theirs.verdict, theirs.reason)
