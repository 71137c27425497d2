"""Grades a results folder again, and finds the marks that change."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.comparison.verdict import Verdict
from grader.errors import UsageError
from grader.execution.grader import Grader, Order
from grader.execution.results_run import FEEDBACK, Watch, grade_into, students_of
from grader.files.atomic_files import exchange, sync
from grader.models.report import Report, Score, Standing
from grader.reports.class_report.student_table import FURTHER_PAGE
from grader.results.adjustments import NAME as ADJUSTMENTS
from grader.results.adjustments import adjustments_in, locked
from grader.results.comments import comments_in
from grader.results.database import NAME as RECORD
from grader.results.database import Record, read_record
from grader.results.marking import late_policy, marking_of, refresh, shown

MADE = {"results.json", "grades.csv", "index.html", "report.html", FEEDBACK}
"""What is made of the record of a folder, and so is replaced with it."""


@dataclass(frozen=True, slots=True)
class Earned:
    """The status and points of a submission; `points` is None where it has no mark."""

    status: Standing
    points: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A function that earns other points: before and after, None where it was not graded.

    `case` is the first test case that explains it, `was` and `now` are its verdicts, None where there is
    no such case. When no case explains it, `case` is empty, and they are the verdicts of the function.
    """

    function: str
    before: float | None
    after: float | None
    case: str
    was: Verdict | None
    now: Verdict | None


@dataclass(frozen=True, slots=True)
class Change:
    """A submission whose mark changes, and the functions that change it."""

    id: str
    before: Earned
    after: Earned
    functions: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Regrading:
    """New results, in a folder beside that of the old ones.

    `count` is how many submissions there are; who handed in nothing has none. `astray` has those whose
    files are not where they were when they were graded, or not what they were: they have no new mark. `were`
    has the ids of all, and the digests of their files, when the regrading began.
    """

    folder: Path
    beside: Path
    count: int
    changes: tuple[Change, ...]
    astray: tuple[str, ...]
    were: tuple[tuple[str, str], ...]

    def put_in_place(self) -> None:
        """Let the new results be those of the folder, at one stroke.

        What was made of the old ones goes with them: a report of the class, notebooks with remarks. All
        else that is in the folder stays.

        Raises:
            UsageError: a submission is astray, something was graded into the folder meanwhile, or the folder
                cannot be replaced.
        """
        if self.astray:
            raise UsageError(
                f"{self.folder}: it is as it was, because notebooks are not where or what they were\n"
                "  Put them back, or grade what there is now with: grader grade"
            )
        try:
            with Record(self.folder, create=True) as old:  # nobody grades into it from here on
                if _files_of(old) != self.were:
                    raise UsageError(
                        f"{self.folder}: something else was graded into it meanwhile; it is as it was\n"
                        f"  Type it again: grader regrade {shlex.quote(str(self.folder))}"
                    )
                with locked(self.folder):
                    self._take_over()
                    sync(self.beside)
                    exchange(self.beside, self.folder)
            sync(self.folder)
        except OSError as error:
            raise UsageError(
                f"{self.folder}: {error.strerror}\n  The results in it are as they were."
            ) from None

    def _take_over(self) -> None:
        """Copy what is in the folder beside what was graded; marks that were adjusted meanwhile count."""
        before, ours = ((path / ADJUSTMENTS) for path in (self.beside, self.folder))
        adjusted = ours.read_bytes() != (before.read_bytes() if before.exists() else b"")
        for path in self.folder.iterdir():
            made = path.name in MADE or FURTHER_PAGE.fullmatch(path.name) or path.name.startswith(RECORD)
            if not made:
                _copy(path, self.beside / path.name)
        if not ours.stat().st_size:
            before.unlink()
        self.beside.chmod(self.folder.stat().st_mode)
        if adjusted:
            with read_record(self.beside) as record:
                refresh(self.beside, record, marking_of(record).adjustments)


def order_of(folder: Path) -> Order:
    """How a results folder was graded, with the comments and adjustments that are in it by now.

    Raises:
        UsageError: it has no results, or does not say how they came about.
    """
    with read_record(folder) as record:
        told = record.order
    try:
        said = json.loads(told)
        plain = {"course": Path(said["course"]), "roster": students_of(said), "late": late_policy(told)}
        order = Order(**{**said, **plain, "adjustments": ()})
    except (ValueError, TypeError, KeyError):
        raise UsageError(
            f"{folder}: another version of grader wrote down how it was graded\n"
            f"  Grade again with: grader grade NAME PATH... --out {folder}"
        ) from None
    return replace(order, comments=comments_in(folder), adjustments=adjustments_in(folder))


@contextmanager
def regraded(folder: Path, grader: Grader, order: Order, jobs: int, watch: Watch) -> Iterator[Regrading]:
    """Grade the submissions of a results folder again, in a temporary folder beside it.

    Args:
        folder: the results; they are only read, until `Regrading.put_in_place` replaces them.
        grader: carries out the order.
        order: how to grade, as `order_of` returns it.
        jobs: the number of worker processes.
        watch: wraps the iterator of results to show progress; called with (results, total).

    Yields:
        the new results and how they differ, until the temporary folder is removed at the end.

    Raises:
        UsageError: there are no results, or no room beside them.
    """
    place = folder.resolve()
    with read_record(place) as record:
        handed, were = list(record.handed()), _files_of(record)
    with _folder_beside(place) as beside:
        if (place / ADJUSTMENTS).exists():
            _copy(place / ADJUSTMENTS, beside / ADJUSTMENTS)
        grade_into(beside, grader, order, handed, jobs, watch)
        with read_record(place) as old, read_record(beside) as new:
            changes, astray = _compared(zip(shown(old), shown(new), strict=True))
        yield Regrading(place, beside, sum(not one.absent for one in handed), changes, astray, were)


def _files_of(record: Record) -> tuple[tuple[str, str], ...]:
    """Return the ids of the submissions in a database, with the digests of their files."""
    return tuple((outline.id, outline.sha256) for outline in record.outlines())


@contextmanager
def _folder_beside(folder: Path) -> Iterator[Path]:
    try:
        made = TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.")
    except OSError as error:
        raise UsageError(f"{folder.parent}: {error.strerror}\n  Make room beside {folder.name}.") from None
    with made as beside:
        yield Path(beside)


def _compared(pairs: Iterable[tuple[Report, Report]]) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return the changes between old and new reports, and the submissions whose file is another one."""
    changes, astray = [], []
    for before, after in pairs:
        if before.sha256 != after.sha256:
            astray.append(before.id)
        elif change := change_of(before, after):
            changes.append(change)
    return tuple(changes), tuple(astray)


def change_of(before: Report, after: Report) -> Change | None:
    """Compare two reports of one submission.

    Args:
        before: the old report.
        after: the new one.

    Returns:
        the change of its mark; None if neither the mark nor the points of any function differ.
    """
    marks = Earned(before.status, before.points), Earned(after.status, after.points)
    functions = tuple(_differences(before.exercises, after.exercises))
    return Change(before.id, *marks, functions) if functions or marks[0] != marks[1] else None


def _differences(before: Iterable[Score], after: Iterable[Score]) -> Iterator[Difference]:
    """Yield the functions whose points differ; none if one of the reports has no mark."""
    old, new = ({score.name: score for score in scores} for scores in (before, after))
    for name in {**new, **old} if old and new else ():
        was, now = old.get(name), new.get(name)
        points = was.points if was else None
        new_points = now.points if now else None
        if points != new_points:
            case, verdict, new_verdict = _cause(was, now)
            yield Difference(name, points, new_points, case, verdict, new_verdict)


def _cause(before: Score | None, after: Score | None) -> tuple[str, Verdict | None, Verdict | None]:
    """Return the first test case whose outcome changed, with both verdicts."""
    if before is None or after is None:
        return "", before.verdict if before else None, after.verdict if after else None
    old, new = ({case.id: case.verdict for case in score.cases} for score in (before, after))
    for case in {**new, **old}:
        was, now = old.get(case), new.get(case)
        if _fails(was) != _fails(now):
            return case, was, now
    return "", before.verdict, after.verdict


def _fails(verdict: Verdict | None) -> bool:
    return verdict not in {None, Verdict.PASSED}


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)
