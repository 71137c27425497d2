"""What a submission's functions depend on, what is known about them so far, and which runs that calls for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.comparison.verdict import Verdict
from grader.grading.judge import Attempt
from grader.grading.programs import lendable, needed_by
from grader.models.assignment import Assignment, Exercise
from grader.models.execution import Call, Run
from grader.models.report import Score
from grader.models.submission import Part, Submission
from grader.notebooks.argument_mutation import may_spoil

States = tuple[tuple[str, bool, str], ...]
"""The dependencies of a function that are not simply right: name, whether it is wrong, remark."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """An assignment, a submission, and the dependencies of each graded function, itself included."""

    assignment: Assignment
    submission: Submission
    exercises: Mapping[str, Exercise]
    needed: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, assignment: Assignment, submission: Submission) -> Plan:
        """Plan the grading of a submission.

        Args:
            assignment: the assignment.
            submission: the functions that were extracted from a notebook.

        Returns:
            the plan.
        """
        exercises = {exercise.name: exercise for exercise in assignment.tested}
        needed = {name: needed_by(name, submission.parts) for name in exercises}
        return cls(assignment, submission, exercises, needed)

    @property
    def parts(self) -> Mapping[str, Part]:
        """The statements that each written function needs."""
        return self.submission.parts

    @property
    def order(self) -> list[str]:
        """The written functions, dependencies first."""
        return sorted(self.parts, key=self.depth)

    def depth(self, name: str) -> tuple[int, int]:
        """Return the key that sorts functions after their dependencies."""
        return len(self.needed[name]), list(self.exercises).index(name)

    def lent_to(self, name: str) -> set[str]:
        """Return the dependencies that the reference supplies when a function is judged in isolation."""
        return {*self.needed[name]} & lendable(self.assignment, name)


@dataclass(frozen=True, slots=True)
class Known:
    """A score from the cache, and the states of dependencies that it assumes."""

    score: Score
    states: States


@dataclass(frozen=True, slots=True, eq=False)
class Asides:
    """The runs of further public calls that an attempt alone includes, to explain a failure.

    Attributes:
        small: those of the small calls.
        observed: call -> what happened in it.
    """

    small: Sequence[Run]
    observed: Mapping[Call, Run]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known about the functions of one submission.

    Attributes:
        known: scores from the cache; those functions are not run.
        as_written: attempts beside the author's own versions of the others.
        isolated: attempts beside the reference's versions of the others.
        failed: functions whose first attempt as written failed, or cannot be relied on.
        alone: functions whose attempt as written shared its process with their dependencies only.
        behind: functions whose isolated attempt shared its process with a wrong function.
        asides: what else an attempt alone includes.
        spoilers: function -> the dependency that makes it fail although both are right in isolation.
        repaired: function that does not parse -> whether it passes once repaired.
    """

    known: Mapping[str, Known] = field(default_factory=dict)
    as_written: Mapping[str, Attempt] = field(default_factory=dict)
    isolated: Mapping[str, Attempt] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    asides: Mapping[str, Asides] = field(default_factory=dict)
    spoilers: Mapping[str, str] = field(default_factory=dict)
    repaired: Mapping[str, bool] = field(default_factory=dict)

    def with_known(self, name: str, known: Known) -> Evidence:
        """Return a copy with a score from the cache.

        Args:
            name: the graded function.
            known: its score.

        Returns:
            the new evidence.
        """
        return replace(self, known={**self.known, name: known})

    def without_known(self, name: str) -> Evidence:
        """Return a copy without a function's score from the cache, if it has one."""
        if name not in self.known:
            return self
        return replace(self, known={other: known for other, known in self.known.items() if other != name})

    def with_isolated(self, name: str, attempt: Attempt) -> Evidence:
        """Return a copy with an attempt beside the reference's versions of the others.

        Args:
            name: the graded function.
            attempt: its attempt.

        Returns:
            the new evidence.
        """
        return replace(self, isolated={**self.isolated, name: attempt})

    def with_alone(
        self, name: str, attempt: Attempt, asides: Asides, behind: Mapping[str, Attempt]
    ) -> Evidence:
        """Return a copy with an attempt that shared its process with the function's dependencies only.

        Args:
            name: the graded function.
            attempt: its attempt.
            asides: what else was run with it.
            behind: isolated attempts of other functions that were made behind it.

        Returns:
            the new evidence.
        """
        return replace(
            self,
            as_written={**self.as_written, name: attempt},
            alone=self.alone | {name},
            asides={**self.asides, name: asides},
            isolated={**self.isolated, **behind},
            behind=self.behind | behind.keys(),
        )


# ---------------------------------------------------------------- what is known


def right_by_itself(evidence: Evidence, name: str) -> bool:
    """Return whether a function is right beside the reference's versions of the others.

    Args:
        evidence: the results so far.
        name: the graded function.

    Returns:
        True if its isolated attempt passed.
    """
    if name in evidence.known:
        return evidence.known[name].score.credited == "isolated"
    return name in evidence.isolated and evidence.isolated[name].passed


def is_wrong(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Return whether a function is known to be wrong or missing.

    Args:
        plan: the plan of the submission.
        evidence: the results so far.
        name: the graded function.

    Returns:
        True if it is missing, or failed every attempt so far.
    """
    if name in evidence.known:
        return evidence.known[name].score.verdict is not Verdict.PASSED
    if name not in plan.parts:
        return True
    return _fails_as_written(evidence, name) and not right_by_itself(evidence, name)


def wrong_for(plan: Plan, evidence: Evidence, name: str) -> list[str]:
    """Return the wrong dependencies of a function.

    Args:
        plan: the plan of the submission.
        evidence: the results so far.
        name: the graded function.

    Returns:
        their names, in the order of the exercises, without the function itself.
    """
    needed = plan.needed[name]
    return [n for n in plan.exercises if n != name and n in needed and is_wrong(plan, evidence, n)]


def mend_first(plan: Plan, evidence: Evidence, name: str) -> str | None:
    """Return the wrong dependency to fix before the function itself can be judged.

    Args:
        plan: the plan of the submission.
        evidence: the results of its runs.
        name: the function.

    Returns:
        its name, or None.
    """
    own = {*wrong_for(plan, evidence, name)} - lendable(plan.assignment, name)
    return min(own, key=plan.depth, default=None)


def counting_attempt(evidence: Evidence, name: str) -> Attempt:
    """Return the attempt that determines the score.

    Args:
        evidence: the results so far.
        name: the graded function.

    Returns:
        the isolated attempt if it passed, else the one as written.
    """
    return evidence.isolated[name] if right_by_itself(evidence, name) else evidence.as_written[name]


def cause_of(plan: Plan, evidence: Evidence, name: str) -> str | None:
    """Return the wrong dependency that makes a function fail; direct ones before indirect ones.

    Args:
        plan: the plan of the submission.
        evidence: the results so far.
        name: the graded function.

    Returns:
        the name of the dependency, or None.
    """
    uses, lent = plan.parts[name].uses, plan.lent_to(name)
    wrong = [other for other in wrong_for(plan, evidence, name) if other in lent]
    return min(wrong, key=lambda other: other not in uses, default=None)


def _fails_as_written(evidence: Evidence, name: str) -> bool:
    return name in evidence.as_written and not evidence.as_written[name].passed


# ---------------------------------------------------------------- what to run next


def depends_on_failed(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Return whether a function depends on a failed one outside its own dependency cycle.

    It is then judged in isolation first, and as written only if that fails.

    Args:
        plan: the plan of the submission.
        evidence: the results so far.
        name: the graded function.

    Returns:
        True if there is such a dependency.
    """
    return any(
        is_wrong(plan, evidence, lent) and name not in plan.needed[lent] for lent in plan.lent_to(name)
    )


def fails_in_cycle(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Return whether a failing function is part of a dependency cycle and may be right in isolation.

    Args:
        plan: the plan of the submission.
        evidence: the results so far.
        name: the graded function.

    Returns:
        True if an isolated attempt is called for.
    """
    if name in evidence.isolated or evidence.as_written[name].passed:
        return False
    return any(name in plan.needed[lent] for lent in plan.lent_to(name))


def may_be_spoiled(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Return whether a function fails although its dependencies are right: one may have side effects.

    Args:
        plan: the plan of the submission.
        evidence: the results so far.
        name: the graded function.

    Returns:
        True if an isolated attempt is called for.
    """
    if name in evidence.isolated or not _fails_as_written(evidence, name):
        return False
    uses = plan.parts[name].uses
    lent = lendable(plan.assignment, name)
    return bool(uses) and uses <= lent and _meets_a_spoiler(plan, evidence, name)


def _meets_a_spoiler(plan: Plan, evidence: Evidence, name: str) -> bool:
    """Return whether a dependency of a function may change its arguments or keep state between calls."""
    others = {*plan.needed[name]} & plan.parts.keys() - {name}
    sources = [s.source for other in others for s in plan.parts[other].statements]
    seen = (run for other in others & evidence.as_written.keys() for run in evidence.as_written[other].runs)
    return any(map(may_spoil, sources)) or any(run.changed for run in seen)
