"""Plans what to run of a submission: what its functions need, and what is known of them so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.comparison.verdict import Verdict
from grader.grading.judge import Attempt
from grader.grading.programs import lendable, needed_by
from grader.models.assignment import Assignment, Exercise
from grader.models.execution import Run
from grader.models.report import Score
from grader.models.submission import Part, Submission
from grader.notebooks.argument_mutation import may_spoil

States = tuple[tuple[str, bool, str], ...]
"""Functions that another one needs, whether each is wrong, and the remark on it."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """An assignment, a submission, and what each graded function needs: itself, and all that it calls."""

    assignment: Assignment
    submission: Submission
    exercises: Mapping[str, Exercise]
    needed: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, assignment: Assignment, submission: Submission) -> Plan:
        """Plan the grading of a submission."""
        exercises = {exercise.name: exercise for exercise in assignment.exercises}
        needed = {name: needed_by(name, submission.parts) for name in exercises}
        return cls(assignment, submission, exercises, needed)

    @property
    def parts(self) -> Mapping[str, Part]:
        """What each function that is written needs of its notebook."""
        return self.submission.parts

    @property
    def order(self) -> list[str]:
        """The functions that are written, each after those that it needs."""
        return sorted(self.parts, key=self.depth)

    def depth(self, name: str) -> tuple[int, int]:
        """By which functions come after those that they need."""
        return len(self.needed[name]), list(self.exercises).index(name)

    def lent_to(self, name: str) -> set[str]:
        """The graded functions that one needs and is lent when it is judged by itself."""
        return {*self.needed[name]} & lendable(self.assignment, name)


@dataclass(frozen=True, slots=True)
class Known:
    """A score from the cache, and what was assumed of the functions that its function needs."""

    score: Score
    states: States


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known of the functions of one submission.

    Attributes:
        known: scores from the cache; those functions are not run.
        as_written: attempts beside their author's own versions of the others.
        isolated: attempts beside the reference's versions of the others.
        failed: those whose first attempt as written failed.
        alone: those whose attempt as written ran nothing but them and what they need.
        small: the runs of small calls that were made with an attempt alone.
        spoilers: of those that fail beside others though all are right by themselves, the one at fault.
        repaired: of those that one slip keeps from being run, whether they pass with it mended.
    """

    known: Mapping[str, Known] = field(default_factory=dict)
    as_written: Mapping[str, Attempt] = field(default_factory=dict)
    isolated: Mapping[str, Attempt] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    small: Mapping[str, Sequence[Run]] = field(default_factory=dict)
    spoilers: Mapping[str, str] = field(default_factory=dict)
    repaired: Mapping[str, bool] = field(default_factory=dict)

    def with_known(self, name: str, known: Known) -> Evidence:
        """The same, with a score from the cache."""
        return replace(self, known={**self.known, name: known})

    def without_known(self, name: str) -> Evidence:
        """The same, without the score of a function that was in the cache."""
        return replace(self, known={other: known for other, known in self.known.items() if other != name})

    def with_isolated(self, name: str, attempt: Attempt) -> Evidence:
        """The same, with an attempt beside the reference's versions of the others."""
        return replace(self, isolated={**self.isolated, name: attempt})

    def with_alone(self, name: str, attempt: Attempt, small: Sequence[Run]) -> Evidence:
        """The same, with an attempt that ran nothing but a function and what it needs."""
        return replace(
            self,
            as_written={**self.as_written, name: attempt},
            alone=self.alone | {name},
            small={**self.small, name: small},
        )


# ---------------------------------------------------------------- what is known


def right_by_itself(evidence: Evidence, name: str) -> bool:
    """Whether a function is right beside the reference's versions of the others."""
    if name in evidence.known:
        return evidence.known[name].score.credited == "isolated"
    return name in evidence.isolated and evidence.isolated[name].passed


def is_wrong(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Whether a function is known to be wrong, or not to be there."""
    if name in evidence.known:
        return evidence.known[name].score.verdict is not Verdict.PASSED
    if name not in plan.parts:
        return True
    return _fails_as_written(evidence, name) and not right_by_itself(evidence, name)


def wrong_for(plan: Plan, evidence: Evidence, name: str) -> list[str]:
    """The other functions that are wrong, of those that one needs."""
    needed = plan.needed[name]
    return [n for n in plan.exercises if n != name and n in needed and is_wrong(plan, evidence, n)]


def counting(evidence: Evidence, name: str) -> Attempt:
    """The attempt that counts: the one in isolation, if the function is right so."""
    return evidence.isolated[name] if right_by_itself(evidence, name) else evidence.as_written[name]


def cause_of(plan: Plan, evidence: Evidence, name: str) -> str | None:
    """The wrong function because of which another one fails; one that it calls itself before others."""
    uses, lent = plan.parts[name].uses, plan.lent_to(name)
    wrong = [other for other in wrong_for(plan, evidence, name) if other in lent]
    return min(wrong, key=lambda other: other not in uses, default=None)


def _fails_as_written(evidence: Evidence, name: str) -> bool:
    return name in evidence.as_written and not evidence.as_written[name].passed


# ---------------------------------------------------------------- what to run next


def needs_a_wrong_one(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Whether a function needs one that is known to be wrong and does not need it in turn.

    Then it is judged in isolation, and as it was written only if it is not right so.
    """
    return any(
        is_wrong(plan, evidence, lent) and name not in plan.needed[lent] for lent in plan.lent_to(name)
    )


def fails_in_turn(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Whether a function fails that needs one which needs it in turn, and may be right by itself."""
    if name in evidence.isolated or evidence.as_written[name].passed:
        return False
    return any(name in plan.needed[lent] for lent in plan.lent_to(name))


def may_be_spoiled(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Whether a function fails beside others that it may need, though each of them is right."""
    if name in evidence.isolated or not _fails_as_written(evidence, name):
        return False
    uses = plan.parts[name].uses
    lent = lendable(plan.assignment, name)
    return bool(uses) and uses <= lent and _meets_a_spoiler(plan, evidence, name)


def _meets_a_spoiler(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Whether one of those that a function needs may change its arguments, or keep something."""
    others = {*plan.needed[name]} & plan.parts.keys() - {name}
    sources = [s.source for other in others for s in plan.parts[other].statements]
    seen = (run for other in others & evidence.as_written.keys() for run in evidence.as_written[other].runs)
    return any(map(may_spoil, sources)) or any(run.changed for run in seen)
