"""Grade one submission: an assignment, a notebook and a sandbox become a report.

bytes --read, extract--> Submission --plan--> Plan --run, judge--> Evidence --explain--> Scores -> Report
"""

from __future__ import annotations

import dataclasses
import hashlib
import time

from grader.comparison.verdict import Verdict
from grader.errors import UnreadableError
from grader.grading.cached_scores import CachedScores
from grader.grading.editions import best_edition
from grader.grading.empty_sections import with_empty_section
from grader.grading.explain import score_of, to_be_marked
from grader.grading.forbidden import without_forbidden
from grader.grading.further import with_further_calls
from grader.grading.gather import gather
from grader.grading.plan import Plan
from grader.grading.run import Runner
from grader.grading.score_cache import ScoreCache
from grader.models.assignment import Assignment
from grader.models.budget import BUDGET, Budget
from grader.models.report import Report, Score, Standing
from grader.models.submission import State, Submission
from grader.notebooks.answers import answers_in
from grader.notebooks.assignment_detection import marked_functions
from grader.notebooks.extraction import extract
from grader.notebooks.name_map import NO_NAMES, NameMap
from grader.notebooks.parse_budget import check_it_can_be_read
from grader.notebooks.scripts import cells_of, is_script
from grader.sandbox import Sandbox
from grader.sandbox.metering import Account, Metered


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
        cells = cells_of(data, file)
        check_it_can_be_read(cells, assignment.wanted, budget)
        submission = extract(cells, assignment.wanted, names)
        _check_it_is_of(assignment, submission, marked_functions(cells))
    except UnreadableError as error:
        return unreadable(assignment, id, file, str(error), data)
    account = Account(budget)
    metered = Metered(sandbox, account)

    def scored(edition: Assignment) -> tuple[Score, ...]:
        return _scores(Runner(Plan.of(edition, submission), metered, names), cache)

    edition, scores = best_edition(assignment, submission.text, scored)
    of = f"graded by the edition {edition} of the exercise" if edition else ""
    over = f"{account.used_up()}; raise --timeout if it is right to take so long" if account.used_up() else ""
    return Report(
        id=id,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        status="graded",
        points=sum(score.points for score in scores),
        max_points=assignment.max_points,
        seconds=time.perf_counter() - start,
        notes=(*submission.notes, *filter(None, [*(score.remark for score in scores), of, over])),
        exercises=_with_answers(scores, data, file),
    )


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
        score = with_further_calls(runner, evidence, score_of(runner.plan, evidence, exercise.name))
        cached.keep(evidence, score)
        score = with_empty_section(score)
        scores.append(without_forbidden(runner.plan, score, exercise.forbid) if exercise.forbid else score)
    return tuple(scores)


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


def _check_it_is_of(assignment: Assignment, submission: Submission, marked: frozenset[str]) -> None:
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
