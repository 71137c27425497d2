"""Judges what a graded function did: what each run is worth, and all of its cases together."""

from __future__ import annotations

import builtins
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from grader import hints
from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Outcome, Verdict
from grader.models.assignment import Case, Exercise
from grader.models.execution import Run, Status
from grader.models.submission import Part
from grader.models.values import Value
from grader.notebooks.argument_mutation import changer


def judge(exercise: Exercise, case: Case, run: Run, part: Part) -> Outcome:
    """What one run is worth."""
    match run:
        case Run(Status.RETURNED, None) if case.expected is not None:
            return Outcome(Verdict.WRONG_TYPE, "It returns nothing (None).")
        case Run(Status.RETURNED):
            if run.value is case.expected and not exercise.pure:
                return PASSED  # the same bytes came back: nothing is left to compare
            outcome = _compared(exercise, case, run)
            if outcome.verdict is Verdict.PASSED and exercise.pure and run.changed:
                sources = [statement.source for statement in part.statements]
                said = "; ".join(changes(exercise, run.changed, sources))
                return Outcome(Verdict.CHANGED_INPUT, f"It {said}.")
            return outcome
        case Run(Status.RAISED, failure=failure) if failure and failure.exception == "NotImplementedError":
            return Outcome(Verdict.NOT_ATTEMPTED, f"{exercise.name} is not written yet.")
        case Run(Status.CRASHED, failure=failure):  # how a process ends may tell of its input
            return Outcome(Verdict.DID_NOT_RUN, "It crashed.", f"What was seen: {failure and failure.text}.")
        case _:
            return Outcome(Verdict.DID_NOT_RUN, _harmless(run, part))


def changes(exercise: Exercise, changed: Iterable[int], sources: Sequence[str]) -> list[str]:
    """Who changes which arguments of a function, as far as that is known.

    Args:
        exercise: the function.
        changed: the positions of the arguments that are others after a call.
        sources: the statements of the function and of those that it calls.
    """
    by: dict[str, list[str]] = {}
    for i in sorted(changed):
        if i < len(exercise.parameters):
            by.setdefault(changer(sources, exercise.name, i), []).append(exercise.parameters[i])
    return [_who_changes(exercise.name, who, " and ".join(names)) for who, names in by.items()]


def _who_changes(function: str, who: str, names: str) -> str:
    if not who:
        return f"leaves the caller's {names} changed"
    return (
        f"changes the caller's {names}"
        if who == function
        else f"calls {who}, which changes the caller's {names}"
    )


def _compared(exercise: Exercise, case: Case, run: Run) -> Outcome:
    if run.shared:
        return _outcome(exercise, case, _Answer(run.value))
    return compare(case.expected, run.value, exercise.results, exercise.tolerance)


class _Answer:
    """An answer that is one object wherever it is given, so it equals itself alone."""

    def __init__(self, value: Value) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Answer) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@functools.lru_cache(maxsize=4096)
def _outcome(exercise: Exercise, case: Case, answer: _Answer) -> Outcome:
    return compare(case.expected, answer.value, exercise.results, exercise.tolerance)


def _harmless(run: Run, part: Part) -> str:
    """Why a call has no answer, in words that no hidden input can be smuggled out with."""
    if run.failure is None or run.status is Status.MISSING:
        return "The function is not defined when its cell has run."
    if run.status is Status.TIMED_OUT:
        return f"It timed out: {run.failure.text}."
    if run.status is Status.NOT_RUN:
        return f"It was not run: {run.failure.text}."
    if hints.unbound_name(run.failure) in part.unbound:
        return str(run.failure)
    known = isinstance(getattr(builtins, run.failure.exception, None), type)
    return f"It raised {run.failure.exception if known else 'an exception of its own'}."


# ---------------------------------------------------------------- all cases of a function

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
