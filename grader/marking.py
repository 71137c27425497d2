"""Marks one submission's functions: as written first, then each failing one by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grader import diagnose
from grader.examples import smallest_fault
from grader.judging import depends_on_chance, judge, once_only, told
from grader.meaning import Meaning, meanings, needed_by
from grader.memory import Memory, placed, unplaced
from grader.mistakes import recognise
from grader.mixing import mixed_columns
from grader.model import (
    Assignment,
    Case,
    CaseResult,
    Exercise,
    Found,
    Part,
    Run,
    Score,
    State,
    Status,
    Submission,
)
from grader.notebook.names import NameMap
from grader.programs import isolated_program, program_of, sha256_of
from grader.sandbox import Sandbox
from grader.signature import signature
from grader.verdict import Outcome, Verdict

TRANSIENT = {"MemoryError", "RecursionError"}


@dataclass(frozen=True, slots=True)
class _Attempt:
    """The cases of one exercise, each with what the sandbox saw and what that is worth."""

    cases: tuple[Case, ...]
    runs: tuple[Run, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        return all(outcome.verdict is Verdict.PASSED for outcome in self.outcomes)

    @property
    def failing(self) -> list[int]:
        return [i for i, outcome in enumerate(self.outcomes) if outcome.verdict is not Verdict.PASSED]

    @property
    def lasting(self) -> bool:
        """Whether the same calls would do the same again; time and memory may not be the same."""
        return all(
            run.status in (Status.RETURNED, Status.RAISED, Status.MISSING)
            and (run.failure is None or run.failure.exception not in TRANSIENT)
            for run in self.runs
        )

    def fails_like(self, other: _Attempt) -> bool:
        """Whether another attempt gives the same reason first. If so, that reason is the function's own."""
        first = min(self.failing)
        mine, theirs = self.outcomes[first], other.outcomes[first]
        return first == min(other.failing) and (mine.verdict, mine.reason) == (theirs.verdict, theirs.reason)


class Marking:
    """One submission in the sandbox: as written first, then each failing function by itself.

    Args:
        assignment: what is asked, and the expected answers.
        submission: what was handed in.
        sandbox: where its functions run.
        names: what its author calls them.
        memory: knows the scores of functions that mean the same; what it knows is not run again.
    """

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        sandbox: Sandbox,
        names: NameMap,
        memory: Memory | None = None,
    ) -> None:
        self.assignment = assignment
        self.submission = submission
        self.sandbox = sandbox
        self.names = names
        self.exercises = {exercise.name: exercise for exercise in assignment.exercises}
        self.memory = memory
        self.meanings: dict[str, Meaning] = {}
        self.recalled = self._recall()
        unknown = [name for name in submission.parts if name not in self.recalled]
        wanted = {used for name in unknown for used in needed_by(name, submission.parts)}
        written = [e for e in assignment.exercises if e.name in submission.parts and e.name in wanted]
        self.as_written = self._certain(self._attempts_as_written(written))
        self.isolated = {
            name: attempt
            for name in self.as_written
            if (attempt := self._attempt_isolated(name, submission.parts[name])) is not None
        }

    def _attempts_as_written(self, written: Sequence[Exercise]) -> dict[str, _Attempt]:
        """Functions that are written, beside their author's own versions of the others.

        Public calls come before the first hidden one: their answers are told, and could tell of it.
        """
        program = program_of(self.submission, self.assignment.wanted)
        cases = sorted((case for e in written for case in e.cases), key=lambda case: not case.public)
        runs = dict(zip(cases, self.sandbox.run(program, [case.call for case in cases]), strict=True))
        parts, found = self.submission.parts, self.submission.functions
        return {
            e.name: _attempt(e, parts[e.name], found[e.name].source, (runs[case] for case in e.cases))
            for e in written
        }

    def _certain(self, attempts: dict[str, _Attempt]) -> dict[str, _Attempt]:
        """The same attempts, but for those that are right and, in another process, are not right again."""
        doubtful = [
            self.exercises[name]
            for name, attempt in attempts.items()
            if attempt.passed and depends_on_chance(self.submission.parts[name])
        ]
        again = self._attempts_as_written(doubtful) if doubtful else {}
        return attempts | {
            name: dataclasses.replace(attempts[name], outcomes=tuple(map(once_only, attempt.outcomes)))
            for name, attempt in again.items()
        }

    def _attempt_isolated(self, name: str, part: Part) -> _Attempt | None:
        """A function that fails beside others that fail, with the reference's version of those it calls."""
        helps = self._never_defined or not all(self._right_as_written(used) for used in part.uses)
        if self._right_as_written(name) or not helps:
            return None
        return self._run_isolated(self.exercises[name], part)

    @property
    def _never_defined(self) -> bool:
        """Whether the program as a whole was lost before its first call: then all calls share one run."""
        runs = [run for attempt in self.as_written.values() for run in attempt.runs]
        return len(runs) > 1 and all(run is runs[0] for run in runs)

    def _right_as_written(self, name: str) -> bool:
        return name in self.as_written and self.as_written[name].passed

    def _run_isolated(self, exercise: Exercise, part: Part) -> _Attempt:
        program = isolated_program(self.assignment, exercise.name, part, self.names)
        runs = self.sandbox.run(program, [case.call for case in exercise.cases])
        return _attempt(exercise, part, self.submission.functions[exercise.name].source, iter(runs))

    # ------------------------------------------------------------ memory

    def _recall(self) -> dict[str, Score]:
        """What is known of the functions, by what they mean."""
        if self.memory is None or any(map(depends_on_chance, self.submission.parts.values())):
            return {}
        self.meanings = meanings(self.submission, self.exercises, frozenset(self.assignment.wanted.modules))
        known = {name: self.memory.recall(meaning) for name, meaning in self.meanings.items()}
        return {name: placed(score, name, self.submission) for name, score in known.items() if score}

    def _remember(self, score: Score) -> None:
        """Keep a score that another run would give again."""
        if self.memory is None or score.name not in self.meanings or score.name in self.recalled:
            return
        attempts = (self.as_written[score.name], self.isolated.get(score.name))
        if all(attempt is None or attempt.lasting for attempt in attempts):
            self.memory.remember(self.meanings[score.name], unplaced(score, self.submission))

    # ------------------------------------------------------------ scores

    def scores(self) -> tuple[Score, ...]:
        """The score of every exercise."""
        return tuple(map(self._score, self.assignment.exercises))

    def _score(self, exercise: Exercise) -> Score:
        part = self.submission.parts.get(exercise.name)
        if part is None:
            return self._unwritten(exercise, self.submission.functions[exercise.name])
        score = self.recalled.get(exercise.name) or dataclasses.replace(
            self._earned(exercise), remark=self._remark(exercise)
        )
        self._remember(score)
        return dataclasses.replace(score, program_sha256=sha256_of(part, self.assignment.wanted))

    def _earned(self, exercise: Exercise) -> Score:
        """The better of the two attempts."""
        found = self.submission.functions[exercise.name]
        written, isolated = self.as_written[exercise.name], self.isolated.get(exercise.name)
        if written.passed:
            return _score(exercise, found, written, points=exercise.points)
        if isolated is not None and isolated.passed:
            cause = self._cause(exercise.name)
            score = _score(exercise, found, isolated, points=exercise.points)
            message = f"Right by itself; {cause}, which it calls, is not." if cause else "Right by itself."
            return dataclasses.replace(score, credited="isolated", cause=cause, message=message)
        if isolated is None or isolated.fails_like(written):
            return self._failed(exercise, found, written, told=told)
        return self._failed(exercise, found, isolated, told=lambda _case, _run, outcome: outcome.reason)

    def _cause(self, name: str, asked: frozenset[str] = frozenset()) -> str | None:
        """The graded function that is at fault when another one is right by itself."""
        uses = self.submission.parts[name].uses - asked  # two that call each other would ask for ever
        for used in sorted(uses, key=list(self.exercises).index):
            if not self._right_as_written(used):
                isolated = self.isolated.get(used)
                right = isolated is not None and isolated.passed
                return self._cause(used, asked | {name}) if right else used
        return None

    def _failed(
        self, exercise: Exercise, found: Found, attempt: _Attempt, told: Callable[[Case, Run, Outcome], str]
    ) -> Score:
        """A score of nothing, explained by the first case that failed."""
        first = min(attempt.failing)
        case, run, outcome = attempt.cases[first], attempt.runs[first], attempt.outcomes[first]
        place = run.failure if run.failure and self.submission.has_line_of(run.failure) else found
        unbound = run.failure is not None and run.failure.exception == "NameError"  # no call shows it better
        ended = run.status in (Status.RETURNED, Status.RAISED)
        shown = attempt is self.as_written[exercise.name] and ended and not unbound
        return dataclasses.replace(
            _score(exercise, found, self.as_written[exercise.name], points=0),
            verdict=outcome.verdict,
            status=run.status,
            message=told(case, run, outcome),
            hint=diagnose.hint(outcome, run, case, self.submission.parts[exercise.name], exercise.results)
            or self._known_mistake(exercise, attempt)
            or self._mixed_columns(exercise, outcome),
            example=self._example(exercise) if shown else "",
            cell=place.cell,
            line=place.line,
            signature=signature(self.isolated.get(exercise.name, attempt).runs, found),
        )

    def _known_mistake(self, exercise: Exercise, attempt: _Attempt) -> str:
        """What is known of the mistake that gives these answers to the public cases."""
        if not attempt.cases[min(attempt.failing)].public:
            return ""  # right answers are no sign of any mistake
        mistakes = [m for m in self.assignment.mistakes() if m.function == exercise.name]
        public = [run for case, run in zip(attempt.cases, attempt.runs, strict=True) if case.public]
        return recognise(mistakes, public)

    def _mixed_columns(self, exercise: Exercise, outcome: Outcome) -> str:
        """Which columns a function mixes up, unless one that it calls may do so."""
        if outcome.verdict is not Verdict.WRONG_VALUE or exercise.name in self.isolated:
            return ""
        program = program_of(self.submission, self.assignment.wanted)
        source = self.submission.functions[exercise.name].source
        return mixed_columns(self.assignment, exercise, program, source, self.sandbox)

    def _example(self, exercise: Exercise) -> str:
        """The smallest call on which a function fails as it was written."""
        program = program_of(self.submission, self.assignment.wanted)
        return smallest_fault(self.assignment, exercise, program, self.submission, self.sandbox)

    def _unwritten(self, exercise: Exercise, found: Found) -> Score:
        """The score of a function that cannot be run as it stands."""
        if found.state is State.SYNTAX_ERROR:
            verdict, status = Verdict.DID_NOT_RUN, Status.SYNTAX_ERROR
            message = f"Cell {found.cell} does not parse: line {found.problem_line}: {found.problem}."
        else:
            verdict, status = Verdict.NOT_ATTEMPTED, Status.MISSING
            absent = f"There is no function {exercise.name} in the notebook. {found.problem}".strip()
            message = f"{exercise.name} is not written yet." if found.state is State.BLANK else absent
        cases = tuple(CaseResult(case.id, case.public, verdict, message, 0.0) for case in exercise.cases)
        return Score(
            exercise.name, 0, exercise.points, verdict, status, "as_written", None,
            message, self._advice(exercise), found.cell, found.problem_line or found.line, cases,
            **_text(found),
        )  # fmt: skip

    def _advice(self, exercise: Exercise) -> str:
        """What a function that does not parse would be worth with its one slip mended."""
        repair = self.submission.repaired.get(exercise.name)
        if repair is None:
            return ""
        attempt = self._run_isolated(exercise, repair.parts[exercise.name])
        return f"{repair.advice}{': then it passes every test' if attempt.passed else ''}."

    def _remark(self, exercise: Exercise) -> str:
        """What is worth knowing of a function, and costs nothing."""
        parameters = exercise.parameters
        runs = self.as_written[exercise.name].runs
        changed = sorted({i for run in runs for i in run.changed if i < len(parameters)})
        if exercise.pure or not changed:
            return ""
        return f"{exercise.name}: changes the caller's {' and '.join(parameters[i] for i in changed)}"


# ---------------------------------------------------------------- judging


def _attempt(exercise: Exercise, part: Part, source: str, runs: Iterator[Run]) -> _Attempt:
    cases = exercise.asked_of(source, exercise.cases)
    taken = tuple(next(runs) for _ in cases)
    outcomes = tuple(judge(exercise, case, run, part) for case, run in zip(cases, taken, strict=True))
    return _Attempt(cases, taken, outcomes)


def _score(exercise: Exercise, found: Found, attempt: _Attempt, *, points: float) -> Score:
    cases = tuple(
        CaseResult(
            case.id, case.public, outcome.verdict, told(case, run, outcome), run.seconds,
            *((outcome.path, outcome.actual, outcome.expected) if case.public else ()),
        )
        for case, run, outcome in zip(attempt.cases, attempt.runs, attempt.outcomes, strict=True)
    )  # fmt: skip
    return Score(
        exercise.name, points, exercise.points, Verdict.PASSED, Status.RETURNED, "as_written", None,
        "", "", found.cell, found.line, cases, **_text(found),
    )  # fmt: skip


def _text(found: Found) -> dict[str, Any]:
    return {"source": found.source, "source_cell": found.cell, "first_line": found.line or 1}
