"""Audits test cases by mutation: which small slips in the reference would they not see?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from grader.assignment import Definition
from grader.authoring.samples import snippets
from grader.judging import judge
from grader.mistakes import signature
from grader.model import Assignment, Exercise, Mistake, Program, Run, Statement, Verdict
from grader.mutation import Mutant, mutants
from grader.programs import merged
from grader.sandbox import Sandbox


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
    """What became of the mutants: those that survived, and the mistakes that the others are."""

    count: int
    survivors: tuple[Survivor, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        """The survivors that nobody has signed off."""
        return tuple(survivor for survivor in self.survivors if survivor.reason is None)


def audit(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Audit:
    """Run every one-edit mutant of every graded function beside the reference's other functions."""
    auditor = _Auditor(definition, assignment, sandbox)
    found = [outcome for exercise in assignment.exercises for outcome in auditor.outcomes(exercise)]
    return Audit(
        len(found),
        tuple(outcome for outcome in found if isinstance(outcome, Survivor)),
        tuple(outcome for outcome in found if isinstance(outcome, Mistake)),
    )


def broken_by_hand(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[Mistake]:
    """The mistakes that an instructor wrote down: one for each broken version of a single function."""
    exercises = {exercise.name: exercise for exercise in assignment.exercises}
    for snippet in snippets(definition, "broken"):
        if len(snippet.functions) == 1:
            [name] = snippet.functions
            statements = merged(definition.reference.parts.values())
            program = Program((*statements, Statement(LAST, 1, snippet.source)), assignment.wanted.modules)
            calls = [case.call for case in exercises[name].cases if case.public]
            yield Mistake(name, snippet.says, True, *signature(sandbox.run(program, calls)))


LAST = 1_000_000
"""The number of a cell that comes after all others."""


@dataclass(frozen=True, slots=True)
class _Auditor:
    definition: Definition
    assignment: Assignment
    sandbox: Sandbox

    def outcomes(self, exercise: Exercise) -> Iterator[Survivor | Mistake]:
        """For each mutant of a function, the survivor or the mistake that it is."""
        reasons = self.definition.signed_off.get(exercise.name, {})
        for mutant in mutants(self.definition.reference.functions[exercise.name].source):
            program = self._program(exercise, mutant)
            seen, passed = self._run(exercise, program, public=True)
            if passed and self._run(exercise, program, public=False)[1]:
                yield Survivor(exercise.name, mutant, reasons.get(mutant.description))
            else:
                yield Mistake(exercise.name, mutant.hint, False, *signature(seen))

    def _run(self, exercise: Exercise, program: Program, *, public: bool) -> tuple[list[Run], bool]:
        """What a mutant does with the public or the hidden cases, and whether it passes them."""
        part = self.definition.reference.parts[exercise.name]
        cases = [case for case in exercise.cases if case.public is public]
        runs = list(self.sandbox.run(program, [case.call for case in cases]))
        judged = (judge(exercise, case, run, part) for case, run in zip(cases, runs, strict=True))
        return runs, all(outcome.verdict is Verdict.PASSED for outcome in judged)

    def _program(self, exercise: Exercise, mutant: Mutant) -> Program:
        """The reference, one of its functions replaced by a mutant."""
        found = self.definition.reference.functions[exercise.name]
        statements = merged(self.definition.reference.parts.values())
        mutated = [
            dataclasses.replace(one, source=mutant.source) if one.source == found.source else one
            for one in statements
        ]
        return Program(tuple(mutated), self.assignment.wanted.modules)
