"""The whole pipeline: an assignment, a notebook and a sandbox become a report."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
import time

from grader.assignments.loader import Definition, unsupported
from grader.errors import AssignmentError, UnreadableError
from grader.grading.known_mistakes import known_mistakes
from grader.grading.programs import program_of
from grader.grading.score_cache import ScoreCache
from grader.grading.scoring import Marking
from grader.models.assignment import Assignment, Case
from grader.models.budget import BUDGET, Budget
from grader.models.execution import Run, Status
from grader.models.report import Report, Standing
from grader.models.submission import State, Submission
from grader.notebooks.assignment_detection import marked_functions
from grader.notebooks.extraction import extract
from grader.notebooks.name_map import NO_NAMES, NameMap
from grader.notebooks.parse_budget import check_it_can_be_read
from grader.notebooks.scripts import cells_of
from grader.sandbox import Sandbox
from grader.sandbox.metering import Account, Metered


def prepare(definition: Definition, sandbox: Sandbox, seed: str | None) -> Assignment:
    """The assignment with every test case answered by its reference.

    Args:
        definition: what the assignment's files say.
        sandbox: where the reference runs, as a submission does.
        seed: what the hidden cases are drawn from; None for the public ones alone.

    Raises:
        AssignmentError: the reference does not answer a case.
    """
    asked = [
        (exercise, *entry) for exercise in definition.exercises for entry in definition.calls(exercise, seed)
    ]
    program = program_of(definition.reference, definition.wanted)
    runs = sandbox.run(program, [call for _, _, call in asked])
    cases: dict[str, list[Case]] = {exercise.name: [] for exercise in definition.exercises}
    answered = zip(asked, runs, strict=True)
    for name, of_one in itertools.groupby(answered, key=lambda one: one[0][0].name):
        for (_, case_id, call), run in of_one:
            _check_answer(definition, name, case_id, run)
            cases[name].append(Case(case_id, call.public, call, run.value))
        if all(case.expected is None for case in cases[name]):
            raise AssignmentError(
                f"{definition.course.solution(definition.name)}: {name} returns None in every one of its "
                f"{len(cases[name])} test cases\n  Let it return its result: is `return` missing?"
            )
    return Assignment(
        name=definition.name,
        exercises=tuple(dataclasses.replace(e, cases=tuple(cases[e.name])) for e in definition.exercises),
        wanted=definition.wanted,
        reference=definition.reference,
        sha256=definition.sha256,
        seed_sha256=hashlib.sha256((seed or "").encode()).hexdigest(),
        mistakes=functools.partial(known_mistakes, definition.mistakes_file, definition.mistakes_sha256),
        lot=hashlib.sha256(f"lot\0{seed}".encode()).hexdigest() if seed else "",
    )


def _check_answer(definition: Definition, name: str, case: str, run: Run) -> None:
    """See that what the reference did with a test case is an answer."""
    place = f"{definition.course.solution(definition.name)}: {name}"
    if run.status is not Status.RETURNED:
        raise AssignmentError(
            f"{place} {run.status.replace('_', ' ')} on its test case {case}: {run.failure}\n"
            "  Mend the reference, or the generator."
        )
    if kind := unsupported(run.value):
        raise AssignmentError(
            f"{place} returns a value of type {kind}\n"
            "  Return numbers, texts, arrays, and lists, tuples and dictionaries of those."
        )


def grade(
    assignment: Assignment,
    sandbox: Sandbox,
    data: bytes,
    *,
    id: str,  # noqa: A002  # what it is called in results.json
    file: str,
    names: NameMap = NO_NAMES,
    cache: ScoreCache | None = None,
    budget: Budget = BUDGET,
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
        cache: what functions of others earned.
        budget: what its runs may take together.
    """
    start = time.perf_counter()
    try:
        cells = cells_of(data, file)
        check_it_can_be_read(cells, assignment.wanted, budget)
        submission = extract(cells, assignment.wanted, names)
        _check_it_is_of(assignment, submission, marked_functions(cells))
    except UnreadableError as error:
        return unreadable(assignment, id, file, str(error), data)
    account = Account(budget)
    scores = Marking(assignment, submission, Metered(sandbox, account), names, cache).scores()
    over = f"{account.used_up()}; raise --timeout if it is right to take so long" if account.used_up() else ""
    return Report(
        id=id,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        status="graded",
        points=sum(score.points for score in scores),
        max_points=assignment.max_points,
        seconds=time.perf_counter() - start,
        notes=(*submission.notes, *filter(None, [*(score.remark for score in scores), over])),
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


def _check_it_is_of(assignment: Assignment, submission: Submission, marked: frozenset[str]) -> None:
    """See that a notebook is not one of another exercise, which may have some functions of the same names."""
    wanted = submission.functions.keys()
    found = [name for name in wanted if submission.functions[name].state is not State.MISSING]
    others = marked - wanted
    if found and 2 * len(found) <= len(wanted) and len(others) > max(len(found), len(marked & wanted)):
        raise UnreadableError(
            f"it is another exercise: it has {len(found)} of the {len(wanted)} functions of "
            f"{assignment.name}, and {len(others)} others are graded there and no part of this "
            f"({', '.join(sorted(others))})."
        )
    if all(found.state is State.MISSING for found in submission.functions.values()):
        raise UnreadableError(
            f"it has none of the {len(assignment.exercises)} graded functions of {assignment.name}. "
            "Is it a notebook of another exercise, or written with other names (see --map)?"
        )
