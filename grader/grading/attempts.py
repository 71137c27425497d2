"""What one exercise was asked, what the sandbox saw, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from grader.comparison.verdict import Outcome, Verdict
from grader.grading.judge import judge
from grader.models.assignment import Case, Exercise
from grader.models.execution import Run
from grader.models.submission import Part

LADDER = tuple(Verdict)[1:7]
"""The rungs of the comparison at which an answer may fail, the first one first."""


def public_first(cases: Iterable[Case]) -> list[Case]:
    """Cases as they are asked: what answers to public ones tell can then tell nothing of hidden ones."""
    return sorted(cases, key=lambda case: not case.public)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The cases that one exercise was asked, each with what the sandbox saw and what that is worth.

    All answers are judged by the convention of one edition, None for the current one.
    """

    cases: tuple[Case, ...]
    runs: tuple[Run, ...]
    outcomes: tuple[Outcome, ...]
    edition: int | None = None

    @classmethod
    def of(
        cls, exercise: Exercise, part: Part, runs: Mapping[Case, Run], editions: Iterable[int | None]
    ) -> Self:
        """What was seen of a function, judged by the edition that is kindest to it.

        Args:
            exercise: what was asked.
            part: what was run of the notebook.
            runs: what each case that was asked saw.
            editions: those that the notebook may be of; the first counts where it makes no difference.
        """
        asked = [case for case in exercise.cases if case in runs]
        taken, best = tuple([runs[case] for case in asked]), None
        for edition in editions:
            cases = exercise.asked_in(edition, asked)
            outcomes = tuple(judge(exercise, case, run, part) for case, run in zip(cases, taken, strict=True))
            attempt = cls(cases, taken, outcomes, edition)
            if attempt.passed:
                return attempt
            best = attempt if best is None else max(best, attempt, key=cls._closeness)
        if best is None:
            raise ValueError("no edition to judge by")
        return best

    def _closeness(self) -> tuple[int, int]:
        """How many cases passed, and how far up the ladder the others came."""
        rungs = [LADDER.index(o.verdict) for o in self.outcomes if o.verdict in LADDER]
        return len(self.outcomes) - len(self.failing), sum(rungs)

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
