"""Learning systems: how each is registered, which of its courses is connected, which link is of what."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sql

from grader.server.store.lti_tables import COURSES, LINKS, PLATFORMS


@dataclass(frozen=True, slots=True)
class Registered:
    """A learning system; `public` stands in addresses, all else is as it says of itself."""

    number: int
    public: str
    name: str
    issuer: str
    client_id: str
    deployments: frozenset[str]
    login_url: str
    token_url: str
    keys_url: str


@dataclass(frozen=True, slots=True)
class Connected:
    """A course of a learning system; it is connected when an instructor of ours has said so."""

    number: int
    public: str
    platform: int
    context: str
    title: str
    roster: str
    asked_at: datetime
    connected_at: datetime | None
    read_at: datetime | None


def register(connection: sql.Connection, said: Mapping[str, Any]) -> None:
    """Add a learning system, or change the one with the same issuer and client id.

    Args:
        connection: a transaction that writes.
        said: the columns of the table, without its numbers.
    """
    same = sql.and_(PLATFORMS.c.issuer == said["issuer"], PLATFORMS.c.client_id == said["client_id"])
    if connection.execute(sql.update(PLATFORMS).where(same).values(**said)).rowcount == 0:
        connection.execute(sql.insert(PLATFORMS).values(public=secrets.token_urlsafe(12), **said))


def remove(connection: sql.Connection, public: str) -> bool:
    """Remove a learning system with its courses and links; who came from it stays.

    Args:
        connection: a transaction that writes.
        public: its public id.

    Returns:
        whether there was one.
    """
    return connection.execute(sql.delete(PLATFORMS).where(PLATFORMS.c.public == public)).rowcount > 0


def everyone(connection: sql.Connection) -> list[Registered]:
    """Return all learning systems."""
    return [*map(_registered, connection.execute(sql.select(PLATFORMS).order_by(PLATFORMS.c.number)))]


def of_login(connection: sql.Connection, issuer: str, client_id: str) -> Registered | None:
    """Return the learning system of a login; without a client id the only one of its issuer.

    Args:
        connection: a transaction.
        issuer: who sends it.
        client_id: as whom we are known there; "" if it was not said.

    Returns:
        the learning system; None if it is not known, or not clear.
    """
    chosen = sql.select(PLATFORMS).where(PLATFORMS.c.issuer == issuer)
    if client_id:
        chosen = chosen.where(PLATFORMS.c.client_id == client_id)
    rows = connection.execute(chosen).all()
    return _registered(rows[0]) if len(rows) == 1 else None


def numbered(connection: sql.Connection, number: int) -> Registered:
    """Return the learning system with a number."""
    return _registered(connection.execute(sql.select(PLATFORMS).where(PLATFORMS.c.number == number)).one())


def course(
    connection: sql.Connection, platform: Registered, context: str, title: str, roster: str, at: datetime
) -> Connected:
    """Return a course of a learning system; note it when somebody comes from it for the first time.

    Args:
        connection: a transaction that writes.
        platform: the learning system.
        context: its id of the course.
        title: what it calls the course.
        roster: where it lists the members; "" if it did not say.
        at: the time.

    Returns:
        the course, which need not be connected.
    """
    which = sql.and_(COURSES.c.platform == platform.number, COURSES.c.context == context)
    said = {"title": title, **({"roster": roster} if roster else {})}
    if connection.execute(sql.update(COURSES).where(which).values(**said)).rowcount == 0:
        row = {"platform": platform.number, "context": context, "asked_at": at, **said}
        connection.execute(sql.insert(COURSES).values(public=secrets.token_urlsafe(12), **row))
    return _connected(connection.execute(sql.select(COURSES).where(which)).one())


def courses(connection: sql.Connection) -> list[Connected]:
    """Return the courses that somebody came from, the oldest first."""
    return [*map(_connected, connection.execute(sql.select(COURSES).order_by(COURSES.c.number)))]


def with_public(connection: sql.Connection, public: str) -> Connected | None:
    """Return the course with a public id, None if there is none."""
    row = connection.execute(sql.select(COURSES).where(COURSES.c.public == public)).one_or_none()
    return _connected(row) if row else None


def connect(connection: sql.Connection, found: Connected, at: datetime | None) -> None:
    """Let the people of a course in, or no more.

    Args:
        connection: a transaction that writes.
        found: the course.
        at: the time; None to disconnect it.
    """
    which = COURSES.c.number == found.number
    connection.execute(sql.update(COURSES).where(which).values(connected_at=at))


def members_were_read(connection: sql.Connection, found: Connected, at: datetime) -> None:
    """Note when the members of a course were read.

    Args:
        connection: a transaction that writes.
        found: the course.
        at: the time.
    """
    connection.execute(sql.update(COURSES).where(COURSES.c.number == found.number).values(read_at=at))


def link(
    connection: sql.Connection, found: Connected, link_id: str, assignment: str, said: Mapping[str, str]
) -> None:
    """Note which assignment a link is of, and where its marks go.

    Args:
        connection: a transaction that writes.
        found: the course.
        link_id: the learning system's id of the link.
        assignment: the name of the assignment.
        said: `line_item` and `line_items`, those of them that were said.
    """
    which = sql.and_(LINKS.c.course == found.number, LINKS.c.link == link_id)
    row = {"assignment": assignment, **{key: value for key, value in said.items() if value}}
    if connection.execute(sql.update(LINKS).where(which).values(**row)).rowcount == 0:
        connection.execute(sql.insert(LINKS).values(course=found.number, link=link_id, **row))


def assignment_of(connection: sql.Connection, found: Connected, link_id: str) -> str:
    """Return the assignment of a link that somebody came by before, else "".

    Args:
        connection: a transaction.
        found: the course.
        link_id: the learning system's id of the link.

    Returns:
        the name of the assignment.
    """
    chosen = sql.select(LINKS.c.assignment).where(LINKS.c.course == found.number, LINKS.c.link == link_id)
    return connection.execute(chosen).scalar_one_or_none() or ""


def keep_line_item(connection: sql.Connection, number: int, line_item: str) -> None:
    """Note the address of the column of a link.

    Args:
        connection: a transaction that writes.
        number: the number of the link.
        line_item: the address.
    """
    connection.execute(sql.update(LINKS).where(LINKS.c.number == number).values(line_item=line_item))


def _registered(row: sql.Row[Any]) -> Registered:
    said = row._asdict()
    return Registered(**{**said, "deployments": frozenset(said["deployments"])})


def _connected(row: sql.Row[Any]) -> Connected:
    return Connected(**row._asdict())
