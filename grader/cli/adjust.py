"""`grader adjust`: change a mark, and say who did it and why."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli import options
from grader.cli.next_step import next_step
from grader.errors import AdjustmentError, UsageError, did_you_mean
from grader.models.marking import Action, Adjustment
from grader.models.report import StoredReport
from grader.reports.sanitize import one_line
from grader.reports.wording import all_decisions
from grader.results.adjustments import NAME, append, fitting, locked
from grader.results.database import Record, read_record
from grader.results.marking import functions_of, marking_of, refresh
from grader.results.rulings import ruled


@click.command(
    "adjust",
    epilog="""\b
Examples:
  grader adjust results ada linear_backward --points 10 --because "Right but for a typing error in a name."
  grader adjust results bob --late-days 2 --because "Was ill; the certificate is with the office."

The exit status is 0 when the mark is adjusted; 2 when there is no such student or function, a line of
adjustments.csv makes no sense, or an option or the folder is at fault.""",
)
@click.argument("folder", metavar="RESULTS", type=click.Path(path_type=Path, file_okay=False))
@click.argument("student", required=False)
@click.argument("function", required=False, default="")
@click.option("--points", type=options.Points(), help="What it earns, whatever was computed.")
@click.option(
    "--add", type=options.Points(), help="Points on top of what was computed; negative ones are taken off."
)
@click.option("--excuse", is_flag=True, help="It does not count: neither its points nor its maximum.")
@click.option(
    "--late-days", type=click.IntRange(0, 1000), help="Days that it may be late without losing points."
)
@click.option("--undo", is_flag=True, help="Take back what was decided before.")
@click.option("--because", metavar="TEXT", help="Why; the student reads it. Required.")
@click.option("--by", metavar="NAME", show_default="your login name", help="Who decided it.")
def command(
    folder: Path, student: str | None, function: str, points: float | None, add: float | None, excuse: bool,
    late_days: int | None, undo: bool, because: str | None, by: str | None,
) -> None:  # fmt: skip
    """Adjust the mark of a STUDENT in a results folder, of one FUNCTION or of the whole submission.

    A line is added to RESULTS/adjustments.csv. The last line about the same thing counts; --undo takes back
    what was decided, and no line is ever removed. No later grading changes it. The student's page shows it,
    and the mark is in grades.csv, results.json, reports and exports. Adjustments of functions come first,
    then the late policy of course.toml, and adjustments of a whole submission last.

    With RESULTS alone it applies what was written into adjustments.csv by hand.
    """
    chosen: dict[Action, float | None] = {
        "points": points, "add": add, "excuse": 0.0 if excuse else None,
        "late-days": late_days, "undo": 0.0 if undo else None,
    }  # fmt: skip
    wanted = [(action, value) for action, value in chosen.items() if value is not None]
    try:
        with read_record(folder) as record:
            if student is None:
                if wanted or because:
                    raise AdjustmentError(
                        f"Nobody is named\n  Say whose mark: grader adjust {folder} STUDENT ..."
                    )
                _apply(folder, record)
                return
            if len(wanted) != 1:
                raise AdjustmentError(
                    "Say one thing at a time\n  Choose --points, --add, --excuse, --late-days or --undo."
                )
            if because is None:
                raise AdjustmentError('Nobody says why\n  Add a reason: --because "..."')
            action, value = wanted[0]
            _adjust(folder, record, _entry(record, student, function, action, value, by, because))
    except OSError as error:
        raise UsageError(f"{error.filename or folder}: {error.strerror}\n  Make room in it.") from None


def _entry(
    record: Record, student: str, function: str, action: Action, value: float, by: str | None, because: str
) -> Adjustment:
    """Return what was typed as an adjustment.

    Raises:
        AdjustmentError: it is for nobody, or makes no sense.
    """
    outlines = [*record.outlines()]
    outline = _found(student, outlines, record.path.parent)
    who = by if by is not None else getpass.getuser()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    typed = Adjustment(outline.id, function, action, value, who, when, because)
    return fitting(typed, outline, functions_of(outlines))


def _found(student: str, outlines: Sequence[StoredReport], folder: Path) -> StoredReport:
    """Return the submission with an id, or the one of the student with an id, a name or an e-mail address.

    Raises:
        AdjustmentError: there is none, or several are.
    """
    wanted = student.casefold()
    exact = [one for one in outlines if one.id == student] or [
        one for one in outlines if one.id.casefold() == wanted
    ]
    known = [one for one in outlines if wanted in {name.casefold() for name in _names(one)}]
    found = exact or known
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.id for one in found)
        raise AdjustmentError(f"{one_line(student)} may be several\n  Name one of: {ids}.")
    names = [name for one in outlines for name in (one.id, *_names(one))]
    raise AdjustmentError(
        f"{folder}: there is no submission of {one_line(student)}\n"
        f"  {did_you_mean(student, names)}The ids are in {folder / 'grades.csv'}."
    )


def _names(outline: StoredReport) -> tuple[str, ...]:
    student = outline.student
    return tuple(filter(None, (student.id, student.name, student.email))) if student else ()


def _adjust(folder: Path, record: Record, entry: Adjustment) -> None:
    with locked(folder) as file:
        marking_of(record)  # refuses to add to a file that has a faulty line
        append(file, folder / NAME, [entry])
        refresh(folder, record, {entry.student})
    _show(record, {entry.student})
    if entry.action == "undo":
        next_step("report", folder, "--open")
    else:
        what = filter(None, (entry.student, entry.function))
        next_step("adjust", folder, *what, "--undo", "--because", "TEXT", first="To take it back")


def _apply(folder: Path, record: Record) -> None:
    with locked(folder):
        touched = set(marking_of(record).adjustments)
        refresh(folder, record, touched)
    _show(record, touched)
    next_step("report", folder, "--open")


def _show(record: Record, ids: set[str]) -> None:
    """Print what was decided about some students."""
    marking = marking_of(record)
    for outline in record.outlines():
        if outline.id in ids:
            lines = all_decisions(ruled(outline, marking)) or ("As it was computed.",)
            for line in lines:
                click.echo(f"{outline.id}: {line}")
