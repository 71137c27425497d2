"""Whose the marks are that are exported: one mark for a person, and nobody's for what another has named."""

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
"""Someone whom no table has."""


def check_persons(outlines: Iterable[StoredReport]) -> None:
    """See that no two submissions are of one person.

    Raises:
        UsageError: two are: which mark counts is not for a program to choose.
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
    """The reports, each with the student of a table in whose folder its file was.

    A file in there may be called as another student is. It is that student's only where the table does not
    have the one that the folder is called after, and nobody else is that student.
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
