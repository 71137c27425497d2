"""The whole pipeline: an assignment, a notebook and a sandbox become a report."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grader import diagnose
from grader.assignment import Definition, unsupported
from grader.errors import AssignmentError, UnreadableError
from grader.examples import smallest_fault
from grader.judging import depends_on_chance, judge, once_only, told
from grader.mistakefile import known_mistakes
from grader.mistakes import recognise
from grader.mixing import mixed_columns
from grader.model import (
    Assignment,
    Case,
    CaseResult,
    Exercise,
    Found,
    Part,
    Report,
    Run,
    Score,
    Standing,
    State,
    Status,
    Submission,
)
from grader.notebook.extraction import extract
from grader.notebook.names import NO_NAMES, NameMap
from grader.notebook.reading import read_cells
from grader.programs import isolated_program, program_of, sha256_of
from grader.sandbox import Sandbox
from grader.signature import signature
from grader.verdict import Outcome, Verdict


def prepare(definition: Definition, sandbox: Sandbox, seed: str) -> Assignment:
    """The assignment with every test case answered by its reference.

    Args:
        definition: what the assignment's files say.
        sandbox: where the reference runs, as a submission does.
        seed: what the hidden cases are drawn from.

    Raises:
        AssignmentError: the reference does not answer a case.
    """
    asked = [
        (exercise, *entry) for exercise in definition.exercises for entry in definition.calls(exercise, seed)
    ]
    program = program_of(definition.reference, definition.wanted)
    runs = sandbox.run(program, [call for _, _, call in asked])
    cases: dict[str, list[Case]] = {exercise.name: [] for exercise in definition.exercises}
    for (exercise, case_id, call), run in zip(asked, runs, strict=True):
        if run.status is not Status.RETURNED:
            raise AssignmentError(
                f"{definition.course.solution(definition.name)}: {exercise.name} "
                f"{run.status.replace('_', ' ')} on its test case {case_id}: {run.failure}\n"
                "  Mend the reference, or the generator."
            )
        if kind := unsupported(run.value):
            raise AssignmentError(
                f"{definition.course.solution(definition.name)}: {exercise.name} returns a value of type "
                f"{kind}\n  Return numbers, texts, arrays, and lists, tuples and dictionaries of those."
            )
        cases[exercise.name].append(Case(case_id, call.public, call, run.value))
    return Assignment(
        name=definition.name,
        exercises=tuple(dataclasses.replace(e, cases=tuple(cases[e.name])) for e in definition.exercises),
        wanted=definition.wanted,
        reference=definition.reference,
        sha256=definition.sha256,
        seed_sha256=hashlib.sha256(seed.encode()).hexdigest(),
        mistakes=functools.partial(known_mistakes, definition.mistakes_file, definition.mistakes_sha256),
    )


def grade(
    assignment: Assignment,
    sandbox: Sandbox,
    data: bytes,
    *,
    id: str,  # noqa: A002  # what it is called in results.json
    file: str,
    names: NameMap = NO_NAMES,
) -> Report:
    """The report of one notebook, whatever its bytes are.

    Raises:
        SandboxError: the sandbox broke down.

    Args:
        assignment: what is asked, and the expected answers.
        sandbox: where the notebook's functions run.
        data: the bytes of the notebook.
        id: what the submission is called in reports.
        file: the name of its file, for people.
        names: what the author calls the graded functions.
    """
    start = time.perf_counter()
    try:
        submission = extract(read_cells(data), assignment.wanted, names)
        _check_it_is_of(assignment, submission)
    except UnreadableError as error:
        return unreadable(assignment, id, file, str(error), data)
    scores, remarks = _scores(assignment, submission, sandbox, names)
    return Report(
        id=id,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        status="graded",
        points=sum(score.points for score in scores),
        max_points=assignment.max_points,
        seconds=time.perf_counter() - start,
        notes=(*submission.notes, *remarks),
        exercises=scores,
    )


def unreadable(assignment: Assignment, id: str, file: str, reason: str, data: bytes = b"") -> Report:  # noqa: A002
    """The report of a file that is not a notebook of the assignment: no mark, and the reason."""
    return _without_mark(assignment, id, file, data, "unreadable", f"{file}: {reason}")


def failed(assignment: Assignment, id: str, file: str, data: bytes, error: Exception) -> Report:  # noqa: A002
    """The report of a submission that could not be graded by a fault of ours: no mark, and what happened."""
    note = f"{file}: not graded, by no fault of its author: {type(error).__name__}: {error}"
    return _without_mark(assignment, id, file, data, "failed", note)


def not_submitted(assignment: Assignment, id: str) -> Report:  # noqa: A002
    """The report of a student who handed in nothing: no mark."""
    return Report(id, "", "", "not_submitted", None, assignment.max_points, 0.0, (), ())


def _without_mark(
    assignment: Assignment, name: str, file: str, data: bytes, status: Standing, note: str
) -> Report:
    digest = hashlib.sha256(data).hexdigest()
    return Report(name, file, digest, status, None, assignment.max_points, 0.0, (note,), ())


def _check_it_is_of(assignment: Assignment, submission: Submission) -> None:
    if all(found.state is State.MISSING for found in submission.functions.values()):
        raise UnreadableError(
            f"it has none of the {len(assignment.exercises)} graded functions of {assignment.name}. "
            "Is it a notebook of another exercise, or written with other names (see --map)?"
        )


# ---------------------------------------------------------------- attempts


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

    def fails_like(self, other: _Attempt) -> bool:
        """Whether another attempt gives the same reason first. If so, that reason is the function's own."""
        first = min(self.failing)
        mine, theirs = self.outcomes[first], other.outcomes[first]
        return first == min(other.failing) and (mine.verdict, mine.reason) == (theirs.verdict, theirs.reason)


def _scores(
    assignment: Assignment, submission: Submission, sandbox: Sandbox, names: NameMap
) -> tuple[tuple[Score, ...], list[str]]:
    """The score of every exercise, and remarks that cost nothing."""
    grading = _Grading(assignment, submission, sandbox, names)
    scores = tuple(grading.score(exercise) for exercise in assignment.exercises)
    return scores, list(grading.remarks())


class _Grading:
    """One submission in the sandbox: as written first, then each failing function by itself."""

    def __init__(
        self, assignment: Assignment, submission: Submission, sandbox: Sandbox, names: NameMap
    ) -> None:
        self.assignment = assignment
        self.submission = submission
        self.sandbox = sandbox
        self.names = names
        self.exercises = {exercise.name: exercise for exercise in assignment.exercises}
        written = [e for e in assignment.exercises if e.name in submission.parts]
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
        return len({id(run) for attempt in self.as_written.values() for run in attempt.runs}) == 1

    def _right_as_written(self, name: str) -> bool:
        return name in self.as_written and self.as_written[name].passed

    def _run_isolated(self, exercise: Exercise, part: Part) -> _Attempt:
        program = isolated_program(self.assignment, exercise.name, part, self.names)
        runs = self.sandbox.run(program, [case.call for case in exercise.cases])
        return _attempt(exercise, part, self.submission.functions[exercise.name].source, iter(runs))

    # ------------------------------------------------------------ scores

    def score(self, exercise: Exercise) -> Score:
        """What an exercise earned, and the digest of what was run of it."""
        part = self.submission.parts.get(exercise.name)
        digest = sha256_of(part, self.assignment.wanted) if part else ""
        return dataclasses.replace(self._earned(exercise), program_sha256=digest)

    def _earned(self, exercise: Exercise) -> Score:
        """The better of the two attempts."""
        found = self.submission.functions[exercise.name]
        if exercise.name not in self.as_written:
            return self._unwritten(exercise, found)
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

    def remarks(self) -> Iterator[str]:
        """What is worth knowing, and costs nothing."""
        for name, attempt in self.as_written.items():
            parameters = self.exercises[name].parameters
            changed = sorted({i for run in attempt.runs for i in run.changed if i < len(parameters)})
            if changed and not self.exercises[name].pure:
                yield f"{name}: changes the caller's {' and '.join(parameters[i] for i in changed)}"


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
