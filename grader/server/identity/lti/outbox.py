"""Send marks to learning systems until they are there: what `store.deliveries` holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from grader.errors import PlatformError
from grader.export.lti import write_lti
from grader.models.submission import Student
from grader.server.identity.arrivals import issuer_of
from grader.server.identity.lti.line_items import Posted, line_item, post_score, wanted_item
from grader.server.identity.lti.tool import Tool, told
from grader.server.standing import of_person, shown
from grader.server.store import deliveries, identities, people, platforms
from grader.server.store.database import Connection
from grader.server.store.deliveries import Delivery
from grader.server.store.platforms import Registered

FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=6)
MOST_TRIES = 24
"""The waits double, so the last of 24 tries is more than three days after the first."""


def deliver_next(tool: Tool) -> bool:
    """Send the mark that has been due for the longest.

    Args:
        tool: the service, as learning systems meet it.

    Returns:
        whether any was due.
    """
    services = tool.services
    with services.database.writing() as connection:
        delivery = deliveries.take(connection, services.now())
    if delivery is None:
        return False
    try:
        problem, wait = _sent(tool, delivery)
    except PlatformError as error:
        problem, wait = f"{error}", backoff(delivery.tries)
    with services.database.writing() as connection:
        if not problem:
            deliveries.arrived(connection, delivery, services.now())
        else:
            again = services.now() + wait if wait and delivery.tries + 1 < MOST_TRIES else None
            deliveries.failed(connection, delivery, problem, again)
    return True


def backoff(tries: int) -> timedelta:
    """Return how long to wait after a number of tries that failed.

    Args:
        tries: how many there were.

    Returns:
        half a minute, then twice as long each time, at most six hours.
    """
    return min(FIRST * (1 << min(tries, 20)), LONGEST)


def _sent(tool: Tool, delivery: Delivery) -> tuple[str, timedelta | None]:
    """Send a mark as it is now; return the problem and when to try again, "" if it is there."""
    services = tool.services
    now = services.now()
    with services.database.reading() as connection:
        platform = platforms.numbered(connection, delivery.platform)
        subject = identities.subject_of(
            connection, issuer_of(platform.issuer, platform.client_id), delivery.person
        )
        score = _score(connection, tool, delivery, subject or "", now)
    if subject is None:
        return "The learning system has not named this student. Read its members.", None
    if score is None:
        return "", None
    item = delivery.line_item or _made(tool, platform, delivery)
    post = post_score(tool.access, told(platform), item, score, now.timestamp())
    match post.posted:
        case Posted.THERE:
            return "", None
        case Posted.LATER:
            asked = timedelta(seconds=post.after)
            return f"The learning system answers {post.status}.", max(asked, backoff(delivery.tries))
        case Posted.REFUSED:
            return f"The learning system does not take the mark: it answers {post.status}.", None


def _score(
    connection: Connection, tool: Tool, delivery: Delivery, subject: str, at: datetime
) -> bytes | None:
    """Return the score of the attempt that counts; None if nothing is graded."""
    offered = tool.services.catalogue.find(delivery.assignment)
    if offered is None:
        return None
    person = people.whoever(connection, delivery.person)
    counts = of_person(connection, tool.services, offered, person).counts
    if counts is None or counts.grading is None:
        return None
    report = shown(connection, tool.services, offered, counts.grading)
    return write_lti(counts.grading.header, replace(report, student=Student(subject)), at)


def _made(tool: Tool, platform: Registered, delivery: Delivery) -> str:
    """Return the address of the column of a link, which is made if there is none yet."""
    offered = tool.services.catalogue.find(delivery.assignment)
    title, maximum = (offered.title, offered.max_points) if offered else (delivery.assignment, 0.0)
    wanted = wanted_item(delivery.assignment, title, maximum, delivery.link_id)
    now = tool.services.now()
    item = line_item(tool.access, told(platform), delivery.line_items, wanted, now.timestamp())
    with tool.services.database.writing() as connection:
        platforms.keep_line_item(connection, delivery.link, item)
    return item
