"""Find or make an assignment's column in a learning system, and post scores to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import httpx2

from grader.errors import PlatformError
from grader.server.identity.lti.access import LINE_ITEM, SCORE, Access
from grader.server.identity.lti.messages import Platform

ITEM = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
SCORES = "application/vnd.ims.lis.v1.score+json"


class Posted(Enum):
    """What became of a score: it is there, it may be tried again, or it is refused for good."""

    THERE = "there"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Post:
    """What became of a score, the status, and after how many seconds the learning system wants it again."""

    posted: Posted
    status: int
    after: float = 0.0


def line_item(access: Access, platform: Platform, items: str, wanted: dict[str, Any], now: float) -> str:
    """Return the address of the column for an assignment, which is made if there is none.

    Args:
        access: what calls the learning system.
        platform: the learning system.
        items: the address of all columns, from a launch.
        wanted: the column, as `wanted_item` gives it.
        now: the time, in seconds since 1970.

    Returns:
        the address.

    Raises:
        PlatformError: it does not answer as its standard says.
    """
    known = _with(items, "", {"resource_id": wanted["resourceId"]})
    answer = access.call(platform, LINE_ITEM, "GET", known, now, headers={"Accept": ITEMS})
    for item in answer.json if isinstance(answer.json, list) else []:
        if isinstance(item, dict) and item.get("resourceId") == wanted["resourceId"]:
            return _address(item)
    made = access.call(
        platform,
        LINE_ITEM,
        "POST",
        items,
        now,
        json=wanted,
        headers={"Content-Type": ITEM, "Accept": ITEM},
    )
    if not made.good or not isinstance(made.json, dict):
        raise PlatformError(f"{platform.issuer} makes no column for the marks (status {made.status}).")
    return _address(made.json)


def wanted_item(assignment: str, title: str, maximum: float, link: str) -> dict[str, Any]:
    """Return a column as it is asked for.

    Args:
        assignment: the name of the assignment, by which the column is found again.
        title: what the column is called.
        maximum: the points of the assignment.
        link: the link in the learning system that the column belongs to.

    Returns:
        the line item.
    """
    item = {"scoreMaximum": maximum, "label": title, "resourceId": assignment, "tag": "grader"}
    return {**item, "resourceLinkId": link} if link else item


def post_score(access: Access, platform: Platform, item: str, score: bytes, now: float) -> Post:
    """Post one score.

    Args:
        access: what calls the learning system.
        platform: the learning system.
        item: the address of the column.
        score: the score, as `grader.export.lti` writes it.
        now: the time, in seconds since 1970.

    Returns:
        what became of it.

    Raises:
        PlatformError: the learning system does not answer, or grants no access.
    """
    headers = {"Content-Type": SCORES}
    answer = access.call(
        platform, SCORE, "POST", _with(item, "/scores", {}), now, content=score, headers=headers
    )
    if answer.good or answer.status == httpx2.codes.CONFLICT:  # a later score is there already
        return Post(Posted.THERE, answer.status)
    passing = {httpx2.codes.UNAUTHORIZED, httpx2.codes.REQUEST_TIMEOUT, httpx2.codes.TOO_MANY_REQUESTS}
    if answer.status in passing or answer.status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        wait = answer.headers.get("retry-after", "")
        return Post(Posted.LATER, answer.status, float(wait) if wait.isdecimal() and len(wait) < 6 else 0.0)
    return Post(Posted.REFUSED, answer.status)


def _with(url: str, path: str, parameters: dict[str, str]) -> str:
    """Return an address with more of a path and of parameters; Moodle's have parameters already."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(parameters))))
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + path, query=query))


def _address(item: dict[str, Any]) -> str:
    """Return the address of a column, which is its id."""
    address = item.get("id")
    if not isinstance(address, str) or not address:
        raise PlatformError("The learning system gives a column for the marks without its address.")
    return address
