"""Search for the repairs of wrong functions, one at a time, while nothing waits to be graded."""

from __future__ import annotations

from grader.errors import UsageError
from grader.grading.repair import SEARCHED
from grader.models.report import StoredScore
from grader.server.queue.graders import Graders
from grader.server.queue.worker import handed_in
from grader.server.services import Services
from grader.server.store import gradings, people, submissions
from grader.server.store.gradings import Grading


def search_next(services: Services, graders: Graders) -> bool:
    """Search for the repair of one wrong function of the newest submission that has one.

    A search that is interrupted by a kill begins again: nothing is noted before it is done.

    Args:
        services: the service.
        graders: the graders of this process.

    Returns:
        False if there was nothing to do.

    Raises:
        RefusedError: the database is away.
    """
    level = services.catalogue.course_file.hints
    if level == "none":
        return False
    with services.database.reading() as connection:
        grading = gradings.unsearched(connection, level)
        if grading is None:
            return False
        wrong = {one.sha256: one for one in grading.outline.exercises if one.verdict in SEARCHED}
        known = gradings.repairs(connection, [*wrong], level)
    open_ones = [one for digest, one in wrong.items() if digest not in known]
    if open_ones:
        _search(services, graders, grading, open_ones[0], level)
    if len(open_ones) <= 1:
        with services.database.writing() as connection:
            gradings.mark_searched(connection, grading, level)
    return True


def _search(services: Services, graders: Graders, grading: Grading, score: StoredScore, level: str) -> None:
    with services.database.reading() as connection:
        submission = submissions.with_number(connection, grading.submission)
        person = people.whoever(connection, submission.person)
        content = submissions.content_of(connection, grading.submission)
    found = None
    try:
        ready = graders.of(submission.assignment)
    except UsageError:
        ready = None
    if ready and ready.made_by == grading.made_by:  # else it was graded by files that are gone
        found = ready.grader.search(handed_in(person, submission), content, [score.name]).get(score.name)
    with services.database.writing() as connection:
        gradings.keep_repairs(connection, level, {score.sha256: found})
