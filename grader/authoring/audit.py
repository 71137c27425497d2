"""Audits test cases by mutation: which small slips in the reference would they not see?"""

from __future__ import annotations

import ast
import dataclasses
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from grader.assignment import Definition
from grader.authoring.samples import program_with, snippets
from grader.authoring.variations import variations
from grader.judging import judge
from grader.mistakes import signature
from grader.model import Assignment, Case, Exercise, Mistake, Program, Run, Status, Submission, Value
from grader.mutation import Mutant, mutants
from grader.programs import merged, program_of
from grader.sandbox import Sandbox
from grader.smallest import finite
from grader.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that passes every test case, and the instructor's reason why it may, if there is one.

    Without a reason, `advice` says what would tell it from the solution.
    """

    function: str
    mutant: Mutant
    reason: str | None
    advice: str = ""

    def __str__(self) -> str:
        return (
            f"{self.function}, line {self.mutant.line} of it: {self.mutant.description}. No test case tells "
            f"it from the solution. {self.advice} If it is right too, sign it off with the reason: "
            f'SIGNED_OFF["{self.function}"] = {{"{self.mutant.description}": "..."}}'
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of the mutants: those that survived, and the mistakes that the others are.

    `unused` has the functions and descriptions that are signed off, and are of no survivor.
    """

    count: int
    survivors: tuple[Survivor, ...]
    mistakes: tuple[Mistake, ...]
    unused: tuple[tuple[str, str], ...]

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        """The survivors that nobody has signed off."""
        return tuple(survivor for survivor in self.survivors if survivor.reason is None)


def audit(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Audit:
    """Run every one-edit mutant of every graded function beside the reference's other functions."""
    auditor = _Auditor(definition, assignment, sandbox)
    found = [outcome for exercise in assignment.exercises for outcome in auditor.outcomes(exercise)]
    survivors = tuple(outcome for outcome in found if isinstance(outcome, Survivor))
    surviving = {(survivor.function, survivor.mutant.description) for survivor in survivors}
    signed_off = [(name, said) for name, reasons in definition.signed_off.items() for said in reasons]
    return Audit(
        len(found),
        survivors,
        tuple(outcome for outcome in found if isinstance(outcome, Mistake)),
        tuple(entry for entry in signed_off if entry not in surviving),
    )


def broken_by_hand(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[Mistake]:
    """The mistakes that an instructor wrote down: one for each broken version of a single function."""
    exercises = {exercise.name: exercise for exercise in assignment.exercises}
    for snippet in snippets(definition, "broken"):
        if len(snippet.functions) == 1:
            [name] = snippet.functions
            calls = [case.call for case in exercises[name].cases if case.public]
            runs = sandbox.run(program_with(definition, snippet), calls)
            yield Mistake(name, snippet.says, True, *signature(runs))


class _Probe(NamedTuple):
    """A variation of a test case that the reference can answer, and the arguments that it changes."""

    kind: str
    case: Case
    changed: tuple[int, ...]


@functools.lru_cache(maxsize=256)
def _probes(assignment: Assignment, exercise: Exercise, sandbox: Sandbox) -> tuple[_Probe, ...]:
    """The variations of an exercise's cases that its reference answers with numbers."""
    varied = variations(exercise, _constants(exercise.name, assignment.reference))
    runs = sandbox.run(program_of(assignment.reference, assignment.wanted), [v.call for v in varied])
    return tuple(
        _Probe(one.kind, Case(f"varied-{i}", True, one.call, run.value), run.changed)
        for i, (one, run) in enumerate(zip(varied, runs, strict=True), 1)
        if run.status is Status.RETURNED and finite(run.value)
    )


def _constants(function: str, reference: Submission) -> list[Value]:
    """The numbers in a function, and the texts that any function compares with or hands on as an option."""
    found: list[Value] = []
    for name, one in reference.functions.items():
        for node in ast.walk(ast.parse(one.source)):
            match node:
                case ast.Constant(value=int() | float() as number) if name == function:
                    found.append(number)
                case ast.Call(args=values) | ast.Compare(comparators=values):
                    found += [
                        v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)
                    ]
    return list(dict.fromkeys(found))


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
                reason = reasons.get(mutant.description)
                advice = "" if reason else self._advice(exercise, program)
                yield Survivor(exercise.name, mutant, reason, advice)
            else:
                yield Mistake(exercise.name, mutant.hint, False, *signature(seen))

    def _advice(self, exercise: Exercise, program: Program) -> str:
        """What would tell a mutant from the solution: a kind of input, or that changed inputs count."""
        part = self.definition.reference.parts[exercise.name]
        probes = _probes(self.assignment, exercise, self.sandbox)
        runs = self.sandbox.run(program, [probe.case.call for probe in probes])
        for probe, run in zip(probes, runs, strict=True):
            if judge(exercise, probe.case, run, part).verdict is not Verdict.PASSED:
                return f"An input with {probe.kind} would: add one."
        for probe, run in zip(probes, runs, strict=True):
            if changed := sorted(set(run.changed) - set(probe.changed)):
                names = " and ".join(exercise.parameters[i] for i in changed)
                return f"It changes the caller's {names}: with @exercise(pure=True) that would count."
        return f"None of {len(probes)} other inputs that were tried does either."

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
