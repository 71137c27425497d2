"""What every room of the service is handed: one frozen value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from httpx2 import Client

from grader.server.catalogue import Catalogue
from grader.server.settings import Settings
from grader.server.store.database import Database, open_database
from grader.server.web_calls import client


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def open_services(settings: Settings) -> Services:
    """Return the service of some settings; its database is opened when it is first asked.

    Args:
        settings: the settings.

    Returns:
        the service.
    """
    return Services(settings, open_database(settings.database), Catalogue(settings.course))


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the database, the assignments and the clock of a service, and what calls other systems.

    Tests set `now`, so that no test waits, and `web`, so that no test calls anything.
    """

    settings: Settings
    database: Database
    catalogue: Catalogue
    now: Callable[[], datetime] = utc_now
    web: Callable[[], Client] = client
