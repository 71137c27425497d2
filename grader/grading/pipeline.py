"""Grade one submission: an assignment, a notebook and a sandbox become a report.

bytes --read, extract--> Submission --plan--> Plan --run, judge--> Evidence --explain--> Scores -> Report
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.comparison.verdict import Verdict
from grader.errors import UnreadableError
from grader.grading.cached_scores import CachedScores
from grader.grading.editions import best_edition
from grader.grading.empty_sections import with_empty_section
from grader.grading.explain import score_of, to_be_marked
from grader.grading.gather import gather
from grader.grading.named_places import at_named_place
from grader.grading.plan import Evidence, Plan
from grader.grading.run import Runner
from grader.grading.score_cache import ScoreCache
from grader.models.assignment import Assignment
from grader.models.budget import BUDGET, Budget
from grader.models.report import Level, Repair, Report, Score, Standing
from grader.models.submission import State, Submission
from grader.notebooks.answers import answers_in, asks_others
from grader.notebooks.assignment_detection import marked_functions
from grader.notebooks.cell_names import CellNames
from grader.notebooks.extraction import extract
from grader.notebooks.name_map import NO_NAMES, NameMap
from grader.notebooks.parse_budget import check_it_can_be_read
from grader.notebooks.scripts import cells_of, is_script
from grader.sandbox import Sandbox
from grader.sandbox.metering import Account, Metered

if TYPE_CHECKING:  # what students received is graded without what defines it
    from grader.assignments.definition import Definition


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
    """Grade one notebook, whatever its bytes are.

    Args:
        assignment: the exercises with the expected answers.
        sandbox: the sandbox in which the functions run.
        data: the bytes of the notebook.
        id: the id of the submission in reports.
        file: the name of its file, for messages.
        names: the author's own names of graded functions.
        cache: the scores of equal programs; None runs everything.
        budget: the limits of the submission.

    Returns:
        the report; its status is `unreadable` if the bytes are no notebook of the assignment.

    Raises:
        SandboxError: the sandbox broke down.
    """
    start = time.perf_counter()
    try:
        graded = _graded(assignment, sandbox, data, file, names, cache, budget)
    except UnreadableError as error:
        return unreadable(assignment, id, file, str(error), data)
    scores, edition, used_up = graded.scores, graded.edition, graded.account.used_up()
    of = f"graded by the edition {edition} of the exercise" if edition else ""
    over = f"{used_up}; raise --timeout if it is right to take so long" if used_up else ""
    cells_named = CellNames(data, file)
    notes = (*graded.submission.notes, *(score.remark for score in scores), of, over)
    return Report(
        id=id,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        status="graded",
        points=sum(score.points for score in scores),
        max_points=assignment.max_points,
        seconds=time.perf_counter() - start,
        notes=tuple([cells_named.named(note) for note in notes if note]),
        exercises=tuple([at_named_place(score, cells_named) for score in _with_answers(scores, data, file)]),
    )


def repairs(
    assignment: Assignment,
    sandbox: Sandbox,
    data: bytes,
    *,
    functions: Collection[str],
    level: Level,
    file: str,
    names: NameMap = NO_NAMES,
    cache: ScoreCache | None = None,
    budget: Budget = BUDGET,
) -> dict[str, Repair | None]:
    """Search for the places of the smallest changes that make functions of a graded notebook right.

    Args:
        assignment: the exercises with the expected answers.
        sandbox: the sandbox in which the functions run.
        data: the bytes of the notebook.
        functions: the functions that are wrong.
        level: how much a student is told.
        file: the name of its file, for messages.
        names: the author's own names of graded functions.
        cache: the scores of equal programs; None runs everything.
        budget: the limits of the submission.

    Returns:
        function -> the place; None where none was found.

    Raises:
        UnreadableError: the bytes are no notebook of the assignment.
        SandboxError: the sandbox broke down.
    """
    from grader.grading.repair import BUDGET as SEARCH
    from grader.grading.repair import can_be_searched, find_repair

    graded = _graded(assignment, sandbox, data, file, names, cache, budget)
    plan = graded.runner.plan
    right = plan.assignment.right()
    account = Account(SEARCH)
    return {
        score.name: find_repair(graded.runner, score, right.get(score.name, ()), level, account)
        if score.name in plan.parts and can_be_searched(plan.exercises[score.name], score)
        else None
        for score in graded.scores
        if score.name in functions
    }


def judged(
    assignment: Assignment, sandbox: Sandbox, data: bytes, *, file: str, budget: Budget = BUDGET
) -> tuple[Score, ...]:
    """Return the score of every exercise as `grade` does, without the further calls that explain a failure.

    Args:
        assignment: the exercises with the expected answers.
        sandbox: the sandbox in which the functions run.
        data: the bytes of the notebook.
        file: the name of its file, for messages.
        budget: the limits of the submission.

    Returns:
        the scores.

    Raises:
        UnreadableError: the bytes are no notebook of the assignment.
        SandboxError: the sandbox broke down.
    """
    submission = submission_of(assignment, data, file, NO_NAMES, budget)
    runner = Runner(Plan.of(assignment, submission), Metered(sandbox, Account(budget)), NO_NAMES)
    evidence = gather(runner, CachedScores(None, runner))
    return tuple(
        to_be_marked(exercise)
        if exercise.kind == "question"
        else _permitted(runner.plan, score_of(runner.plan, evidence, exercise.name), exercise.forbid)
        for exercise in assignment.exercises
    )


@dataclass(frozen=True, slots=True)
class _Graded:
    """The scores of a notebook, the edition that gave them, and what ran its functions by that."""

    submission: Submission
    runner: Runner
    edition: str
    scores: tuple[Score, ...]
    account: Account


def _graded(
    assignment: Assignment, sandbox: Sandbox, data: bytes, file: str, names: NameMap,
    cache: ScoreCache | None, budget: Budget,
) -> _Graded:  # fmt: skip
    submission = submission_of(assignment, data, file, names, budget)
    account = Account(budget)
    runners: dict[str, Runner] = {}

    def scored(edition: Assignment) -> tuple[Score, ...]:
        runner = Runner(Plan.of(edition, submission), Metered(sandbox, account), names)
        runners[edition.edition] = runner
        return _scores(runner, cache)

    edition, scores = best_edition(assignment, submission.text, scored)
    return _Graded(submission, runners[edition], edition, scores, account)


def submission_of(
    assignment: Assignment | Definition, data: bytes, file: str, names: NameMap = NO_NAMES,
    budget: Budget = BUDGET,
) -> Submission:  # fmt: skip
    """Read a notebook of an assignment, without running anything.

    Args:
        assignment: the assignment; its reference need not have answered anything.
        data: the bytes of the notebook.
        file: the name of its file, for messages.
        names: the author's own names of graded functions.
        budget: the limits of the submission.

    Returns:
        the graded functions that are in it.

    Raises:
        UnreadableError: the bytes are no notebook of the assignment.
    """
    if not assignment.wanted.functions and not is_script(data, file):
        _check_it_asks(assignment, data)
    cells = cells_of(data, file, needs_code=bool(assignment.wanted.functions))
    check_it_can_be_read(cells, assignment.wanted, budget)
    submission = extract(cells, assignment.wanted, names)
    _check_it_is_of(assignment, submission, marked_functions(cells))
    return submission


def _with_answers(scores: tuple[Score, ...], data: bytes, file: str) -> tuple[Score, ...]:
    """Return the scores, those of questions with what their author wrote."""
    questions = [score.name for score in scores if score.verdict is Verdict.TO_BE_MARKED]
    answers = answers_in(data, questions) if questions and not is_script(data, file) else {}
    return tuple(
        dataclasses.replace(score, answer=answer.text, source_cell=answer.cell)
        if (answer := answers.get(score.name))
        else score
        for score in scores
    )


def _scores(runner: Runner, cache: ScoreCache | None) -> tuple[Score, ...]:
    """Return the score of every exercise, in order."""
    cached = CachedScores(cache, runner)
    evidence = gather(runner, cached)
    scores = []
    for exercise in runner.plan.assignment.exercises:
        if exercise.kind == "question":
            scores.append(to_be_marked(exercise))
            continue
        score = _explained(runner, evidence, score_of(runner.plan, evidence, exercise.name))
        cached.keep(evidence, score)
        score = with_empty_section(score)
        scores.append(_permitted(runner.plan, score, exercise.forbid))
    return tuple(scores)


def ready_to_explain(assignment: Assignment, sandbox: Sandbox) -> Assignment:
    """Import and ask what only wrong functions need, before processes are forked that would all do so.

    Args:
        assignment: the assignment.
        sandbox: the sandbox in which its reference runs.

    Returns:
        the assignment, with the reference's answers to further calls.

    Raises:
        SandboxError: the sandbox broke down.
    """
    importlib.import_module("grader.grading.further")
    from grader.grading.answers_ahead import with_answers

    return with_answers(assignment, sandbox)


def _explained(runner: Runner, evidence: Evidence, score: Score) -> Score:
    """Return a score with what further calls show of a function that fails."""
    if score.verdict is Verdict.PASSED:
        return score
    from grader.grading.further import with_further_calls

    return with_further_calls(runner, evidence, score)


def _permitted(plan: Plan, score: Score, forbidden: Sequence[str]) -> Score:
    """Return a score without the points of what uses something forbidden."""
    if not forbidden:
        return score
    from grader.grading.forbidden import without_forbidden

    return without_forbidden(plan, score, forbidden)


def unreadable(assignment: Assignment, id: str, file: str, reason: str, data: bytes = b"") -> Report:  # noqa: A002
    """Return the report of a file that is not a notebook of the assignment: the reason and no mark.

    Args:
        assignment: the assignment.
        id: the id of the submission in reports.
        file: the name of its file.
        reason: why it cannot be graded.
        data: the bytes of the file.

    Returns:
        a report of status `unreadable`.
    """
    return _without_mark(assignment, id, "unreadable", file, data, (f"{file}: {reason}",))


def failed(assignment: Assignment, id: str, file: str, data: bytes, error: Exception) -> Report:  # noqa: A002
    """Return the report of a submission that was not graded because of a fault of the grader: no mark.

    Args:
        assignment: the assignment.
        id: the id of the submission in reports.
        file: the name of its file.
        data: the bytes of the file.
        error: the fault.

    Returns:
        a report of status `failed`.
    """
    note = f"{file}: not graded, by no fault of its author: {type(error).__name__}: {error}"
    return _without_mark(assignment, id, "failed", file, data, (note,))


def not_submitted(assignment: Assignment, id: str) -> Report:  # noqa: A002
    """Return the report of a student who submitted nothing: no mark.

    Args:
        assignment: the assignment.
        id: the id of the student in reports.

    Returns:
        a report of status `not_submitted`.
    """
    return dataclasses.replace(_without_mark(assignment, id, "not_submitted"), sha256="")


def _without_mark(
    assignment: Assignment,
    name: str,
    status: Standing,
    file: str = "",
    data: bytes = b"",
    notes: tuple[str, ...] = (),
) -> Report:
    return Report(
        id=name,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        status=status,
        points=None,
        max_points=assignment.max_points,
        seconds=0.0,
        notes=notes,
        exercises=(),
    )


def _check_it_is_of(
    assignment: Assignment | Definition, submission: Submission, marked: frozenset[str]
) -> None:
    """Reject a notebook of another exercise, which may share some names of functions.

    Raises:
        UnreadableError: it has too few functions of the assignment.
    """
    wanted = {name.partition(".")[0] for name in submission.functions} | submission.functions.keys()
    found = [name for name in submission.functions if submission.functions[name].state is not State.MISSING]
    others = marked - wanted
    if found and 2 * len(found) <= len(wanted) and len(others) > max(len(found), len(marked & wanted)):
        raise UnreadableError(
            f"it is another exercise: it has {len(found)} of the {len(wanted)} functions of "
            f"{assignment.name}, and {len(others)} others are graded there and no part of this "
            f"({', '.join(sorted(others))})."
        )
    absent = [found.state is State.MISSING and found.cell is None for found in submission.functions.values()]
    if wanted and all(absent):  # a method that its class lacks has the cell of the class
        raise UnreadableError(
            f"it has none of the {len(assignment.exercises)} graded functions of {assignment.name}. "
            "Is it a notebook of another exercise, or written with other names (see --map)?"
        )


def _check_it_asks(assignment: Assignment | Definition, data: bytes) -> None:
    """Reject a notebook of another exercise, where an assignment has questions alone.

    Raises:
        UnreadableError: it has other questions.
    """
    questions = [exercise.name for exercise in assignment.exercises]
    if asks_others(data, questions, {*assignment.wanted.grade_ids.values()}):
        raise UnreadableError(
            f"it has none of the {len(questions)} questions of {assignment.name}. "
            "Is it a notebook of another exercise?"
        )
