"""People: students, assistants, instructors."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sql

from grader.models.submission import Student
from grader.server.store.tables import PEOPLE

Role = Literal["student", "assistant", "instructor"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the service knows. `public` stands in addresses, `number` and `key` never do.

    `key` is the id in the roster; `listed` says whether the roster has it. Links made before `links_from` are
    refused.
    """

    number: int
    public: str
    key: str
    role: Role
    name: str = ""
    email: str = ""
    section: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    listed: bool = True
    links_from: datetime | None = None

    @property
    def called(self) -> str:
        """Return what to call them: the name, or the id where there is none."""
        return self.name or self.key

    @property
    def student(self) -> Student:
        """Return the student as reports have one."""
        return Student(self.key, self.name, self.email, self.section, self.keys)


def add(
    connection: sql.Connection, key: str, role: Role, *, name: str = "", email: str = "", listed: bool = True
) -> Person:
    """Add a person.

    Args:
        connection: a transaction that writes.
        key: the id, which nobody else has.
        role: the role.
        name: the name.
        email: the e-mail address.
        listed: whether the roster has them.

    Returns:
        the person.
    """
    row = {"key": key, "role": role, "name": name, "email": email, "listed": listed}
    connection.execute(
        sql.insert(PEOPLE).values(public=secrets.token_urlsafe(12), keys={}, section="", **row)
    )
    found = with_key(connection, key)
    assert found is not None  # noqa: S101  # it was just inserted
    return found


def enrol(connection: sql.Connection, students: Iterable[Student]) -> None:
    """Take the students of a roster in; who is in it no more stays, and is marked as not listed.

    Args:
        connection: a transaction that writes.
        students: the roster.
    """
    there = {person.key: person for person in all_of(connection, "student")}
    now = {student.id: student for student in students}
    for key, one in now.items():
        said = {
            "name": one.name, "email": one.email, "section": one.section, "keys": dict(one.keys),
            "listed": True,
        }  # fmt: skip
        if key in there:
            connection.execute(sql.update(PEOPLE).where(PEOPLE.c.key == key).values(**said))
        else:
            connection.execute(
                sql.insert(PEOPLE).values(key=key, public=secrets.token_urlsafe(12), role="student", **said)
            )
    gone = [person.number for key, person in there.items() if key not in now]
    if gone:
        connection.execute(sql.update(PEOPLE).where(PEOPLE.c.number.in_(gone)).values(listed=False))


def describe(connection: sql.Connection, person: Person, role: Role, name: str, email: str) -> Person:
    """Change the role, the name and the e-mail address of a person.

    Args:
        connection: a transaction that writes.
        person: whom.
        role: the role.
        name: the name.
        email: the e-mail address.

    Returns:
        the person as they are now.
    """
    said = {"role": role, "name": name, "email": email}
    connection.execute(sql.update(PEOPLE).where(PEOPLE.c.number == person.number).values(**said))
    return replace(person, role=role, name=name, email=email)


def leave(connection: sql.Connection, person: Person, at: datetime) -> None:
    """Let somebody in no more; what they submitted stays.

    Args:
        connection: a transaction that writes.
        person: whom.
        at: the time.
    """
    connection.execute(sql.update(PEOPLE).where(PEOPLE.c.number == person.number).values(left_at=at))


def replace_links(connection: sql.Connection, person: Person, at: datetime) -> Person:
    """Refuse the links of a person that were made until now.

    Args:
        connection: a transaction that writes.
        person: whose.
        at: the time.

    Returns:
        the person, whose next link is accepted.
    """
    same = PEOPLE.c.number == person.number
    connection.execute(sql.update(PEOPLE).where(same).values(links_from=at))
    return replace(person, links_from=at)


def list_only(connection: sql.Connection, there: Iterable[int], gone: Iterable[int]) -> None:
    """Note who is in the roster, and who is not any more.

    Args:
        connection: a transaction that writes.
        there: the numbers of those who are.
        gone: the numbers of those who are not.
    """
    for numbers, listed in ((there, True), (gone, False)):
        for number in numbers:
            change = sql.update(PEOPLE).where(PEOPLE.c.number == number, PEOPLE.c.listed.is_not(listed))
            connection.execute(change.values(listed=listed))


def is_taken(connection: sql.Connection, key: str) -> bool:
    """Return whether somebody has an id, who may have left."""
    return connection.execute(sql.select(PEOPLE.c.number).where(PEOPLE.c.key == key)).first() is not None


def called_so(connection: sql.Connection, text: str) -> list[Person]:
    """Return the people who may enter with a text as their id; if there is none, as their address."""
    found = with_key(connection, text)
    if found:
        return [found]
    same = sql.and_(PEOPLE.c.email != "", sql.func.lower(PEOPLE.c.email) == text.lower())
    return [*map(_person, connection.execute(sql.select(PEOPLE).where(same, PEOPLE.c.left_at.is_(None))))]


def with_number(connection: sql.Connection, number: int) -> Person | None:
    """Return the person with a number who may enter, or None."""
    return _one(connection, PEOPLE.c.number == number)


def whoever(connection: sql.Connection, number: int) -> Person:
    """Return the person with a number, who may have left."""
    return _person(connection.execute(sql.select(PEOPLE).where(PEOPLE.c.number == number)).one())


def with_public(connection: sql.Connection, public: str) -> Person | None:
    """Return the person with a public id who may enter, or None."""
    return _one(connection, PEOPLE.c.public == public)


def with_key(connection: sql.Connection, key: str) -> Person | None:
    """Return the person with an id of the roster who may enter, or None."""
    return _one(connection, PEOPLE.c.key == key)


def all_of(connection: sql.Connection, *roles: Role) -> list[Person]:
    """Return the people with one of some roles who may enter, by their keys."""
    chosen = sql.select(PEOPLE).where(PEOPLE.c.role.in_(roles), PEOPLE.c.left_at.is_(None))
    return [*map(_person, connection.execute(chosen.order_by(PEOPLE.c.key)))]


def _one(connection: sql.Connection, which: sql.ColumnElement[bool]) -> Person | None:
    row = connection.execute(sql.select(PEOPLE).where(which, PEOPLE.c.left_at.is_(None))).one_or_none()
    return _person(row) if row else None


def _person(row: sql.Row[Any]) -> Person:
    return Person(
        number=row.number,
        public=row.public,
        key=row.key,
        role=row.role,
        name=row.name,
        email=row.email,
        section=row.section,
        keys=row.keys,
        listed=row.listed,
        links_from=row.links_from,
    )
