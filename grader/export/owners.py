"""Check and assign the owners of exported marks: one mark for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from grader.errors import UsageError
from grader.models.report import Report, StoredReport
from grader.models.submission import Student
from grader.submissions import Handed
from grader.submissions.roster_matching import Classmates, agree

NOBODY = Student("")
"""A student that no table has."""


def check_persons(outlines: Iterable[StoredReport]) -> None:
    """Check that no two submissions are by one person.

    Raises:
        UsageError: two are, and which mark counts is the instructor's choice.
    """
    of_id: defaultdict[str, list[StoredReport]] = defaultdict(list)
    for outline in outlines:
        if outline.student:
            of_id[outline.student.id.casefold()].append(outline)
    for several in of_id.values():
        for one, other in combinations(several, 2):
            if one.student and other.student and agree(one.student, other.student):
                raise UsageError(
                    f"The submissions {one.id} and {other.id} are both of {one.student.id}\n"
                    "  Grade again without one of the two."
                )


def sent(
    reports: Iterable[Report], handed: Sequence[Handed], students: Sequence[Student]
) -> Iterator[Report]:
    """Yield the reports, each with the student of the table in whose folder its file was.

    A file in a student's folder may be named like another student. It belongs to that one only if the table
    lacks the student of the folder, and the other submitted nothing.

    Args:
        reports: the class.
        handed: what was submitted.
        students: the students of the table.

    Returns:
        an iterator of reports.
    """
    classmates = Classmates(students)
    by_folder = {one.id: classmates.first(map(Student, one.sender)) for one in handed if one.sender}
    elsewhere = (one.student or Student(one.id) for one in handed if not one.sender)
    known = [*filter(None, by_folder.values()), *filter(None, map(classmates.find, elsewhere))]
    present = {id(student) for student in known}
    for report in reports:
        if report.student is None and report.id in by_folder:
            named = by_folder[report.id]
            other = classmates.find(Student(report.id))
            if named or (other and id(other) in present):
                yield replace(report, student=named or NOBODY)
                continue
        yield report
