"""The Python interface: load an assignment, grade files, read results. The command line builds on it."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import html
import json
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from grader.assignments.course import Course, find_course
from grader.assignments.handout import Handout
from grader.assignments.seeds import seed_of
from grader.errors import UsageError, did_you_mean
from grader.execution.cores import usable
from grader.execution.grader import Grader, Order
from grader.models import report as values
from grader.models.report import Header, Level
from grader.models.submission import Student
from grader.notebooks.name_map import read_name_map
from grader.submissions import Handed, Survey, find, survey

if TYPE_CHECKING:  # `grader check` does without the record, and without what defines an assignment
    from grader.assignments.definition import Definition
    from grader.execution.results_merge import Filed
    from grader.execution.results_run import CarryOut, Watch

FRAME = '<iframe srcdoc="{page}" sandbox title="{title}" style="border:0;width:100%;height:40em"></iframe>'
"""How a notebook shows a page: apart from its own styles, and without scripts."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Report(values.Report):
    """What one submission earned, and why. A notebook shows it as the page that its student receives."""

    header: Header

    def page(self) -> str:
        """Return the page of feedback: one HTML file without scripts, and nothing from elsewhere."""
        from grader.reports.feedback_page import write_feedback

        return write_feedback(self.header, self).decode()

    def _repr_html_(self) -> str:
        return FRAME.format(page=html.escape(self.page()), title=html.escape(self.id))


class Results:
    """The reports of one grading, in the order of the submissions.

    Iterate over it, or take a report by its id. Reports are read from the results folder when they are
    asked for, so a large class need not fit into memory.

    Args:
        folder: a results folder.
        filed: what a grading did to it, if there was one just now.
        temporary: whether the folder is removed with the results.

    Raises:
        UsageError: there are no results in it, or they cannot be read.
    """

    def __init__(
        self,
        folder: Path,
        filed: Filed | None = None,
        *,
        temporary: bool = False,
    ) -> None:
        from grader.results.database import read_record
        from grader.results.marking import marking_of

        self.folder = folder
        self._filed = filed
        if temporary:
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        with read_record(folder) as record:
            self.header = record.header
            self._marking = marking_of(record)

    @property
    def filed(self) -> Filed:
        """What a grading did to the folder just now; nothing, where the folder was only opened."""
        from grader.execution.results_merge import Filed

        return self._filed or Filed()

    @functools.cached_property
    def _ids(self) -> list[str]:
        from grader.results.database import read_record

        with read_record(self.folder) as record:
            return [stored.id for stored in record.outlines()]

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Report]:
        from grader.results.database import read_record
        from grader.results.marking import shown

        with read_record(self.folder) as record:
            for report in shown(record, self._marking):
                yield _shown(report, self.header)

    def __getitem__(self, name: str) -> Report:
        if name not in self._ids:
            raise KeyError(f"There is no submission {name}. {did_you_mean(name, self._ids)}".strip())
        return next(report for report in self if report.id == name)

    def __repr__(self) -> str:
        return f"<Results of {len(self)} submissions of {self.header.assignment} in {self.folder}>"

    def marks(self) -> list[dict[str, Any]]:
        """Return a row for each submission, as `pandas.DataFrame` takes them.

        Returns:
            Dictionaries with `id`, `name`, `status`, `late`, `points` (None where there is no mark),
            `max_points`, and the points of each graded function under its name (None if it is excused).
        """
        return [
            {
                "id": report.id,
                "name": report.student.name if report.student else "",
                "status": report.status,
                "late": report.late,
                "points": report.points,
                "max_points": report.max_points,
                **{
                    score.name: None if score.ruling and score.ruling.excused else score.points
                    for score in report.exercises
                },
            }
            for report in self
        ]


class Session:
    """A sandbox that is kept warm, with an assignment that is ready to grade. Use it as a context manager.

    Args:
        assignment: what `load` returned, or the file that students received for `grader check`.
        seed: the text that hidden test cases are drawn from; by default the one of the course.
        hidden: whether hidden test cases are run, too.
        timeout: seconds for each call.
        isolation: the least that student code is isolated by: `full`, `strong` or `weak`.
        name_map: a file with the names that the work uses, where they are others.
        cache: do not run a function again that was graded before.

    Raises:
        UsageError: the assignment, the name map or this machine is at fault.
    """

    def __init__(
        self,
        assignment: Definition | Handout,
        *,
        seed: str | None = None,
        hidden: bool = True,
        timeout: float = 2.0,
        isolation: str = "strong",
        name_map: str | Path | None = None,
        cache: bool = True,
    ) -> None:
        drawn_from = _drawn_from(assignment, seed) if hidden else None
        order = _order(assignment, drawn_from, timeout, isolation, name_map, cache=cache)
        self._grader = Grader(order, assignment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox."""
        self._grader.sandbox.close()

    @property
    def header(self) -> Header:
        """What the reports share: the assignment, the versions, and how student code is isolated."""
        return self._grader.header

    def grade(self, notebook: str | Path | bytes | Mapping[str, Any] | Handed) -> Report:
        """Grade one notebook.

        Args:
            notebook: a file, the bytes of one, or a notebook as `nbformat` has it.

        Returns:
            Its report; a notebook that cannot be read gets one without a mark.

        Raises:
            UsageError: there is no such file, or there are several notebooks in it.
        """
        if isinstance(notebook, Handed):
            return _shown(self._grader.grade(notebook), self.header)
        if isinstance(notebook, str | Path):
            return _shown(self._grader.grade(_only(Path(notebook))), self.header)
        data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
        return _shown(self._grader.grade_bytes(Handed("notebook", "notebook.ipynb"), data), self.header)


def load(course: str | Path | Course | None, name: str) -> Definition:
    """Load an assignment from its course folder.

    Args:
        course: a folder with solutions/ and testcases/; None for the nearest one above the current folder,
            or else the course that comes with the package.
        name: the assignment.

    Returns:
        What its files define. Its reference answers the test cases when something is graded.

    Raises:
        AssignmentError: the folder is no course, it has no such assignment, or its files are at fault.
    """
    from grader.assignments.loader import load as load_definition

    explicit = Path(course) if isinstance(course, str | Path) else None
    found = course if isinstance(course, Course) else find_course(Path.cwd(), explicit)
    found.check_has(name)
    return load_definition(found, name)


def grade(
    assignment: Definition,
    files: str | Path | Sequence[str | Path] | Survey,
    *,
    out: str | Path | None = None,
    seed: str | None = None,
    timeout: float = 2.0,
    isolation: str = "strong",
    name_map: str | Path | None = None,
    roster: str | Path | Sequence[Student] = (),
    jobs: int | None = None,
    cluster: str = "",
    cache: bool = True,
    only: bool = False,
    hints: Level | None = None,
    watch: Watch | None = None,
) -> Results:
    """Grade a class.

    Args:
        assignment: what `load` returned.
        files: notebooks, folders of them, or zips of them; or what `submissions.survey` found there.
        out: the results folder; by default a temporary one, which is removed with the results.
        seed: the text that hidden test cases are drawn from; by default the one of the course.
        timeout: seconds for each call.
        isolation: the least that student code is isolated by: `full`, `strong` or `weak`.
        name_map: a file with the names that the work uses, where they are others.
        roster: the students of the class, or a CSV of them; who handed in nothing gets a report, too.
        jobs: worker processes; by default one for each core.
        cluster: the address of a Dask scheduler, or `local`; by default the workers are of this machine.
        cache: do not run a function again that another submission has, too.
        only: keep nothing in the results folder that is not among `files`.
        hints: how much students are told of where a mistake is: `none`, `place`, `kind` or `edit`; by default
            what course.toml says. It is searched for when all marks are known.
        watch: wraps the iterator of results to show progress; called with (results, total).

    Returns:
        The reports of all that is in the results folder.

    Raises:
        UsageError: there is no such file, the results folder cannot be used, or this machine is at fault.
    """
    from grader.assignments.course_file import course_title, hints_of, late_policy_of
    from grader.execution.results_run import graded_into, unwatched
    from grader.results.adjustments import adjustments_in
    from grader.results.comments import comments_in
    from grader.submissions.roster import read_roster

    students = read_roster(Path(roster)) if isinstance(roster, str | Path) else tuple(roster)
    modules = assignment.wanted.modules
    found = files if isinstance(files, Survey) else survey(_paths(files), students, modules=modules)
    order = _order(assignment, _drawn_from(assignment, seed), timeout, isolation, name_map, cache=cache)
    folder = Path(out) if out else Path(tempfile.mkdtemp(prefix="grader-"))
    order = dataclasses.replace(
        order,
        comments=comments_in(folder),
        roster=students,
        adjustments=adjustments_in(folder),
        late=late_policy_of(assignment.course, assignment.name),
        hints=hints or hints_of(assignment.course),
        course_title=course_title(assignment.course),
    )
    private = folder, *found.paths
    try:
        with _workers(order, assignment, private, jobs or usable(), cluster) as (header, carry_out):
            filed = graded_into(folder, header, order, found.handed, carry_out, watch or unwatched, only=only)
        return Results(folder, filed, temporary=not out)
    except BaseException:
        if not out:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def open_results(folder: str | Path) -> Results:
    """Open the folder of an earlier grading.

    Raises:
        UsageError: there are no results in it, or they cannot be read.
    """
    return Results(Path(folder))


# ---------------------------------------------------------------- parts of these


@contextlib.contextmanager
def _workers(
    order: Order, assignment: Definition, private: Sequence[Path], jobs: int, cluster: str
) -> Iterator[tuple[Header, CarryOut]]:
    """Yield the header of a grading and the function that grades: here, or on a Dask cluster."""
    if cluster:
        try:
            from grader.execution.dask_cluster import Cluster
        except ModuleNotFoundError as error:
            raise UsageError(
                f"--cluster needs Dask: {error}\n  Install it with: pip install 'dask[distributed]'"
            ) from None
        with Cluster(order, cluster, jobs) as workers:
            yield workers.header, workers.grade_all
    else:
        from grader.execution.batch import grade_all

        with Grader(order, assignment, private) as grader:
            yield grader.header, lambda work: grade_all(grader, order, work, jobs)


def _drawn_from(assignment: Definition | Handout, seed: str | None) -> str | None:
    """Return the text that hidden test cases are drawn from; None for a handout, which has none."""
    return None if isinstance(assignment, Handout) else seed or seed_of(assignment.course, assignment.name)


def _order(
    assignment: Definition | Handout,
    seed: str | None,
    timeout: float,
    isolation: str,
    name_map: str | Path | None,
    *,
    cache: bool,
) -> Order:
    """Return the options of a grading as an order."""
    course = Path() if isinstance(assignment, Handout) else assignment.course.root
    return Order(
        course=course.absolute(),  # for `regrade`, wherever it is called
        assignment=assignment.name,
        seed=seed,
        timeout=timeout,
        isolation=isolation,
        names=read_name_map(Path(name_map)) if name_map else "",
        names_from=str(name_map),
        remember=cache,
    )


def _paths(files: str | Path | Sequence[str | Path]) -> list[Path]:
    return [Path(path) for path in ([files] if isinstance(files, str | Path) else files)]


def _only(path: Path) -> Handed:
    """Return the one notebook at a path."""
    handed = find([path])
    if len(handed) != 1:
        raise UsageError(f"{path}: there are {len(handed)} notebooks in it\n  Name one, or use `grade`.")
    return handed[0]


def _shown(report: values.Report, header: Header) -> Report:
    """Return the report as one that a notebook can show."""
    fields = {field.name: getattr(report, field.name) for field in dataclasses.fields(values.Report)}
    return Report(**fields, header=header)
