"""Gathers what has to be known of a submission: runs its functions until each of them is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.comparison.verdict import Verdict
from grader.grading.cached_scores import CachedScores
from grader.grading.judge import Attempt
from grader.grading.plan import (
    Evidence,
    Plan,
    cause_of,
    fails_in_turn,
    may_be_spoiled,
    needs_a_wrong_one,
    right_by_itself,
)
from grader.grading.program_keys import meddles
from grader.grading.programs import lendable
from grader.grading.run import Runner


def gather(runner: Runner, cached: CachedScores) -> Evidence:
    """Run as much of a submission as is needed to know what each of its functions is worth.

    Args:
        runner: runs its functions.
        cached: what equal programs earned; those are not run.

    Raises:
        SandboxError: the sandbox broke down.
    """
    plan = runner.plan
    evidence = _without_a_written_run(runner, cached)
    known = evidence.known
    left = [name for name in plan.order if name not in known and not right_by_itself(evidence, name)]
    groups = _groups(plan, evidence, cached, left)
    written: dict[str, Attempt] = {}
    for group in groups:
        written |= runner.as_written(group)
    evidence = replace(
        evidence,
        as_written=runner.certain(written),
        failed=frozenset(name for name, attempt in written.items() if not attempt.passed),
        alone=frozenset(group[0] for group in groups if len(group) == 1),
    )
    for name in plan.order:
        evidence = _settled(runner, cached, evidence, name)
    return _with_advice(runner, evidence)


def _without_a_written_run(runner: Runner, cached: CachedScores) -> Evidence:
    """What is known before anything runs as it was written; each function after those that it needs."""
    evidence = Evidence()
    for name in runner.plan.order:
        if known := cached.find(evidence, name):
            evidence = evidence.with_known(name, known)
        elif needs_a_wrong_one(runner.plan, evidence, name):
            evidence = evidence.with_isolated(name, runner.isolated(name))
    return evidence


def _groups(plan: Plan, evidence: Evidence, cached: CachedScores, left: Sequence[str]) -> list[list[str]]:
    """Functions that run in one child: most go together, which takes a fraction of the time.

    Each has a child of its own in a notebook that may change what is not its own. So has one that was met
    before: what it does there holds for whoever has the same.
    """
    if any(meddles(s.source) for part in plan.parts.values() for s in part.statements):
        return [[name] for name in left]
    met = [name for name in left if cached.met(evidence, name)]
    together = sorted({*left} - {*met}, key=[*plan.exercises].index)
    return [*([together] if together else []), *([name] for name in met)]


def _settled(runner: Runner, cached: CachedScores, evidence: Evidence, name: str) -> Evidence:
    """Find out what becomes of a function when it is certain what becomes of those that it needs.

    What failed beside others is run once more in a child that runs nothing but it and what it needs.
    """
    if name in evidence.known and cached.holds(evidence, name):
        return evidence
    plan, evidence = runner.plan, evidence.without_known(name)
    if right_by_itself(evidence, name):
        return evidence
    unseen, failed = name not in evidence.as_written, name in evidence.failed
    beside_a_wrong_one = needs_a_wrong_one(plan, evidence, name)
    if unseen or failed or beside_a_wrong_one:
        known = cached.find(evidence, name)
        if known and (unseen or failed or known.score.verdict is Verdict.PASSED):
            return evidence.with_known(name, known)
    if beside_a_wrong_one and name not in evidence.isolated:
        evidence = evidence.with_isolated(name, runner.isolated(name))
        if evidence.isolated[name].passed:
            return evidence
    if unseen or (failed and name not in evidence.alone):
        evidence = evidence.with_alone(name, *runner.alone(name))
    if fails_in_turn(plan, evidence, name):
        return evidence.with_isolated(name, runner.isolated(name))
    if may_be_spoiled(plan, evidence, name) and (attempt := runner.isolated(name)).passed:
        return _spoiled(runner, evidence.with_isolated(name, attempt), name)
    return evidence


def _spoiled(runner: Runner, evidence: Evidence, name: str) -> Evidence:
    """Note which other function is at fault when one is right in isolation alone, as far as it is known."""
    plan = runner.plan
    if cause_of(plan, evidence, name):
        return evidence
    others = {*plan.needed[name]} & plan.parts.keys() & lendable(plan.assignment, name) - {name}
    for other in sorted(others, key=plan.depth):
        if runner.beside(name, other).passed:
            return replace(evidence, spoilers={**evidence.spoilers, name: other})
    return evidence


def _with_advice(runner: Runner, evidence: Evidence) -> Evidence:
    """The same, with what functions that do not parse would be worth with their one slip mended."""
    plan = runner.plan
    repairs = plan.submission.repaired.items()
    broken = {name: repair for name, repair in repairs if name not in plan.parts}
    mended = {name: runner.repaired(name, repair.parts) for name, repair in broken.items()}
    return replace(evidence, repaired=mended) if mended else evidence
