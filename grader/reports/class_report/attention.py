"""Find what in a class waits for a person: files without a mark, answers to mark, what this machine lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from grader.models.report import Report, StoredReport, pending
from grader.reports.summary import NEWER, remedy
from grader.reports.wording import change, stranger


class Matter(NamedTuple):
    """What waits for a person, after the number of submissions; what to do; a command for it, if any.

    `rank` is its place among others; `anchor` is where on a student's page it stands.
    """

    rank: int
    what: str
    advice: str
    command: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Concern:
    """A matter, and the submissions that it is about, each with what else is known."""

    matter: Matter
    cases: tuple[tuple[Report | StoredReport, str], ...]


UNREADABLE = Matter(0, "could not be read", "Ask for the notebook itself, and grade again.")
FAILED = Matter(
    1,
    "not graded by a fault of the grader",
    "It is no mark. Grade again; what fails again is worth a report.",
)
QUESTION = 2
"""The rank of an answer that is to be marked."""

STRANGER = Matter(3, "of nobody in the roster", "Add the student to the roster, or find out whose it is.")
NOT_APPLIED = Matter(6, "with an adjustment that is not applied", "Correct its line in adjustments.csv.")
NOT_SUBMITTED = Matter(7, "handed in nothing", "Nothing was found under the name of these students.")


def concerns(reports: Iterable[Report | StoredReport]) -> tuple[Concern, ...]:
    """Return what waits for a person in a class, the most pressing first."""
    found: dict[Matter, list[tuple[Report | StoredReport, str]]] = {}
    for report in reports:
        for matter, detail in dict.fromkeys(_matters(report)):
            found.setdefault(matter, []).append((report, detail))
    return tuple(Concern(matter, tuple(found[matter])) for matter in sorted(found))


def _matters(report: Report | StoredReport) -> Iterator[tuple[Matter, str]]:
    notes = " ".join(report.notes)
    match report.status:
        case "unreadable":
            yield UNREADABLE, notes
        case "failed":
            yield FAILED, notes
        case "not_submitted":
            yield NOT_SUBMITTED, notes
    for question in pending(report):
        yield _to_be_marked(question), ""
    if stranger(report):
        yield STRANGER, report.file
    for module in {score.lacks: None for score in report.exercises if score.lacks}:
        yield (
            Matter(
                4, f"importing {module}, which is not installed here", f"To grade them: {remedy(module)}."
            ),
            "",
        )
    for version in NEWER.findall(notes):
        yield Matter(5, f"with syntax of Python {version}", "Install grader there and grade again."), ""
    rulings = (report.ruling, *(score.ruling for score in report.exercises))
    for made in (made for ruling in rulings if ruling for made in ruling.changes):
        if made.after is None and made.adjustment.action in {"points", "add"}:
            yield NOT_APPLIED, change(made)


def _to_be_marked(question: str) -> Matter:
    return Matter(
        QUESTION,
        f"to be marked: {question}",
        "It counts nothing yet. For each student:",
        f'grader adjust DIR STUDENT {question} --points N --because "..."',
        question,
    )
