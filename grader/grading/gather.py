"""Collect the evidence about a submission: run its functions until the result of each is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from grader.comparison.verdict import Verdict
from grader.grading.cached_scores import CachedScores
from grader.grading.judge import Attempt
from grader.grading.plan import (
    Evidence,
    Plan,
    cause_of,
    depends_on_failed,
    fails_in_cycle,
    may_be_spoiled,
    right_by_itself,
)
from grader.grading.program_keys import meddles
from grader.grading.programs import lendable
from grader.grading.run import Runner


def gather(runner: Runner, cached: CachedScores) -> Evidence:
    """Run as much of a submission as is needed to score each of its functions.

    Args:
        runner: runs the functions.
        cached: the scores of equal programs, which are not run again.

    Returns:
        the results of all runs.

    Raises:
        SandboxError: the sandbox broke down.
    """
    plan = runner.plan
    evidence = _without_a_written_run(runner, cached)
    known = evidence.known
    pending = [name for name in plan.order if name not in known and not right_by_itself(evidence, name)]
    groups = _groups(plan, evidence, cached, pending)
    written: dict[str, Attempt] = {}
    for group in groups:
        written |= runner.as_written(group.functions, group.first)
    evidence = replace(
        evidence,
        as_written=runner.confirmed(written),
        failed=frozenset(name for group in groups for name in group.doubtful(written)),
        alone=frozenset(name for group in groups for name in group.alone(written)),
    )
    for name in plan.order:
        evidence = _settled(runner, cached, evidence, name)
    return _with_advice(runner, evidence)


def _without_a_written_run(runner: Runner, cached: CachedScores) -> Evidence:
    """Return the evidence before anything runs as written; dependencies come first."""
    evidence = Evidence()
    for name in runner.plan.order:
        if known := cached.find(evidence, name):
            evidence = evidence.with_known(name, known)
        elif depends_on_failed(runner.plan, evidence, name):
            evidence = evidence.with_isolated(name, runner.isolated(name))
    return evidence


class _Group(NamedTuple):
    """Functions that share a process; `first` is run before there is anything of the others in it."""

    functions: Sequence[str]
    first: str = ""

    def alone(self, written: Mapping[str, Attempt]) -> list[str]:
        """Return the function whose attempt no other function can have influenced, if there is one."""
        if len(self.functions) == 1:
            return [*self.functions]
        return [self.first] if self.first and written[self.first].passed else []

    def doubtful(self, written: Mapping[str, Attempt]) -> list[str]:
        """Return the functions to run once more: those that fail, and those that may tell a hidden input.

        Of a function that passes, only the arguments that its public calls change are told. Behind the hidden
        calls of another function, these could be a message from there.
        """
        behind = {*self.functions} - {self.first} if self.first else set()
        return [
            name
            for name in self.functions
            if not written[name].passed or (name in behind and any(r.changed for r in written[name].runs))
        ]


def _groups(plan: Plan, evidence: Evidence, cached: CachedScores, pending: Sequence[str]) -> list[_Group]:
    """Group functions by the process that runs them. Most share one, which takes a fraction of the time.

    In a notebook that may change global state each function has a process of its own. So has what is
    never run beside others (`Wanted.alone`). What was met most often is run first: its score can be cached.
    """
    if not pending:
        return []
    if _meddles(plan):
        return [_Group([name]) for name in pending]
    alone = [name for name in pending if name in plan.assignment.wanted.alone]
    together = sorted({*pending} - {*alone}, key=[*plan.exercises].index)
    met = {name: cached.met(evidence, name) for name in together}
    first = max(together, key=met.__getitem__, default="")
    return [
        *([_Group(together, first if met[first] else "")] if together else []),
        *(_Group([name]) for name in alone),
    ]


def _settled(runner: Runner, cached: CachedScores, evidence: Evidence, name: str) -> Evidence:
    """Settle the result of one function, after those of its dependencies.

    A function that failed beside others is run once more in a process with only its dependencies.
    """
    if name in evidence.known and cached.holds(evidence, name):
        return evidence
    plan, evidence = runner.plan, evidence.without_known(name)
    if right_by_itself(evidence, name):
        return evidence
    unseen, failed = name not in evidence.as_written, name in evidence.failed
    beside_failed = depends_on_failed(plan, evidence, name)
    if unseen or failed or beside_failed:
        known = cached.find(evidence, name)
        if known and (unseen or failed or known.score.verdict is Verdict.PASSED):
            return evidence.with_known(name, known)
    if beside_failed and name not in evidence.isolated:
        evidence = evidence.with_isolated(name, runner.isolated(name))
        if evidence.isolated[name].passed:
            return evidence
    if unseen or (failed and name not in evidence.alone):
        evidence = evidence.with_alone(name, *runner.alone(name, _callers(plan, evidence, cached, name)))
    if fails_in_cycle(plan, evidence, name):
        return evidence.with_isolated(name, runner.isolated(name))
    if may_be_spoiled(plan, evidence, name) and (attempt := runner.isolated(name)).passed:
        return _spoiled(runner, evidence.with_isolated(name, attempt), name)
    return evidence


def _callers(plan: Plan, evidence: Evidence, cached: CachedScores, name: str) -> list[str]:
    """Return the functions to judge in isolation behind a wrong one that they need, in the same process.

    Not those whose program was met before, which have a process of their own: their score can be cached.
    """
    if _meddles(plan):
        return []
    return [
        caller
        for caller in plan.order
        if name in plan.lent_to(caller)
        and caller not in evidence.known
        and caller not in evidence.isolated
        and caller not in plan.assignment.wanted.alone
        and depends_on_failed(plan, evidence, caller)
        and not cached.find(evidence, caller)
        and not cached.met(evidence, caller, by_itself=True)
    ]


def _meddles(plan: Plan) -> bool:
    """Return whether a submission may change global state."""
    return any(meddles(s.source) for part in plan.parts.values() for s in part.statements)


def _spoiled(runner: Runner, evidence: Evidence, name: str) -> Evidence:
    """Record which dependency makes a function fail that is right in isolation, if one can be identified."""
    plan = runner.plan
    if cause_of(plan, evidence, name):
        return evidence
    others = {*plan.needed[name]} & plan.parts.keys() & lendable(plan.assignment, name) - {name}
    for other in sorted(others, key=plan.depth):
        if runner.beside(name, other).passed:
            return replace(evidence, spoilers={**evidence.spoilers, name: other})
    return evidence


def _with_advice(runner: Runner, evidence: Evidence) -> Evidence:
    """Record whether functions that do not parse would pass once repaired."""
    plan = runner.plan
    repairs = plan.submission.repaired.items()
    broken = {name: repair for name, repair in repairs if name not in plan.parts}
    mended = {name: runner.repaired(name, repair.parts) for name, repair in broken.items()}
    return replace(evidence, repaired=mended) if mended else evidence
