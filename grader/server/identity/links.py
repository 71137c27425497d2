"""Personal signed links: each lets one person in, until the term ends or it is replaced."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from grader.files.atomic_files import write_privately
from grader.reports.sanitize import spreadsheet_cell
from grader.server.services import Services
from grader.server.store import people, platforms
from grader.server.store.database import Connection
from grader.server.store.people import Person, Role

LASTS = timedelta(days=200)
"""How long a link lets somebody in: a term."""

FILE = "links.csv"
"""The file beside the database with the link of everybody."""

_ROLES: tuple[Role, ...] = ("student", "assistant", "instructor")
_NAMES = ("id", "name", "email", "role", "link")


class LinksFile(NamedTuple):
    """The file with the links: whether it was just made, for how many people, and how many it lacks."""

    path: Path
    is_new: bool
    people: int
    without: int


def link_of(services: Services, person: Person) -> str:
    """Return the address that lets a person in.

    Args:
        services: the service.
        person: whom.

    Returns:
        the address.
    """
    made = services.now().timestamp()
    return f"{_beginning(services)}{_signer(services).dumps([person.public, made])}"


def _beginning(services: Services) -> str:
    return f"{services.settings.base_url}/enter/"


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
        everybody = people.all_of(connection, *_ROLES)
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(_NAMES)
    for one in everybody:
        said = (spreadsheet_cell(text) for text in (one.key, one.name, one.email, one.role))
        rows.writerow([*said, link_of(services, one)])
    return table.getvalue().encode("utf-8", "backslashreplace")


def keep_links(services: Services) -> LinksFile | None:
    """Write the links of everybody into the folder of the service; a file that is there is left as it is.

    Args:
        services: the service.

    Returns:
        the file; None if people come in by a university or a learning system, or there is no student.

    Raises:
        OSError: the file cannot be read or written.
    """
    with services.database.reading() as connection:
        everybody = people.all_of(connection, *_ROLES)
        if not _come_in_by_links(services, connection) or all(one.role != "student" for one in everybody):
            return None
    path = services.settings.data / FILE
    is_new = not path.exists()
    if is_new:
        write_privately(path, links_csv(services))
    let_in = {person.number for person in _let_in_by(services, path)}
    return LinksFile(path, is_new, len(everybody), sum(one.number not in let_in for one in everybody))


def _come_in_by_links(services: Services, connection: Connection) -> bool:
    return not services.settings.openid_issuer and not platforms.everyone(connection)


def _let_in_by(services: Services, path: Path) -> Iterator[Person]:
    """Yield whom the links in a file let in, whatever somebody has made of it."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file, suppress(csv.Error):
        for row in csv.DictReader(file):
            link = row.get(_NAMES[-1]) or ""
            if link.startswith(_beginning(services)):
                person = person_of_link(services, link.removeprefix(_beginning(services)))
                if person:
                    yield person


def _signer(services: Services) -> URLSafeSerializer:
    return URLSafeSerializer(services.settings.secret, salt="personal link")
