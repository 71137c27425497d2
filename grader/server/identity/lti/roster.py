"""Read who is in a course from a learning system: its names-and-roles service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from grader.errors import PlatformError
from grader.server.identity.lti.access import MEMBERS, Access
from grader.server.identity.lti.messages import Member, Platform, member

MEDIA = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
PAGES = 500
"""A course of 25,000 at Canvas's 50 a page."""
NEXT = re.compile(r'<([^<>]{1,2000})>\s{0,9};[^<>,]{0,99}?rel="?next"?')


def members(access: Access, platform: Platform, url: str, now: float) -> Iterator[Member]:
    """Yield the active people of a course, page by page.

    Args:
        access: what calls the learning system.
        platform: the learning system.
        url: the address of the roster, from a launch.
        now: the time, in seconds since 1970.

    Returns:
        an iterator of people with a role in the course.

    Raises:
        PlatformError: the roster cannot be read whole. Somebody who is not in half a roster has not left.
    """
    host = urlsplit(url).netloc
    for _ in range(PAGES):
        answer = access.call(platform, MEMBERS, "GET", url, now, headers={"Accept": MEDIA})
        entries = answer.json.get("members") if isinstance(answer.json, dict) else None
        if not answer.good or not isinstance(entries, list):
            raise PlatformError(f"{platform.issuer} does not give the roster (status {answer.status}).")
        yield from filter(None, map(member, entries))
        url = _next(answer.headers.get("link", ""), answer.json)
        if not url:
            return
        if urlsplit(url).netloc != host:
            raise PlatformError(
                f"{platform.issuer} continues its roster on another host, {urlsplit(url).netloc}."
            )
    raise PlatformError(f"{platform.issuer} gives a roster without an end.")


def _next(link: str, page: dict[str, Any]) -> str:
    """Return the address of the next page, "" after the last; it is in the header, or in the page itself."""
    found = NEXT.search(link)
    if found:
        return found[1]
    said = page.get("next")
    return said if isinstance(said, str) else ""
