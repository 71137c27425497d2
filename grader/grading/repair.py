"""Find the place of the smallest change that makes a wrong function right, by trying candidates."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from grader.comparison.verdict import PASSED, Verdict
from grader.errors import AssignmentError
from grader.grading.judge import judge, public_first
from grader.grading.programs import isolated_program
from grader.grading.run import Runner
from grader.models.assignment import Case, Exercise
from grader.models.budget import Budget
from grader.models.execution import Driver, Program, Run, Statement, Status
from grader.models.report import Level, Repair, Score
from grader.models.submission import Part
from grader.notebooks.markers import Region, regions
from grader.repair import SPREAD, Candidate, candidates
from grader.sandbox.metering import Account, Metered

MOST = 1_200
"""The candidates that are tried."""

TOGETHER = 64
"""Candidates in one program. Each call defines its program anew, so one of all takes longer than several."""

SECONDS = 0.25
"""The time limit of a call: a candidate that takes longer is none."""

NEAR = 3
"""Lines of code that count as one place."""

PATIENCE = 8
"""Candidates that may run out of time before the search is given up."""

BUDGET = Budget(seconds=30.0, answers=256 << 20)
"""The limits of the searches in one submission, which ordinary ones never meet."""

SEARCHED = frozenset(Verdict) - {Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.TO_BE_MARKED}
"""The verdicts on functions that were written, and are wrong."""


def can_be_searched(exercise: Exercise, score: Score) -> bool:
    """Return whether a repair may be found: for a function that is wrong.

    Args:
        exercise: the graded item.
        score: its score.

    Returns:
        True if a search makes sense.
    """
    return exercise.kind == "function" and score.verdict in SEARCHED


def find_repair(
    runner: Runner, score: Score, right: Sequence[str], level: Level, account: Account
) -> Repair | None:
    """Search for the place of the smallest change that makes a wrong function right.

    The change is one of its own text, or takes a part of a right version over; see `grader.repair`. What is
    found is a hint: it changes no mark.

    Args:
        runner: runs the functions of the submission.
        score: the score of the function.
        right: sources of right versions: the reference and accepted ones.
        level: how much is told.
        account: what the searches in one submission may take together.

    Returns:
        the place; None if nothing was found, or changes in several places make the function right.
    """
    if level == "none" or all(case.verdict is Verdict.PASSED for case in score.cases if case.public):
        return None  # of hidden inputs, no place may be told
    program = isolated_program(runner.plan.assignment, score.name, runner.plan.parts, runner.names)
    statement = _defining(program, score.name)
    if statement is None:
        return None
    trial = _Trial(runner, score, program, statement, account)
    places, _ = regions(statement.source)
    with contextlib.suppress(RecursionError):  # the expressions of its author may be nested deeply
        for some in candidates(statement.source, right, MOST):
            if found := trial.passing([one for one in some if _is_written_by_hand(one, places)]):
                return place_of(found, statement.source, level)
            if trial.late > PATIENCE:
                break
    return None


def place_of(found: Sequence[Candidate], source: str, level: Level) -> Repair | None:
    """Return the one place of all changes that make a function right.

    Only the smallest changes count, and of those the ones that concern the fewest lines.

    Args:
        found: the changes.
        source: the source of the function.
        level: how much is told.

    Returns:
        the place; None if there is none, or there are several.
    """
    if not found:
        return None
    least = min(_extent(one) for one in found)
    best = [one for one in found if _extent(one) == least]
    first, last = min(one.lines[0] for one in best), max(one.lines[1] for one in best)
    if last - first > least[1] and _code_lines(source, first, last) > NEAR:
        return None
    kinds = {one.says for one in best}
    kind = kinds.pop() if len(kinds) == 1 else ""
    written = "\n".join(sorted({f"{one.says} {one.written}" for one in best}))
    edit = hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()
    told = [] if level == "place" else [kind, best[0].edit if level == "edit" else ""]
    return Repair((first, last), ": ".join(filter(None, told)), edit)


def _is_written_by_hand(one: Candidate, places: Sequence[Region]) -> bool:
    """Return whether a change concerns what its author wrote: between markers, where there are some.

    What is moved, or changed everywhere, may begin outside.
    """
    first, last = one.lines
    inside = (place.start <= last and first <= place.end for place in places)
    return not places or one.size == SPREAD or any(inside)


def _code_lines(source: str, first: int, last: int) -> int:
    lines = (line.strip() for line in source.split("\n")[first - 1 : last])
    return sum(bool(line) and not line.startswith("#") for line in lines)


def _extent(one: Candidate) -> tuple[int, int]:
    return one.size, one.lines[1] - one.lines[0]


_Editions = Mapping[Candidate, frozenset[int | None]]
"""The candidates that are left, and the editions by which they are right so far."""


class _Trial:
    """Runs candidates beside the program of a function, and judges them.

    Args:
        runner: runs the functions of the submission.
        score: the score of the function.
        program: its program, in which the reference supplies what it calls.
        statement: the statement of the program that defines it.
        account: what is charged.
    """

    def __init__(
        self, runner: Runner, score: Score, program: Program, statement: Statement, account: Account
    ) -> None:
        name = score.name
        failed = {case.id for case in score.cases if case.verdict is not Verdict.PASSED}
        self._exercise: Exercise = runner.plan.exercises[name]
        self._cases = sorted(public_first(self._exercise.cases), key=lambda case: case.id not in failed)
        self._part: Part = runner.plan.parts[name]
        self._editions = runner.editions(name)
        self._sandbox = Metered(runner.sandbox.unmetered, account)
        self.late = 0
        self._program = program
        self._statement = statement
        self._own = re.compile(rf"(?<![\w.]){re.escape(name)}\b")  # and no attribute of that name

    def passing(self, tried: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that pass the public cases by one edition, if one of them passes all cases.

        Hidden cases say no more than that, so that what they are given cannot show in the place.
        """
        public = self._left({one: frozenset(self._editions) for one in tried}, public=True)
        return [*public] if self._left(public, public=False) else []

    def _left(self, tried: _Editions, *, public: bool) -> _Editions:
        """Return the candidates that pass the public cases, or the hidden ones, by an edition."""
        left = tried
        for case in (case for case in self._cases if case.public is public):
            runs = [*self._runs([*left], case)]
            self.late += sum(run.status is Status.TIMED_OUT for run in runs)
            judged = {one: left[one] & self._right_in(case, run) for one, run in zip(left, runs, strict=True)}
            left = {one: editions for one, editions in judged.items() if editions}
        return left

    def _runs(self, tried: Sequence[Candidate], case: Case) -> Iterator[Run]:
        for start in range(0, len(tried), TOGETHER):
            yield from self._runs_of_some(tried[start : start + TOGETHER], case)

    def _runs_of_some(self, tried: Sequence[Candidate], case: Case) -> Sequence[Run]:
        names = [f"{self._exercise.name}__{number}" for number in range(len(tried))]
        versions = [
            replace(self._statement, source=self._own.sub(name, one.source), column=number)
            for number, (name, one) in enumerate(zip(names, tried, strict=True), self._statement.column + 1)
        ]
        drivers = {**self._program.drivers, **{name: self._driver(name) for name in names if self._driven}}
        program = replace(self._program, statements=(*self._program.statements, *versions), drivers=drivers)
        return self._sandbox.run(
            program, [replace(case.call, function=name, seconds=SECONDS) for name in names]
        )

    @property
    def _driven(self) -> bool:
        return self._exercise.name in self._program.drivers

    def _driver(self, name: str) -> Driver:
        """Return the driver of the function for a candidate of that name."""
        driver = self._program.drivers[self._exercise.name]
        renamed = (replace(one, source=self._own.sub(name, one.source)) for one in driver.statements)
        return replace(driver, statements=tuple(renamed))

    def _right_in(self, case: Case, run: Run) -> frozenset[int | None]:
        """Return the editions by which a run is right."""
        return frozenset(edition for edition in self._editions if self._is_right(edition, case, run))

    def _is_right(self, edition: int | None, case: Case, run: Run) -> bool:
        (asked,) = self._exercise.asked_in(edition, [case])
        try:
            return judge(self._exercise, asked, run, self._part) == PASSED
        except AssignmentError:  # a judge that raises on numbers that nobody handed in
            return False


def _defining(program: Program, name: str) -> Statement | None:
    """Return the statement of a program that defines a function; None if there is none."""
    begins = re.compile(rf"def {re.escape(name)}\b")
    return next((s for s in reversed(program.statements) if begins.match(s.source)), None)
