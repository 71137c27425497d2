"""The settings of a service, from its flags and the [server] table of course.toml."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from socket import gethostname
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from grader.assignments.course import Course
from grader.assignments.course_file import NAME, read_course_file
from grader.errors import PolicyError, UsageError, did_you_mean
from grader.files.atomic_files import write_privately
from grader.submissions import MAX_FILE

SECRET_FILE = "secret"  # noqa: S105  # a name

DATABASE_FILE = "service.db"

FOLDER = "service"
"""The folder in a course folder that has all data of its service; nothing of it is handed out."""

Counting = Literal["last", "best"]
"""Which attempt of a student counts."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service runs.

    `data` is the folder with its database, its secret and what it makes; `database` an SQLAlchemy URL;
    `base_url` the address that people type, which links and redirects begin with; `attempts_a_minute` what a
    student may submit, `requests_a_second` what anybody may ask; `workers` the processes that grade;
    `cluster` the address of a Dask scheduler that grades instead. The `openid` ones are how the service is
    registered at a university; its secret is in the environment, as GRADER_OPENID_SECRET, in no file.
    """

    course: Course
    data: Path
    database: str
    secret: str
    listen: str = "127.0.0.1:8000"
    base_url: str = "http://127.0.0.1:8000"
    max_upload: int = MAX_FILE
    attempts_a_minute: int = 6
    counts: Counting = "last"
    workers: int = 1
    isolation: str = "strong"
    timeout: float = 2.0
    cluster: str = ""
    roster: Path | None = None
    requests_a_second: int = 10
    openid_issuer: str = ""
    openid_client_id: str = ""
    openid_secret: str = field(default="", repr=False)
    openid_claim: str = "email"

    @property
    def shown_database(self) -> str:
        """Return the address of the database without its password."""
        scheme, found, rest = self.database.partition("://")
        credentials, at, place = rest.rpartition("@")
        return f"{scheme}{found}{credentials.partition(':')[0]}{at}{place}"

    @property
    def secure(self) -> bool:
        """Return whether people reach the service by HTTPS alone, so that cookies may be for HTTPS only."""
        return self.base_url.startswith("https://")

    @property
    def is_local(self) -> bool:
        """Return whether nobody on another machine can reach it by the address that people are given."""
        return urlsplit(self.base_url).hostname in {"127.0.0.1", "localhost", "::1"}


def settings_of(course: Course, data: Path | None = None, database: str = "", **flags: Any) -> Settings:
    """Return the settings of the service of a course.

    Args:
        course: the course folder.
        data: the folder of the service; by default one in the course folder. It is made if it is missing.
        database: an SQLAlchemy URL; by default of an SQLite file in the folder.
        flags: other settings that were typed; they win over course.toml.

    Returns:
        the settings.

    Raises:
        PolicyError: the [server] table of course.toml makes no sense.
        UsageError: nobody can reach a service at its address.
        OSError: the folder cannot be made.
    """
    folder = _made(data or course.root / FOLDER)
    if not database:
        (folder / DATABASE_FILE).touch(mode=0o600)  # SQLite gives the files beside it the same mode
    made = Settings(
        course=course,
        data=folder,
        database=database or f"sqlite:///{folder / DATABASE_FILE}",
        secret=_secret(folder / SECRET_FILE),
        openid_secret=os.environ.get("GRADER_OPENID_SECRET", ""),
    )
    reached = {"base_url": f"http://{flags['listen']}"} if "listen" in flags else {}
    said = replace(made, **{**reached, **_written(course), **flags})
    return replace(said, base_url=_reachable(said.base_url))


def _made(folder: Path) -> Path:
    """Make the folder of a service if it is missing; Git shall keep nothing of it."""
    folder = folder.absolute()
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="ascii")
    return folder


def _reachable(address: str) -> str:
    """Return the address that people type, without what is too much at its end.

    Raises:
        UsageError: it is none, or none that anybody can reach.
    """
    problem = "is no address of a service: it has a scheme and a host, and no path"
    with suppress(ValueError):
        parts = urlsplit(address.rstrip("/"))
        is_whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        if is_whole and address.rstrip("/") == f"{parts.scheme}://{parts.netloc}":
            if parts.hostname not in {"0.0.0.0", "::"}:  # noqa: S104  # nothing is bound to it
                return address.rstrip("/")
            problem = "stands for all addresses of this machine: say which of them people type"
    example = f"http://{gethostname().lower()}:8000"
    raise UsageError(f"{address} {problem}\n  For example: --base-url {example}")


def _secret(path: Path) -> str:
    """Return the secret of a service; make it when it is missing."""
    if not path.exists():
        write_privately(path, secrets.token_hex(32).encode())
    return path.read_text(encoding="ascii").strip()


_KINDS: Mapping[str, type] = {
    "base_url": str,
    "max_upload_mb": int,
    "attempts_a_minute": int,
    "counts": str,
    "roster": str,
    "requests_a_second": int,
    "openid_issuer": str,
    "openid_client_id": str,
    "openid_claim": str,
}


def _written(course: Course) -> dict[str, Any]:
    """Return what the [server] table of course.toml says.

    Raises:
        PolicyError: it makes no sense.
    """
    path = course.root / NAME
    table = read_course_file(path).server
    for key, value in table.items():
        if key not in _KINDS:
            known = f"{did_you_mean(key, _KINDS)}Write one of: {', '.join(_KINDS)}."
            raise PolicyError(f"{path}, [server]: there is no setting {key}\n  {known}")
        if type(value) is not _KINDS[key] or (type(value) is int and value < 1):
            raise PolicyError(
                f"{path}, [server]: {key} = {value!r} makes no sense\n"
                f"  Write {'a text between quotes' if _KINDS[key] is str else 'a number, 1 or more'}."
            )
    said = dict(table)
    if said.get("counts", "last") not in get_args(Counting):
        raise PolicyError(f'{path}, [server]: counts = {said["counts"]!r}\n  Write "last" or "best".')
    if "max_upload_mb" in said:
        said["max_upload"] = said.pop("max_upload_mb") << 20
    if "roster" in said:
        said["roster"] = course.root / said["roster"]
    return said
