"""Puts the parts of submissions together into programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.model import Assignment, Exercise, Part, Program, StandIns, Statement, Submission, Wanted
from grader.notebook.names import NameMap


def program_of(submission: Submission, wanted: Wanted) -> Program:
    """The program that all graded functions of a submission make up, as it was written."""
    return Program(merged(submission.parts.values()), wanted.modules)


def merged(parts: Iterable[Part]) -> tuple[Statement, ...]:
    """The statements of several parts, each once, in the order of the notebook; adapters come last."""
    statements = {statement for part in parts for statement in part.statements}
    return tuple(sorted(statements, key=lambda s: (s.cell == 0, s.cell, s.line)))


def isolated_program(assignment: Assignment, name: str, part: Part, names: NameMap) -> Program:
    """One graded function by itself: with its author's helpers, and the reference's other graded functions.

    The reference of the function itself is never in it, nor that of any function that needs it.
    """
    exercises = {exercise.name: exercise for exercise in assignment.exercises}
    lent = [used for used in sorted(part.uses) if name not in _needed_for(used, exercises)]
    reference = assignment.reference.parts
    statements = merged(reference[need] for used in lent for need in _needed_for(used, exercises))
    adapters = [Statement(0, 1, source) for used in lent if (source := names.adapter_to_theirs(used))]
    stand_ins = StandIns((*statements, *adapters), tuple(names.theirs(used) for used in lent))
    return Program(part.statements, assignment.wanted.modules, stand_ins)


def _needed_for(name: str, exercises: Mapping[str, Exercise]) -> set[str]:
    """A graded function and all that its reference calls, directly or not."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        used = waiting.pop()
        if used not in needed:
            needed.add(used)
            waiting += exercises[used].uses
    return needed
