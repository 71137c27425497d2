"""Find out, or write down, who it is that a learning system or a university sends."""

from __future__ import annotations

from datetime import datetime

from grader.errors import SignInError
from grader.server.identity.lti.messages import Member
from grader.server.store import events, identities, people
from grader.server.store.database import Connection
from grader.server.store.people import Person


def issuer_of(issuer: str, client_id: str) -> str:
    """Return the name under which the people of a learning system are known.

    Args:
        issuer: the learning system; Canvas has the same for all schools.
        client_id: as whom we are known there.

    Returns:
        the name.
    """
    return f"{issuer} {client_id}"


def arrived(connection: Connection, issuer: str, member: Member, at: datetime) -> Person:
    """Return who somebody from a learning system is here.

    Who came before is the same person, with the name, address and role that the learning system says now. A
    student who comes for the first time is the one of the roster with the same number, or else with the same
    address, if there is exactly one whom it has not sent yet. A teacher is never taken for somebody who is
    here already, so no address that somebody typed into a profile makes them one. Everybody else is new.

    Args:
        connection: a transaction that writes.
        issuer: the learning system.
        member: whom it sends.
        at: the time.

    Returns:
        the person.

    Raises:
        SignInError: the person has left.
    """
    before, person = identities.known(connection, issuer, member.user)
    if before and person is None:
        raise SignInError("You are not in this course any more. Ask its instructor.")
    if person is None:
        person = _of_roster(connection, issuer, member) or _new(connection, member)
        identities.bind(connection, issuer, member.user, person)
        events.note(connection, at, "came from a learning system", person, person)
    if person.role != member.role:
        events.note(connection, at, "changed role", None, person, was=person.role, now=member.role)
    return people.describe(
        connection, person, member.role, member.name or person.name, member.email or person.email
    )


def _of_roster(connection: Connection, issuer: str, member: Member) -> Person | None:
    """Return the student of the roster who somebody is, if that is clear."""
    if member.role != "student":
        return None
    found = identities.without_identity(connection, issuer, member.email, member.number)
    by_number = [person for person in found if person.key == member.number]
    sure = by_number or found
    return sure[0] if len(sure) == 1 else None


def _new(connection: Connection, member: Member) -> Person:
    """Add somebody, under the first id that nobody else has."""
    wanted = member.number or member.email or member.user
    for key in (wanted, member.user, f"{wanted} {member.user}"):
        if not people.is_taken(connection, key):
            break
    return people.add(connection, key, member.role, name=member.name, email=member.email)


def of_university(connection: Connection, value: str) -> Person:
    """Return who somebody is whom a university calls by an id or an address of ours.

    Args:
        connection: a transaction.
        value: the value of the claim that identifies people.

    Returns:
        the person.

    Raises:
        SignInError: it is nobody of this course, or several are called so.
    """
    found = people.called_so(connection, value)
    if len(found) != 1:
        raise SignInError(f"{value[:200]} is not in the roster of this course. Ask its instructor.")
    return found[0]
