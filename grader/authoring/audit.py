"""Audits test cases by mutation: which small slips in the reference would they not see?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from grader.assignment import Definition
from grader.judging import judge
from grader.model import Assignment, Exercise, Program, Verdict
from grader.mutation import Mutant, mutants
from grader.programs import merged
from grader.sandbox import Sandbox

FIRST = 3
"""Cases that a mutant is tried on first; few survive them."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that passes every test case, and the instructor's reason why it may, if there is one."""

    function: str
    mutant: Mutant
    reason: str | None

    def __str__(self) -> str:
        return (
            f"{self.function}, line {self.mutant.line} of it: {self.mutant.description}. No test case tells "
            "it from the solution. Add one, or sign it off with the reason: "
            f'SIGNED_OFF["{self.function}"] = {{"{self.mutant.description}": "..."}}'
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """How many mutants there were, and which of them survived."""

    count: int
    survivors: tuple[Survivor, ...]

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        """The survivors that nobody has signed off."""
        return tuple(survivor for survivor in self.survivors if survivor.reason is None)


def audit(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Audit:
    """Run every one-edit mutant of every graded function beside the reference's other functions."""
    auditor = _Auditor(definition, assignment, sandbox)
    outcomes = [outcome for exercise in assignment.exercises for outcome in auditor.outcomes(exercise)]
    return Audit(len(outcomes), tuple(survivor for survivor in outcomes if survivor is not None))


@dataclass(frozen=True, slots=True)
class _Auditor:
    definition: Definition
    assignment: Assignment
    sandbox: Sandbox

    def outcomes(self, exercise: Exercise) -> Iterator[Survivor | None]:
        """For each mutant of a function, the survivor that it is, or None."""
        reasons = self.definition.signed_off.get(exercise.name, {})
        for mutant in mutants(self.definition.reference.functions[exercise.name].source):
            survives = self._survives(exercise, mutant)
            yield Survivor(exercise.name, mutant, reasons.get(mutant.description)) if survives else None

    def _survives(self, exercise: Exercise, mutant: Mutant) -> bool:
        program = self._program(exercise, mutant)
        part = self.definition.reference.parts[exercise.name]
        for cases in (exercise.cases[:FIRST], exercise.cases[FIRST:]):
            runs = self.sandbox.run(program, [case.call for case in cases])
            for case, run in zip(cases, runs, strict=True):
                if judge(exercise, case, run, part).verdict is not Verdict.PASSED:
                    return False
        return True

    def _program(self, exercise: Exercise, mutant: Mutant) -> Program:
        """The reference, one of its functions replaced by a mutant."""
        found = self.definition.reference.functions[exercise.name]
        statements = tuple(
            dataclasses.replace(statement, source=mutant.source)
            if statement.source == found.source
            else statement
            for statement in merged(self.definition.reference.parts.values())
        )
        return Program(statements, self.assignment.wanted.modules)
