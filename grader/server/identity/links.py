"""Personal signed links: each lets one person in, until the term ends or it is replaced."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from grader.reports.sanitize import spreadsheet_cell
from grader.server.services import Services
from grader.server.store import people
from grader.server.store.people import Person

LASTS = timedelta(days=200)
"""How long a link lets somebody in: a term."""

_NAMES = ("id", "name", "email", "role", "link")


def link_of(services: Services, person: Person) -> str:
    """Return the address that lets a person in.

    Args:
        services: the service.
        person: whom.

    Returns:
        the address.
    """
    made = services.now().timestamp()
    return f"{services.settings.base_url}/enter/{_signer(services).dumps([person.public, made])}"


def person_of_link(services: Services, text: str) -> Person | None:
    """Return whom a link lets in.

    Args:
        services: the service.
        text: the signed end of its address.

    Returns:
        the person; None if the link is altered, has expired or was replaced, or its person has left.
    """
    try:
        public, made = _signer(services).loads(text)
        made_at = datetime.fromtimestamp(made, UTC)
    except (BadSignature, ValueError, TypeError, OverflowError):
        return None
    if services.now() - made_at > LASTS:
        return None
    with services.database.reading() as connection:
        person = people.with_public(connection, public)
    return person if person and made_at >= (person.links_from or made_at) else None


def links_csv(services: Services) -> bytes:
    """Return the links of everybody, for a mail merge.

    Args:
        services: the service.

    Returns:
        a table as CSV; whoever has it may be anybody.
    """
    with services.database.reading() as connection:
        everybody = people.all_of(connection, "student", "assistant", "instructor")
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(_NAMES)
    for one in everybody:
        said = (spreadsheet_cell(text) for text in (one.key, one.name, one.email, one.role))
        rows.writerow([*said, link_of(services, one)])
    return table.getvalue().encode("utf-8", "backslashreplace")


def _signer(services: Services) -> URLSafeSerializer:
    return URLSafeSerializer(services.settings.secret, salt="personal link")
