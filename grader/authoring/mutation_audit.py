"""Audit test cases by mutation: find one-edit mutants of the reference that no case fails."""

from __future__ import annotations

import ast
import dataclasses
import functools
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from grader.assignments.definition import Definition
from grader.authoring.answer_leaks import answer_lines
from grader.authoring.input_variations import variations
from grader.authoring.sign_offs import Remark
from grader.authoring.variants import program_with, snippets
from grader.comparison.verdict import Verdict
from grader.grading.judge import accepts_reference, judge, judge_unseen
from grader.grading.known_mistakes import signature
from grader.grading.programs import merged, program_of
from grader.models.assignment import Assignment, Case, Exercise, Mistake
from grader.models.execution import Call, Program, Run, Statement, Status
from grader.models.submission import Submission
from grader.models.values import Value, finite
from grader.mutation import Mutant, mutants
from grader.notebooks.methods import method_of
from grader.notebooks.statements import bound_names
from grader.sandbox import Sandbox
from grader.sandbox.rounds import Round


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that passes every test case, and the instructor's reason why it may, if signed off.

    `function` is the graded function, helper or class that was mutated. Without a reason, `advice` says what
    would distinguish it from the solution. `line` is that of the function, or the method. `told_by` is a call
    that does, if one was found.
    """

    function: str
    mutant: Mutant
    line: int
    reason: str | None
    advice: str = ""
    place: str = ""
    told_by: Call | None = None

    @property
    def says(self) -> str:
        """Return what an instructor signs off: with the place, where another edit is described alike."""
        return f"{self.mutant.description}{self.place}"

    @property
    def remark(self) -> Remark:
        """Return the remark that an instructor may sign off."""
        return Remark(
            self.function,
            self.says,
            f"{'' if self.place else f', in line {self.line} of it'}. No test case tells that from the "
            f"solution. {self.advice}",
            self.mutant.description,
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """The number of mutants, the survivors, and the others as known mistakes.

    `untried` is the number of those beyond these that were not run, since others like them take long.
    """

    count: int
    survivors: tuple[Survivor, ...]
    mistakes: tuple[Mistake, ...]
    untried: int = 0

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        """Return the survivors that are not signed off."""
        return tuple(survivor for survivor in self.survivors if survivor.reason is None)


BATCH, PROBING, ADVISING = 50, 5.0, 60.0
"""The inputs that are tried at once; the seconds after which no others are tried of an exercise, and those
that advice may take altogether."""

USUAL, BEYOND, ALTOGETHER = 0.5, 30.0, 3
"""The seconds that trying a mutant may take anyhow; those that all may take together beyond these, since some
do not end; and how many times those all may take in all."""


def audit(definition: Definition, assignment: Assignment, sandbox: Sandbox, *, advise: bool = True) -> Audit:
    """Run every one-edit mutant of the code that students write, beside the rest of the reference.

    Mutated are the marked regions of graded functions and of the helpers and classes that these need; code
    that is handed out is the same in every submission.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where mutants run.
        advise: whether to look for what would distinguish the survivors from the solution.

    Returns:
        the survivors and the known mistakes.
    """
    auditor = _Auditor(
        definition, assignment, sandbox, _Left(ADVISING if advise else 0.0, BEYOND, ALTOGETHER * BEYOND)
    )
    survivors: list[Survivor] = []
    mistakes: list[Mistake] = []
    answers = _answers(definition, assignment)
    made_of = [[*mutants(answer.statement.source, answer.lines)] for answer in answers]
    described = [Counter(mutant.description for mutant in some) for some in made_of]
    untried = 0
    for at, mutant in _in_turns(made_of, auditor.left):
        if auditor.left.room <= 0:
            untried += 1
            continue
        began = time.monotonic()
        made = auditor.mistakes(answers[at], mutant)
        auditor.left.spend(time.monotonic() - began)
        mistakes += made
        if not made:
            alike = described[at][mutant.description] > 1
            survivors.append(auditor.survivor(answers[at], mutant, alike=alike))
    return Audit(sum(map(len, made_of)) - untried, tuple(survivors), tuple(mistakes), untried)


def _in_turns(made_of: Sequence[Sequence[Mutant]], left: _Left) -> Iterator[tuple[int, Mutant]]:
    """Yield all mutants, those last that are left of an answer of which many take long."""
    last: list[tuple[int, Mutant]] = []
    for at, some in enumerate(made_of):
        floor = left.room * (1 - 1 / (len(made_of) - at))
        for mutant in some:
            if left.room < floor or left.room <= 0:
                last.append((at, mutant))
            else:
                yield at, mutant
    yield from last


@dataclass(frozen=True, slots=True)
class _Answer:
    """A statement that students write at least in part: name, those lines, and the exercises that use it.

    `first` is the line of the statement where what is named begins: of a class, that of a method.
    """

    name: str
    statement: Statement
    lines: frozenset[int]
    exercises: tuple[Exercise, ...]
    first: int = 1


def _answers(definition: Definition, assignment: Assignment) -> list[_Answer]:
    """Return the graded functions, then the other statements they need that students write."""
    written = answer_lines(definition)
    reference, of = definition.reference, definition.wanted.of
    places = {(one.cell, one.line): item for item in of for one in [reference.functions[item]]}
    naming = {f"{item} = {name}" for item, name in of.items()}
    found: dict[str, _Answer] = {}  # the last definition of a name counts
    for statement in (one for one in merged(reference.parts.values()) if one.source not in naming):
        length = statement.source.count("\n") + 1
        lines = {i + 1 for i in range(length) if (statement.cell, statement.line + i) in written}
        using = [e for e in assignment.tested if statement in reference.parts[e.name].statements]
        item = places.get((statement.cell, statement.line), "")
        for name, own, exercises, first in _by_method(statement, lines, using, item):
            if own and exercises:
                found[name] = _Answer(name, statement, frozenset(own), tuple(exercises), first)
    graded = [exercise.name for exercise in assignment.tested]
    return sorted(
        found.values(), key=lambda one: graded.index(one.name) if one.name in graded else len(graded)
    )


def _by_method(
    statement: Statement, lines: set[int], using: Sequence[Exercise], item: str
) -> Iterator[tuple[str, set[int], Sequence[Exercise], int]]:
    """Yield the name of each answer in a statement, its lines, its exercises, and the line where it begins.

    `item` is that of a statement which later cells do anew.

    A graded method shows in the exercise of that method, and in that of its whole class.
    """
    name = next(bound_names(ast.parse(statement.source).body[0]), "") or f"line {statement.line}"
    left = set(lines)
    for exercise in using:
        owner, _, method = exercise.name.partition(".")
        found = method_of(statement.source, method) if method and owner == name else None
        if found:
            own = {line for line in lines if 0 <= line - found.line <= found.source.count("\n")}
            left -= own
            yield exercise.name, own, [exercise, *(one for one in using if one.name == owner)], found.line
    yield item or name, left, using, 1


def broken_by_hand(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[Mistake]:
    """Yield the known mistakes that an instructor wrote: one for each broken version of a single function.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where the broken versions run.

    Returns:
        an iterator of mistakes with their fingerprints.
    """
    exercises = {exercise.name: exercise for exercise in assignment.tested}
    for snippet in snippets(definition, "broken"):
        if len(snippet.functions) == 1:
            [name] = snippet.functions
            calls = [case.call for case in exercises[name].cases if case.public]
            runs = sandbox.run(program_with(definition, snippet, name), calls)
            yield Mistake(name, snippet.says, True, *signature(runs))


class _Probe(NamedTuple):
    """A variation of a test case that the reference answers, and the arguments that it changes in place."""

    kind: str
    case: Case
    changed: tuple[int, ...]


@functools.lru_cache(maxsize=256)
def _probes(assignment: Assignment, exercise: Exercise, sandbox: Sandbox) -> tuple[_Probe, ...]:
    """Return the variations of an exercise's cases that its reference answers right, with finite numbers."""
    varied = variations(exercise, _constants(exercise.name, assignment.reference))
    program = program_of(assignment.reference, assignment.wanted, exercise.name)
    runs: list[Run] = []
    ends = time.monotonic() + PROBING
    while len(runs) < len(varied) and time.monotonic() < ends:
        more = min(len(runs) + 1, BATCH)  # what leads to a variable runs for each
        runs += sandbox.run(program, [v.call for v in varied[len(runs) : len(runs) + more]])
    probes = (
        _Probe(one.kind, Case(f"varied-{i}", True, one.call, run.value), run.changed)
        for i, (one, run) in enumerate(zip(varied, runs, strict=False), 1)
        if run.status is Status.RETURNED and finite(run.value)
    )
    return tuple(probe for probe in probes if accepts_reference(exercise, probe.case))


def _constants(function: str, reference: Submission) -> list[Value]:
    """Return the numbers in a function, and the strings that any function compares or passes as options."""
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


@dataclass(slots=True)
class _Left:
    """The seconds that are left for advice, for mutants beyond what they may take anyhow, and for all."""

    seconds: float
    beyond: float
    altogether: float

    @property
    def room(self) -> float:
        """What is left for mutants, by what runs out first."""
        return min(self.beyond, self.altogether / ALTOGETHER)

    def spend(self, seconds: float) -> None:
        """Take the seconds that a mutant took from what is left."""
        self.beyond -= max(0.0, seconds - USUAL)
        self.altogether -= seconds


@dataclass(frozen=True, slots=True)
class _Auditor:
    definition: Definition
    assignment: Assignment
    sandbox: Sandbox
    left: _Left

    def mistakes(self, answer: _Answer, mutant: Mutant) -> list[Mistake]:
        """Return the known mistakes of a mutant: one for each exercise whose test cases fail it.

        Args:
            answer: the statement that was mutated.
            mutant: its mutant.

        Returns:
            the mistakes; none if the mutant survives.
        """
        made = []
        for exercise in answer.exercises:
            program = self._program(answer, mutant, exercise)
            seen, passed = self._run(exercise, program, public=True)
            if not passed or not self._run(exercise, program, public=False)[1]:
                made.append(Mistake(exercise.name, mutant.hint, False, *signature(seen)))
        return made

    def survivor(self, answer: _Answer, mutant: Mutant, *, alike: bool) -> Survivor:
        """Return a mutant that no case fails, with the signed-off reason or else advice.

        Args:
            answer: the statement that was mutated.
            mutant: its mutant.
            alike: whether another edit of the statement has the same description.

        Returns:
            the survivor.
        """
        line = mutant.line - answer.first + 1
        place = f" (line {line} of it, column {mutant.column})" if alike else ""
        signed = self.definition.signed_off.get(answer.name, {})
        reason = signed.get(f"{mutant.description}{place}") or signed.get(mutant.description)
        advice, told_by = ("", None) if reason else self._advice(answer, mutant)
        return Survivor(answer.name, mutant, line, reason, advice, place, told_by)

    def _advice(self, answer: _Answer, mutant: Mutant) -> tuple[str, Call | None]:
        """Return what would distinguish a mutant from the solution: a kind of input and a call with it, or
        `pure=True`.
        """
        if self.left.seconds <= 0:
            return "Other inputs were not tried any more, since the tests take long.", None
        began = time.monotonic()
        try:
            return self._found(answer, mutant)
        finally:
            self.left.seconds -= time.monotonic() - began

    def _found(self, answer: _Answer, mutant: Mutant) -> tuple[str, Call | None]:
        tried = [(one, *self._probed(one, self._program(answer, mutant, one))) for one in answer.exercises]
        for exercise, probes, runs in tried:
            part = self.definition.reference.parts[exercise.name]
            for probe, run in zip(probes, runs, strict=True):
                outcome = judge_unseen(exercise, probe.case, run, part)
                if outcome and outcome.verdict is not Verdict.PASSED:
                    return f"An input with {probe.kind} would: add one.", probe.case.call
        for exercise, probes, runs in tried:
            for probe, run in zip(probes, runs, strict=True):
                if changed := sorted(set(run.changed) - set(probe.changed)):
                    names = " and ".join(exercise.parameters[i] for i in changed)
                    return (
                        f"It changes the caller's {names}: with @exercise(pure=True) that would count.",
                        None,
                    )
        count = sum(len(probes) for _, probes, _ in tried)
        return f"None of {count} other inputs that were tried does either.", None

    def _probed(self, exercise: Exercise, program: Program) -> tuple[tuple[_Probe, ...], Sequence[Run]]:
        probes = _probes(self.assignment, exercise, self.sandbox)
        return probes, self.sandbox.run(program, [probe.case.call for probe in probes])

    def _run(self, exercise: Exercise, program: Program, *, public: bool) -> tuple[list[Run], bool]:
        """Run a mutant on the public or the hidden cases; return the runs and whether all pass.

        If the first call does not end, the others are not made.
        """

        def late(runs: Sequence[Run]) -> bool:
            return any(run.status is Status.TIMED_OUT for run in runs)

        part = self.definition.reference.parts[exercise.name]
        cases = [case for case in exercise.cases if case.public is public]
        calls = [case.call for case in cases]
        others = Round(program, lambda seen: () if late(seen) else calls[1:])
        runs = list(self.sandbox.run(program, calls[:1], then=[others]))
        if late(runs):
            return runs, False
        judged = (judge(exercise, case, run, part) for case, run in zip(cases, runs, strict=True))
        return runs, all(outcome.verdict is Verdict.PASSED for outcome in judged)

    def _program(self, answer: _Answer, mutant: Mutant, exercise: Exercise) -> Program:
        """Return the reference with one statement replaced by a mutant, as it is run for an exercise."""
        wanted = self.assignment.wanted
        statements = program_of(self.definition.reference, wanted, exercise.name).statements
        mutated = [
            dataclasses.replace(one, source=mutant.source) if one == answer.statement else one
            for one in statements
        ]
        return wanted.program(tuple(mutated))
