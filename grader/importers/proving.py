"""Prove an imported assignment: its solution scores all, its stub nothing. Items for which that fails go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.answer_leaks import given_definitions, hollow_answers
from grader.authoring.answer_lint import constant_answers, lenient_judges
from grader.authoring.lint import lint
from grader.authoring.sign_offs import Remark
from grader.authoring.time_limits import ROOM, USUAL, enough
from grader.authoring.validate import judged_already
from grader.comparison.proxies import READ
from grader.comparison.verdict import Verdict
from grader.errors import AssignmentError, UnreadableError
from grader.grading.pipeline import judged
from grader.grading.reference import prepare
from grader.importers.planning import Block, Item, Plan, by_assertions, listed_test
from grader.importers.remembering import Remembering
from grader.importers.source import Listed
from grader.importers.testcases_text import part_of
from grader.models.assignment import Assignment
from grader.models.budget import Budget
from grader.models.report import Score
from grader.notebooks.solution import read_solution, sample
from grader.notebooks.stub import stub_of
from grader.sandbox import Sandbox

SEED = "import"
STUB_SECONDS = 2.0
"""The time until what students receive is taken to earn nothing: some of it loops."""

MOST_SECONDS = 20
"""The seconds that a slow call of the solution may take, until it is known how long it takes. What leads to a
variable may take three times as long."""

EARNED = "what students receive earns points here already"
ADVICE = "Write test cases for it, or grade it by a question()."


class Proof(NamedTuple):
    """The items that do not hold, each with the reason; and what may be remarked on the tests of others.

    The name "" stands for what is the fault of no item. `late` are the functions that took longer than they
    may, and `seconds` has the time limits of slow items. `parts` are those at fault of an item that has some.
    """

    faults: Mapping[str, str]
    remarks: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    seconds: Mapping[str, int] = MappingProxyType({})
    late: frozenset[str] = frozenset()
    parts: Mapping[str, frozenset[str]] = MappingProxyType({})


def proof(plan: Plan, course: Course, sandbox: Remembering) -> Proof:
    """Return what holds of a written assignment.

    Args:
        plan: the plan.
        course: the course in which it is written.
        sandbox: where it runs; it knows what took long in the rounds before.

    Returns:
        the proof.
    """
    name = plan.source.name
    sandbox = sandbox.anew(frozenset(item.name for item in plan.items if item.only_reads))
    try:
        definition = load(course, name)
        assignment = prepare(definition, sandbox, SEED)
    except AssignmentError as error:
        said = " ".join(str(error).replace(str(course.root), "").split("\n")[0].split())
        named = _named(said, plan.items)
        return Proof(dict.fromkeys(named or [""], said), late=frozenset(sandbox.late))
    seconds = {name: enough(took) for name, took in sandbox.took.items() if ROOM * took > USUAL}
    notebook = read_solution(course.solution(name))
    budget = Budget(seconds=STUB_SECONDS)
    try:
        stub = judged(assignment, sandbox, stub_of(notebook, {}), file="stub.ipynb", budget=budget)
    except UnreadableError as error:
        return Proof({"": str(error)})
    hollow = hollow_answers(definition)
    given = {item.name: EARNED for item in plan.items if item.name.partition(".")[0] in hollow}
    lost, parts = _solution(assignment, sandbox, notebook)
    found = {**_earned(stub), **given, **lost}
    if found:
        earned = {one.name: frozenset(p.part for p in one.parts if p.points) for one in stub}
        return Proof(found, parts={**earned, **parts})
    remarks = (
        *given_definitions(definition),
        *judged_already(stub),
        *lenient_judges(assignment),
        *lint(definition, assignment, sandbox),
        *constant_answers(definition, assignment),
    )
    return Proof({}, _by_item(remarks), seconds)


def _by_item(remarks: Iterable[Remark]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for remark in remarks:
        found[remark.function] = (*found.get(remark.function, ()), remark.says)
    return found


def _named(said: str, items: Iterable[Item]) -> list[str]:
    """Return the items that an error names; the last one if it is about several.

    What it says in brackets is about others.
    """
    said = re.sub(r"\([^()]*\)", "", said)
    places = {item.name: said.rfind(item.name) for item in items if re.search(rf"\b{item.name}\b", said)}
    return [max(places, key=lambda name: places[name])] if places else []


def _solution(
    assignment: Assignment, sandbox: Sandbox, notebook: Any
) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Return where the solution loses points: why, by item, and the parts."""
    try:
        scores = judged(assignment, sandbox, sample(notebook), file="sample.ipynb")
    except UnreadableError as error:
        return {"": str(error)}, {}
    lost = [one for one in scores if not one.is_full and one.verdict is not Verdict.TO_BE_MARKED]
    return (
        {one.name: f"the solution itself loses points here: {one.message}" for one in lost},
        {one.name: frozenset(p.part for p in one.parts if p.points < p.max_points) for one in lost},
    )


def _earned(stub: Iterable[Score]) -> dict[str, str]:
    return {one.name: EARNED for one in stub if one.points or one.verdict is Verdict.PASSED}


def with_limits(plan: Plan, seconds: Mapping[str, int]) -> Plan:
    """Return a plan with the time limits of slow items.

    Args:
        plan: the plan.
        seconds: name -> the seconds that a call may take.

    Returns:
        the plan.
    """
    items = (replace(item, seconds=seconds.get(item.name, item.seconds)) for item in plan.items)
    return replace(plan, items=tuple(items))


def without(plan: Plan, found: Proof) -> Plan:
    """Return a plan without what does not hold, which is listed.

    Args:
        plan: the plan.
        found: what does not hold of it.

    Returns:
        the plan.
    """
    kept: list[Item] = []
    listed: list[Listed] = []
    for item in plan.items:
        left, gone = _tried_next(item, plan, found)
        kept += [] if left is None else [left]
        listed += [listed_test(block.test, block.points, found.faults[item.name], ADVICE) for block in gone]
    return replace(plan, items=tuple(kept), listed=(*plan.listed, *listed))


def _tried_next(item: Item, plan: Plan, found: Proof) -> tuple[Item | None, Sequence[Block]]:
    """Return what is left of an item, and the tests of it that go.

    What is slow is given time first. Then the tests of earlier definitions go, and then the own
    texts of the tests that do not hold judge.
    """
    if item.name in found.late and not item.seconds:
        return replace(item, seconds=MOST_SECONDS), ()
    if item.name not in found.faults:
        return item, ()
    fault = found.faults[item.name]
    earlier = [block for block in item.blocks if item.is_called and item.of in block.test.again]
    for gone in (earlier, _reading_unset(item, fault)):
        if gone and (left := item.without(gone)):
            return left, gone
    lost = _of_parts(item, found.parts.get(item.name, ())) or item.blocks
    if _may_assert(item, lost, plan, fault):
        return by_assertions(item, lost), ()
    left = item.without(lost)
    return left, lost if left else item.blocks


def _of_parts(item: Item, parts: Collection[str]) -> list[Block]:
    """Return the tests of some parts of an item: each with those without points below it."""
    found: list[Block] = []
    part = ""
    for block in item.blocks:
        part = part_of(block) if block.points > 0 else part
        found += [block] if part in parts else []
    return found


def _reading_unset(item: Item, fault: str) -> list[Block]:
    """Return the tests of an item that read the name which is not defined where it is graded."""
    found = re.search(r"NameError: name '(\w+)' is not defined", fault)
    return [
        block
        for block in item.blocks
        if found and any(step.kind == READ and step.on == found[1] for step in block.steps)
    ]


def _may_assert(item: Item, lost: Sequence[Block], plan: Plan, fault: str) -> bool:
    """Return whether the own texts of some tests of an item may judge, as their recorded answers do not hold.

    Answers that differ each time may still have what a test asserts. A test of several items judges none.
    """
    cells = {block.test.cell.number for block in lost}
    others = {block.test.cell.number for one in plan.items if one is not item for block in one.blocks}
    known = all(block.way == "assertion" or not block.test.steps for block in lost)
    return fault != EARNED and not known and cells.isdisjoint(others)
