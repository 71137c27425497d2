"""Who a university or a learning system says that a person is; and what is accepted once."""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sql

from grader.server.store import people
from grader.server.store.lti_tables import SPENT
from grader.server.store.people import Person
from grader.server.store.tables import IDENTITIES, PEOPLE


def known(connection: sql.Connection, issuer: str, subject: str) -> tuple[bool, Person | None]:
    """Return whether somebody came before, and who it is if they may enter.

    Args:
        connection: a transaction.
        issuer: who says it.
        subject: whom.

    Returns:
        whether there is such an identity; the person, None if there is none or they have left.
    """
    chosen = sql.select(IDENTITIES.c.person).where(
        IDENTITIES.c.issuer == issuer, IDENTITIES.c.subject == subject
    )
    number = connection.execute(chosen).scalar_one_or_none()
    return number is not None, people.with_number(connection, number) if number is not None else None


def bind(connection: sql.Connection, issuer: str, subject: str, person: Person) -> None:
    """Write down who somebody is.

    Args:
        connection: a transaction that writes.
        issuer: who says it.
        subject: whom.
        person: who that is here.
    """
    row = {"issuer": issuer, "subject": subject, "person": person.number}
    connection.execute(sql.insert(IDENTITIES).values(**row))


def subject_of(connection: sql.Connection, issuer: str, person: int) -> str | None:
    """Return what an issuer calls a person, None if it never said.

    Args:
        connection: a transaction.
        issuer: who would say it.
        person: the number of the person.

    Returns:
        the subject.
    """
    chosen = sql.select(IDENTITIES.c.subject).where(
        IDENTITIES.c.issuer == issuer, IDENTITIES.c.person == person
    )
    return connection.execute(chosen).scalars().first()


def students_of(connection: sql.Connection, issuer: str) -> set[int]:
    """Return the numbers of the students whom an issuer sent.

    Args:
        connection: a transaction.
        issuer: who sent them.

    Returns:
        the numbers.
    """
    chosen = (
        sql.select(PEOPLE.c.number)
        .select_from(PEOPLE.join(IDENTITIES, IDENTITIES.c.person == PEOPLE.c.number))
        .where(IDENTITIES.c.issuer == issuer, PEOPLE.c.role == "student")
    )
    return {*connection.execute(chosen).scalars()}


def without_identity(connection: sql.Connection, issuer: str, email: str, key: str) -> list[Person]:
    """Return the students whom an issuer has not sent yet, with an e-mail address or an id.

    Args:
        connection: a transaction.
        issuer: who sends them.
        email: the address; "" matches nobody.
        key: the id; "" matches nobody.

    Returns:
        the students.
    """
    bound = sql.select(IDENTITIES.c.person).where(IDENTITIES.c.issuer == issuer)
    same = sql.or_(
        sql.and_(PEOPLE.c.email != "", sql.func.lower(PEOPLE.c.email) == email.lower()),
        sql.and_(PEOPLE.c.key != "", PEOPLE.c.key == key),
    )
    chosen = sql.select(PEOPLE.c.number).where(
        same, PEOPLE.c.role == "student", PEOPLE.c.left_at.is_(None), PEOPLE.c.number.not_in(bound)
    )
    numbers = connection.execute(chosen.order_by(PEOPLE.c.number)).scalars()
    return [people.whoever(connection, number) for number in numbers]


def spend(connection: sql.Connection, text: str, at: datetime, until: datetime) -> bool:
    """Use up something that is accepted once, and forget what could not be accepted any more anyway.

    Args:
        connection: a transaction that writes.
        text: what is used.
        at: the time.
        until: when it would not be accepted any more.

    Returns:
        False if it was used before.
    """
    connection.execute(sql.delete(SPENT).where(SPENT.c.until < at))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if connection.execute(sql.select(SPENT.c.until).where(SPENT.c.sha256 == digest)).first():
        return False
    connection.execute(sql.insert(SPENT).values(sha256=digest, until=until))
    return True
