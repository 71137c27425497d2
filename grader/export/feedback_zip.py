"""Write zips of feedback pages, named so that Moodle or Canvas give each page to its student.

Moodle     "Upload multiple feedback files in a zip": a folder for each student, with the number of the
           participant in its name, as `Ada Lovelace_12345_assignsubmission_file_/feedback.html`
Canvas     "Upload submissions": a file for each student, called as in the download, since Canvas finds
           student and file by the two numbers in its name, as `lovelaceada_12345_67890_name.html`
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from grader.models.report import Header, Report
from grader.reports.feedback_page import write_feedback
from grader.reports.sanitize import one_line
from grader.submissions import Handed
from grader.submissions.filename_encoding import proper
from grader.submissions.lms_filenames import canvas_name, moodle_folder
from grader.submissions.places import Place

PAGE = "feedback.html"


@dataclass(slots=True)
class FeedbackFiles:
    """The pages of a class by their names in a zip; after iterating, `without` has who got none."""

    name_of: Callable[[Report, Handed | None], str | None]
    header: Header
    reports: Iterable[Report]
    handed: Mapping[str, Handed]
    without: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of each file."""
        taken: set[str] = set()
        for report in self.reports:
            if report.status == "not_submitted":
                continue
            name = self.name_of(report, self.handed.get(report.id))
            if name is None or name in taken:
                self.without.append(report.id)
                continue
            taken.add(name)
            yield name, write_feedback(self.header, report)


def moodle_name(report: Report, handed: Handed | None) -> str | None:
    """Name a page as Moodle takes it.

    Args:
        report: the submission.
        handed: where its file came from.

    Returns:
        the path of a page in Moodle's zip; None if the number of the participant is not known.
    """
    number = report.student.keys.get("moodle") if report.student else None
    folders = (moodle_folder(name) for name in _names(handed, number))
    folder = next(filter(None, folders), None)
    if folder is None:
        if number is None or report.student is None:
            return None
        name = (
            (report.student.name or report.student.id).replace("_", " ").replace("/", " ")
        )  # Moodle cuts there
        folder = f"{one_line(name)}_{number}_assignsubmission_file_"
    return f"{folder}/{PAGE}"


def canvas_page(report: Report, handed: Handed | None) -> str | None:
    """Name a page as Canvas takes it.

    Args:
        report: the submission.
        handed: where its file came from.

    Returns:
        the name of a page in Canvas's zip; None if the file was not downloaded from Canvas.
    """
    number = report.student.keys.get("canvas") if report.student else None
    files = (canvas_name(name) for name in _names(handed, number))
    name = next(filter(None, files), None)
    return f"{name}.html" if name else None


def _names(handed: Handed | None, number: str | None) -> list[str]:
    """Return the names on the path to a file, the outermost first.

    Those in a zip have to have the student's number in them: a student may have made the zip, and could
    choose the name of another.
    """
    if handed is None:
        return []
    place = Place(handed.path, handed.member, within=handed.within)
    inside = [name for name in place.inside if number and number in name.split("_")]
    return [one_line(proper(name)) for name in (*place.outside, *inside)]


NAMES: Mapping[str, Callable[[Report, Handed | None], str | None]] = {
    "moodle-feedback": moodle_name,
    "canvas-feedback": canvas_page,
}
"""How the pages are named, by format."""
