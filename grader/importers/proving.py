"""Prove an imported assignment: its solution scores all, its stub nothing. Items for which that fails go."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.answer_lint import constant_answers
from grader.comparison.verdict import Verdict
from grader.errors import AssignmentError, UnreadableError
from grader.grading.pipeline import judged
from grader.grading.reference import prepare
from grader.importers.planning import Item, Plan
from grader.importers.source import Listed
from grader.models import serialization
from grader.models.assignment import Assignment
from grader.models.budget import Budget
from grader.models.execution import Call, Program, Run
from grader.notebooks.solution import read_solution, sample
from grader.notebooks.stub import stub_of
from grader.sandbox import Sandbox
from grader.sandbox.metering import Account, Further

SEED = "import"
LONG = 0.2
"""Seconds from which on what leads to a variable is run once; `grader validate` runs it again."""

STUB_SECONDS = 2.0
"""The time until what students receive is taken to earn nothing: some of it loops."""

ADVICE = "Write test cases for it, or grade it by a question()."


class Proof(NamedTuple):
    """The items that do not hold, each with the reason; and what may be remarked on the tests of others.

    The name "" stands for what is the fault of no item.
    """

    faults: Mapping[str, str]
    remarks: Mapping[str, tuple[str, ...]]


def proof(plan: Plan, course: Course, sandbox: Sandbox) -> Proof:
    """Return what holds of a written assignment.

    Args:
        plan: the plan.
        course: the course in which it is written.
        sandbox: where it runs.

    Returns:
        the proof.
    """
    name = plan.source.name
    sandbox = _Remembering(sandbox)
    try:
        definition = load(course, name)
        assignment = prepare(definition, sandbox, SEED)
    except AssignmentError as error:
        said = " ".join(str(error).replace(str(course.root), "").split("\n")[0].split())
        named = _named(said, plan.items)
        return Proof(dict.fromkeys(named or [""], said), {})
    notebook = read_solution(course.solution(name))
    found = {**_stub(assignment, sandbox, notebook), **_solution(assignment, sandbox, notebook)}
    remarks: dict[str, tuple[str, ...]] = {}
    for remark in () if found else constant_answers(definition, assignment):
        remarks[remark.function] = (*remarks.get(remark.function, ()), remark.says)
    return Proof(found, remarks)


def _named(said: str, items: Iterable[Item]) -> list[str]:
    """Return the items that an error names; the last one if it is about several."""
    places = {item.name: said.rfind(item.name) for item in items if re.search(rf"\b{item.name}\b", said)}
    return [max(places, key=lambda name: places[name])] if places else []


def _solution(assignment: Assignment, sandbox: Sandbox, notebook: Any) -> dict[str, str]:
    try:
        scores = judged(assignment, sandbox, sample(notebook), file="sample.ipynb")
    except UnreadableError as error:
        return {"": str(error)}
    return {
        score.name: f"the solution itself loses points here: {score.message}"
        for score in scores
        if score.points != score.max_points and score.verdict is not Verdict.TO_BE_MARKED
    }


def _stub(assignment: Assignment, sandbox: Sandbox, notebook: Any) -> dict[str, str]:
    try:
        budget = Budget(seconds=STUB_SECONDS)
        scores = judged(assignment, sandbox, stub_of(notebook, {}), file="stub.ipynb", budget=budget)
    except UnreadableError:
        return {}
    return {score.name: "what students receive earns points here already" for score in scores if score.points}


class _Remembering:
    """A sandbox that does not make a call again which took long: it gives the same run."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._known: dict[tuple[tuple[str, ...], bytes], Run] = {}

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        further: Further | None = None,
    ) -> Sequence[Run]:
        """Return one `Run` for each call; see `grader.sandbox.Sandbox`."""
        if len({call.function for call in calls}) > 1:
            return self._sandbox.run(program, calls, account, further)
        sources = tuple(statement.source for statement in program.statements)
        keys = [(sources, serialization.encode((call.function, call.args))) for call in calls]
        if self._known.keys() >= {*keys}:
            return [self._known[key] for key in keys]
        began = time.perf_counter()
        runs = self._sandbox.run(program, calls, account, further)
        if time.perf_counter() - began > LONG:
            self._known |= dict(zip(keys, runs, strict=False))
        return runs


def without(plan: Plan, faults: Mapping[str, str]) -> Plan:
    """Return a plan without some items, which are listed.

    Args:
        plan: the plan.
        faults: name -> reason.

    Returns:
        the plan.
    """
    kept = tuple(item for item in plan.items if item.name not in faults)
    listed = [
        Listed(
            block.test.cell.number,
            block.test.cell.title,
            block.test.cell.source,
            faults[item.name],
            ADVICE,
            block.points,
        )
        for item in plan.items
        if item.name in faults
        for block in item.blocks
    ]
    return replace(plan, items=kept, listed=(*plan.listed, *listed))
