"""Prove an imported assignment: its solution scores all, its stub nothing. Items for which that fails go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.answer_lint import constant_answers
from grader.comparison.verdict import Verdict
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.importers.planning import Item, Plan
from grader.importers.source import Listed
from grader.models.assignment import Assignment
from grader.notebooks.solution import read_solution, sample
from grader.notebooks.stub import stub_of
from grader.sandbox import Sandbox

SEED = "import"
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
    report = grade(assignment, sandbox, sample(notebook), id="sample", file="sample.ipynb")
    if report.status != "graded":
        return {"": "; ".join(report.notes)}
    return {
        score.name: f"the solution itself loses points here: {score.message}"
        for score in report.exercises
        if score.points != score.max_points and score.verdict is not Verdict.TO_BE_MARKED
    }


def _stub(assignment: Assignment, sandbox: Sandbox, notebook: Any) -> dict[str, str]:
    report = grade(assignment, sandbox, stub_of(notebook, {}), id="stub", file="stub.ipynb")
    return {
        score.name: "what students receive earns points here already"
        for score in report.exercises
        if score.points
    }


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
