"""Add test cases that mistakes fail which the recorded ones let pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.mutation_audit import audit
from grader.grading.reference import prepare
from grader.importers.planning import Plan
from grader.importers.proving import SEED
from grader.models import serialization
from grader.sandbox import Sandbox


class Stronger(NamedTuple):
    """A plan with more test cases; how many mutants there are, and how many passed the recorded cases."""

    plan: Plan
    mutants: int
    survivors: int


def strengthened(plan: Plan, course: Course, sandbox: Sandbox) -> Stronger:
    """Return a plan with a test case for each mutant that passes those of a written assignment.

    Functions that need no driver get such cases: variations of the recorded calls, by whose answers the
    mutant and the solution differ.

    Args:
        plan: the plan.
        course: the course in which it is written.
        sandbox: where the mutants run.

    Returns:
        the plan, which is not written yet.
    """
    definition = load(course, plan.source.name)
    audited = audit(definition, prepare(definition, sandbox, SEED), sandbox)
    plain = {item.name: item for item in plan.items if item.is_plain and item.signature}
    more: dict[str, dict[bytes, tuple[str, Mapping[str, Any]]]] = {}
    for survivor in audited.unexplained:
        call = survivor.told_by
        item = plain.get(call.function) if call else None
        if call is not None and item is not None and item.signature is not None:
            case = dict(zip(item.signature.parameters, call.args, strict=True))
            more.setdefault(item.name, {}).setdefault(
                serialization.encode(call.args), (survivor.mutant.description, case)
            )
    items = [replace(item, further=tuple(more.get(item.name, {}).values())) for item in plan.items]
    return Stronger(replace(plan, items=tuple(items)), audited.count, len(audited.unexplained))
