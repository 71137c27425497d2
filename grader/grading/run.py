"""Run the graded functions of one submission: as written, alone, or beside the reference's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from grader.grading.judge import Attempt, public_first
from grader.grading.nondeterminism import depends_on_chance, is_drawn
from grader.grading.plan import Asides, Plan
from grader.grading.programs import isolated_program, merged, program_beside, run_with, sha256_of
from grader.grading.rerun import confirmed, elsewhere, in_another_order
from grader.models.assignment import Case, Exercise
from grader.models.editions import held_in
from grader.models.execution import Call, Program, Run, Statement
from grader.models.submission import Part
from grader.notebooks.name_map import NameMap
from grader.sandbox.metering import Metered
from grader.sandbox.rounds import Round


class Runner:
    """Runs functions of one submission in a sandbox and judges the runs.

    Args:
        plan: the assignment and the submission.
        sandbox: the sandbox; charges the submission's runs to its account, but not the reference's.
        names: the author's own names of graded functions.
    """

    def __init__(self, plan: Plan, sandbox: Metered, names: NameMap) -> None:
        self.plan = plan
        self.sandbox = sandbox
        self.names = names.also(plan.assignment.wanted.of)
        self._by_chance: dict[str, bool] = {}

    def editions(self, name: str) -> tuple[int | None, ...]:
        """Return the editions that may judge a function: None (the current one) and its notebook's."""
        return (None, *held_in(self.plan.submission.text, self.plan.exercises[name].editions))

    def program_of(self, functions: Iterable[str]) -> Program:
        """Return the program of some functions as written, with their dependencies."""
        parts, wanted = self.plan.parts, self.plan.assignment.wanted
        return wanted.program(merged(parts[name] for name in run_with(functions, parts, wanted)))

    def program_by_itself(self, name: str) -> Program:
        """Return the program of a function beside the reference's versions of its dependencies."""
        return isolated_program(self.plan.assignment, name, self.plan.parts, self.names)

    def by_chance(self, name: str) -> bool:
        """Return whether a function may act differently in another process."""
        if name not in self._by_chance:
            self._by_chance[name] = depends_on_chance(self.plan.parts[name])
        return self._by_chance[name]

    # ------------------------------------------------------------ attempts

    def as_written(self, functions: Sequence[str], first: str = "") -> dict[str, Attempt]:
        """Attempt functions in one process, beside the author's own versions of the others.

        Args:
            functions: the graded functions.
            first: the one to attempt before anything of the others is in the process, if any.

        Returns:
            function -> its attempt.
        """
        if len(functions) > 1:
            return self._together([self.plan.exercises[name] for name in functions], first)
        (name,) = functions
        return {name: self._judged(name, self.program_of([name]), public_first(self._cases(name)))}

    def alone(self, name: str, callers: Sequence[str] = ()) -> tuple[Attempt, Asides, dict[str, Attempt]]:
        """Attempt a function in a process that has only its dependencies.

        Since it failed before, calls that may explain it are made too, before any hidden call: the small
        ones, and once more, observed, the public one that fails. Behind it, in the same process, functions
        that call it are attempted beside the reference's version.

        Args:
            name: the graded function.
            callers: the functions that are to be judged in isolation if it fails.

        Returns:
            the attempt, the runs of those calls, and the attempts of callers that hold behind it.
        """
        from grader.grading.minimal_example import small_cases
        from grader.grading.observe import observing, worth_observing

        exercise = self.plan.exercises[name]
        reference = self.plan.assignment, self.sandbox.unmetered
        small = [case.call for case in small_cases(exercise, *reference)]
        public = [case for case in exercise.cases if case.public]
        hidden = [case for case in exercise.cases if not case.public]
        failing: list[Call] = []

        def further(runs: Sequence[Run]) -> list[Call]:
            seen = dict(zip(public, runs, strict=False))
            call = worth_observing(exercise, self._attempt(name, seen))
            failing.extend([call] if call else [])
            return [*map(observing, failing), *(case.call for case in hidden)]

        program, calls = self.program_of([name]), [*(case.call for case in public), *small]
        behind = self._lending_more_and_more(callers)
        rounds = [Round(lending, self._all_calls_of(caller)) for caller, lending in behind.items()]
        runs = self.sandbox.run(program, calls, then=[Round(program, further), *rounds])
        asides = Asides(runs[len(public) : len(calls)], dict(zip(failing, runs[len(calls) :], strict=False)))
        judged = iter([*runs[: len(public)], *runs[len(calls) + len(failing) :]])
        attempt = self._attempt(name, dict(zip([*public, *hidden], judged, strict=False)))
        attempt = self.confirmed({name: attempt})[name]
        return attempt, asides, {} if attempt.passed else self._behind(behind, judged)

    def _lending_more_and_more(self, callers: Iterable[str]) -> dict[str, Program]:
        """Return the isolated programs that may follow each other in one process.

        Code that is left of one could keep what was lent to it: so each is lent that, too.
        """
        programs: dict[str, Program] = {}
        lent: set[Statement] = set()
        for caller in callers:
            program = self.program_by_itself(caller)
            statements = {*program.stand_ins.statements} if program.stand_ins else set()
            if lent <= statements:
                programs[caller], lent = program, statements
        return programs

    def _behind(self, callers: Iterable[str], runs: Iterator[Run]) -> dict[str, Attempt]:
        """Return the isolated attempts that were made behind a wrong function, as far as they hold.

        One that fails is made again in a process of its own: the wrong function may be to blame. So is one
        that changes its arguments: that and its time could be messages about a hidden input of the other.
        """
        held = {}
        for caller in callers:
            attempt = self._attempt(caller, _untimed(dict(zip(self._cases(caller), runs, strict=False))))
            if attempt.passed and not any(run.changed for run in attempt.runs):
                held[caller] = self._confirmed_in_isolation(caller, attempt)
        return held

    def _all_calls_of(self, name: str) -> Callable[[Sequence[Run]], list[Call]]:
        return lambda _: [case.call for case in self._cases(name)]

    def isolated(self, name: str) -> Attempt:
        """Attempt a function beside the reference's versions of its dependencies."""

        return self._confirmed_in_isolation(name, self._isolated(name))

    def repaired(self, name: str, parts: Mapping[str, Part]) -> bool:
        """Return whether a function passes in isolation with a repaired notebook.

        Args:
            name: the graded function.
            parts: the functions of the repaired notebook.

        Returns:
            True if all cases pass.
        """
        program = isolated_program(self.plan.assignment, name, parts, self.names)
        return self._judged(name, program, self._cases(name), part=parts[name]).passed

    def beside(self, name: str, other: str) -> Attempt:
        """Attempt a function as written, with one dependency replaced by the reference's.

        Args:
            name: the graded function.
            other: the dependency.

        Returns:
            the attempt.
        """
        program = program_beside(self.plan.assignment, name, other, self.plan.parts, self.names)
        return self._judged(name, program, self._cases(name))

    def called(self, name: str, calls: Sequence[Call]) -> Sequence[Run]:
        """Run further calls of a function as written.

        Args:
            name: the graded function.
            calls: the calls.

        Returns:
            one run for each call, in order.
        """
        return self.sandbox.run(self.program_of([name]), calls) if calls else ()

    def confirmed(self, attempts: Mapping[str, Attempt]) -> dict[str, Attempt]:
        """Run functions that passed and may be nondeterministic again; return the corrected attempts."""
        return confirmed(attempts, self._may_differ, self._elsewhere)

    def _together(self, exercises: Sequence[Exercise], first: str) -> dict[str, Attempt]:
        """Attempt functions in one process. One that fails a public case gets no hidden call there.

        But the first has all of its calls before there is anything of the others in the process. Behind
        these, how long a public call took could be a message about a hidden input, and is not told.
        """
        others = [exercise for exercise in exercises if exercise.name != first]
        before = public_first(self._cases(first)) if first else ()
        public = [case for exercise in others for case in exercise.cases if case.public]
        cases = [*before, *public]

        def hidden(runs: Sequence[Run]) -> list[Call]:
            seen = dict(zip(cases, runs, strict=True))
            promising = [e for e in others if self._attempt(e.name, seen).passed]
            more = [case for exercise in promising for case in exercise.cases if not case.public]
            cases.extend(more)
            return [case.call for case in more]

        program = self.program_of([exercise.name for exercise in exercises])
        begun = self.program_of([first]) if first else program
        then = [Round(program, lambda _: [case.call for case in public]), Round(program, hidden)]
        answers = self.sandbox.run(begun, [case.call for case in before], then=then)
        runs = dict(zip(cases, answers, strict=True))
        if first:
            runs |= _untimed({case: runs[case] for case in public})
        return {exercise.name: self._attempt(exercise.name, runs) for exercise in exercises}

    def _elsewhere(self, before: Mapping[str, Attempt]) -> dict[str, Attempt]:
        """Attempt the same functions again, each in a process of its own, so that none affects another."""
        return {
            name: self._judged(
                name,
                elsewhere(self.program_of([name])),
                in_another_order(public_first(self._cases(name))),
                editions=(attempt.edition,),
            )
            for name, attempt in before.items()
        }

    def _confirmed_in_isolation(self, name: str, attempt: Attempt) -> Attempt:
        def again(attempts: Mapping[str, Attempt]) -> dict[str, Attempt]:
            return {other: self._isolated(other, again=True) for other in attempts}

        return confirmed({name: attempt}, self._may_differ, again)[name]

    def _isolated(self, name: str, *, again: bool = False) -> Attempt:
        program, cases = self.program_by_itself(name), self._cases(name)
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
        """Run the cases of a program's function and judge them."""
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
        """Return whether a function that passed is run again in another process."""
        if self.by_chance(name):
            return True
        sha256 = sha256_of(self.plan.parts[name], self.plan.assignment.wanted)
        return is_drawn(self.plan.assignment.lot, name, sha256)


def _untimed(runs: Mapping[Case, Run]) -> dict[Case, Run]:
    """Return runs behind another function's hidden calls without how long the public ones took.

    That could be a message about a hidden input.
    """
    return {case: replace(run, seconds=0.0) if case.public else run for case, run in runs.items()}
