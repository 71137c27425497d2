"""Take the members of a course in, from the learning system that has it."""

from __future__ import annotations

from grader.errors import PlatformError
from grader.server.identity.arrivals import arrived, issuer_of
from grader.server.identity.lti.roster import members
from grader.server.identity.lti.tool import Tool, told
from grader.server.store import events, identities, people, platforms
from grader.server.store.people import Person
from grader.server.store.platforms import Connected


def read_members(tool: Tool, course: Connected, by: Person) -> int:
    """Take the members of a course in. Students who are in it no more stay, and are marked as not listed.

    Args:
        tool: the service, as learning systems meet it.
        course: the course.
        by: who wants it.

    Returns:
        how many people the course has.

    Raises:
        PlatformError: the course is not connected, or its roster cannot be read whole.
    """
    services = tool.services
    if course.connected_at is None or not course.roster:
        raise PlatformError("This course is not connected, or its learning system lists no members.")
    with services.database.reading() as connection:
        platform = platforms.numbered(connection, course.platform)
    now = services.now()
    found = [*members(tool.access, told(platform), course.roster, now.timestamp())]
    issuer = issuer_of(platform.issuer, platform.client_id)
    with services.database.writing() as connection:
        there = {arrived(connection, issuer, one, now).number for one in found}
        gone = identities.students_of(connection, issuer) - there
        people.list_only(connection, there, gone)
        platforms.members_were_read(connection, course, now)
        events.note(connection, now, "read the members", by, people=len(there), gone=len(gone))
    return len(there)
