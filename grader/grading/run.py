"""Runs graded functions of one submission: as they were written, alone, or beside the reference's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.grading.judge import Attempt, public_first
from grader.grading.minimal_example import small_cases
from grader.grading.nondeterminism import depends_on_chance, is_drawn
from grader.grading.plan import Plan
from grader.grading.programs import isolated_program, merged, program_beside, sha256_of
from grader.grading.rerun import certain, elsewhere, in_another_order
from grader.models.assignment import Case, Exercise
from grader.models.editions import held_in
from grader.models.execution import Call, Program, Run
from grader.models.submission import Part
from grader.notebooks.name_map import NameMap
from grader.sandbox.metering import Metered


class Runner:
    """Runs functions of one submission in a sandbox, and judges what they do.

    Args:
        plan: the assignment, and the submission.
        sandbox: where its functions run, charged to it; those of the reference are not.
        names: what its author calls them.
    """

    def __init__(self, plan: Plan, sandbox: Metered, names: NameMap) -> None:
        self.plan = plan
        self.sandbox = sandbox
        self.names = names
        self._by_chance: dict[str, bool] = {}

    def editions(self, name: str) -> tuple[int | None, ...]:
        """The editions by which a function may be judged: the current one, and those of its notebook."""
        return (None, *held_in(self.plan.submission.text, self.plan.exercises[name].editions))

    def program_of(self, functions: Iterable[str]) -> Program:
        """Functions as they were written, with all that they need."""
        parts, needed = self.plan.parts, self.plan.needed
        names = {used for name in functions for used in needed[name]} & parts.keys()
        return Program(merged(parts[name] for name in names), self.plan.assignment.wanted.modules)

    def by_chance(self, name: str) -> bool:
        """Whether a function may do otherwise in another process."""
        if name not in self._by_chance:
            self._by_chance[name] = depends_on_chance(self.plan.parts[name])
        return self._by_chance[name]

    # ------------------------------------------------------------ attempts

    def as_written(self, functions: Sequence[str]) -> dict[str, Attempt]:
        """Attempt functions in one child, beside their author's own versions of the others."""
        if len(functions) > 1:
            return self._together([self.plan.exercises[name] for name in functions])
        (name,) = functions
        return {name: self._judged(name, self.program_of([name]), public_first(self._cases(name)))}

    def alone(self, name: str) -> tuple[Attempt, Sequence[Run]]:
        """Attempt a function in a child that runs nothing but it and what it needs.

        It was seen to fail, so the small calls that show faults are made on the way, before any hidden one.

        Returns:
            the attempt, and the runs of the small calls.
        """
        exercise = self.plan.exercises[name]
        reference = self.plan.assignment, self.sandbox.unmetered
        small = [case.call for case in small_cases(exercise, *reference)]
        cases = public_first(exercise.cases)
        public = sum(case.public for case in cases)
        calls = [case.call for case in cases]
        runs = self.sandbox.run(self.program_of([name]), [*calls[:public], *small, *calls[public:]])
        by_case = dict(zip(cases, [*runs[:public], *runs[public + len(small) :]], strict=True))
        attempt = self.certain({name: self._attempt(name, by_case)})[name]
        return attempt, runs[public : public + len(small)]

    def isolated(self, name: str) -> Attempt:
        """Attempt a function beside the reference's versions of those that its reference calls."""

        def again(attempts: Mapping[str, Attempt]) -> dict[str, Attempt]:
            return {other: self._isolated(other, again=True) for other in attempts}

        return certain({name: self._isolated(name)}, self._may_differ, again)[name]

    def repaired(self, name: str, parts: Mapping[str, Part]) -> bool:
        """Whether a function passes in isolation when its notebook has other parts."""
        program = isolated_program(self.plan.assignment, name, parts, self.names)
        return self._judged(name, program, self._cases(name), part=parts[name]).passed

    def beside(self, name: str, other: str) -> Attempt:
        """Attempt a function as it was written, but for one that it needs, which is the reference's."""
        program = program_beside(self.plan.assignment, name, other, self.plan.parts, self.names)
        return self._judged(name, program, self._cases(name))

    def called(self, name: str, calls: Sequence[Call]) -> Sequence[Run]:
        """What a function does, as it was written, with calls of one's own."""
        return self.sandbox.run(self.program_of([name]), calls) if calls else ()

    def certain(self, attempts: Mapping[str, Attempt]) -> dict[str, Attempt]:
        """Attempts as written; those that are right once and may not be the next time, are asked again."""
        return certain(attempts, self._may_differ, self._elsewhere)

    def _together(self, exercises: Sequence[Exercise]) -> dict[str, Attempt]:
        """Functions in one child. What fails a public case there is asked no hidden one: it runs alone."""
        cases = [case for exercise in exercises for case in exercise.cases if case.public]

        def hidden(runs: Sequence[Run]) -> list[Call]:
            seen = dict(zip(cases, runs, strict=True))
            promising = [e for e in exercises if self._attempt(e.name, seen).passed]
            more = [case for exercise in promising for case in exercise.cases if not case.public]
            cases.extend(more)
            return [case.call for case in more]

        program = self.program_of([exercise.name for exercise in exercises])
        answers = self.sandbox.run(program, [case.call for case in cases], further=hidden)
        runs = dict(zip(cases, answers, strict=True))
        return {exercise.name: self._attempt(exercise.name, runs) for exercise in exercises}

    def _elsewhere(self, before: Mapping[str, Attempt]) -> dict[str, Attempt]:
        """The same functions once more, each in a child of its own: none is spoiled by another there."""
        return {
            name: self._judged(
                name,
                elsewhere(self.program_of([name])),
                in_another_order(public_first(self._cases(name))),
                editions=(attempt.edition,),
            )
            for name, attempt in before.items()
        }

    def _isolated(self, name: str, *, again: bool = False) -> Attempt:
        program = isolated_program(self.plan.assignment, name, self.plan.parts, self.names)
        cases = self._cases(name)
        if again:
            program, cases = elsewhere(program), in_another_order(cases)
        return self._judged(name, program, cases)

    def _judged(
        self,
        name: str,
        program: Program,
        cases: Sequence[Case],
        *,
        editions: Sequence[int | None] | None = None,
        part: Part | None = None,
    ) -> Attempt:
        """What a program's function does with cases, judged."""
        answers = self.sandbox.run(program, [case.call for case in cases])
        return self._attempt(name, dict(zip(cases, answers, strict=True)), editions, part)

    def _attempt(
        self,
        name: str,
        runs: Mapping[Case, Run],
        editions: Sequence[int | None] | None = None,
        part: Part | None = None,
    ) -> Attempt:
        exercise = self.plan.exercises[name]
        return Attempt.of(exercise, part or self.plan.parts[name], runs, editions or self.editions(name))

    def _cases(self, name: str) -> Sequence[Case]:
        return self.plan.exercises[name].cases

    def _may_differ(self, name: str) -> bool:
        """Whether a function that is right is asked once more in another process."""
        if self.by_chance(name):
            return True
        sha256 = sha256_of(self.plan.parts[name], self.plan.assignment.wanted)
        return is_drawn(self.plan.assignment.lot, name, sha256)
