"""Back a service up into one file, and restore it, while it runs and from any database into any other."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import grader
from grader.errors import RefusedError, UsageError
from grader.files.atomic_files import write_privately
from grader.server.identity.lti.tool import KEY_FILE
from grader.server.services import utc_now
from grader.server.settings import SECRET_FILE, Settings
from grader.server.store import copying
from grader.server.store.database import Database, open_database
from grader.server.store.migration import is_current, migrate

FILES = (SECRET_FILE, KEY_FILE)
"""The files beside the database that a service cannot make again."""


def back_up(settings: Settings, path: Path) -> Mapping[str, int]:
    """Write all that a service keeps, as it is now, into one SQLite file that only its owner may read.

    Args:
        settings: the settings of the service, which may be running.
        path: the file.

    Returns:
        how many rows each table has.

    Raises:
        UsageError: the file is there already, cannot be written, or the database cannot be reached.
    """
    if path.exists():
        raise UsageError(f"{path}: it is there already\n  Name another file.")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.absolute().parent) as folder:
            made = Path(folder) / "backup.db"
            made.touch(mode=0o600)
            with closing(_at(made)) as target, closing(open_database(settings.database)) as source:
                migrate(target)
                if not is_current(source):
                    raise UsageError(
                        f"{settings.shown_database}: it is of no service yet, or of another version\n"
                        "  Start the service once, then back it up."
                    )
                with source.moment() as read, target.writing() as written:
                    copied = copying.copy_rows(read, written)
                    copying.keep_notes(written, _notes(settings))
            made.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}\n  Name a file in a folder that you may write.") from None
    except RefusedError as error:
        raise UsageError(f"{settings.shown_database}: no backup was made. {error}") from None
    return copied


def _notes(settings: Settings) -> Mapping[str, str]:
    """Return what a backup says of itself, and the files that it has."""
    there = [settings.data / name for name in FILES if (settings.data / name).exists()]
    return {
        "grader": grader.__version__,
        "made_at": utc_now().isoformat(timespec="seconds"),
        **{path.name: path.read_text(encoding="utf-8") for path in there},
    }


def restore(settings: Settings, path: Path) -> Mapping[str, int]:
    """Fill the empty database of a service from a backup; links and marks are those of before.

    Args:
        settings: the settings of the service, which must not be running.
        path: the file that `back_up` wrote.

    Returns:
        how many rows each table has.

    Raises:
        UsageError: it is no backup, it is damaged, the database is not empty, or cannot be reached.
    """
    with tempfile.TemporaryDirectory(prefix="grader-restore-") as folder:
        copy = Path(folder) / "backup.db"  # it may be of an earlier version, and is migrated
        try:
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}\n  Name a backup.") from None
        with closing(_at(copy)) as source, closing(open_database(settings.database)) as target:
            notes = _checked(source, path)
            try:
                copied = _filled(source, target, settings)
            except RefusedError as error:
                raise UsageError(f"{settings.shown_database}: nothing was restored. {error}") from None
    for name in FILES:
        if name in notes:
            write_privately(settings.data / name, notes[name].encode())
    return copied


def _at(path: Path) -> Database:
    return open_database(f"sqlite:///{path}")


def _checked(source: Database, path: Path) -> Mapping[str, str]:
    """Return the notes of a backup.

    Raises:
        UsageError: it is none, or is damaged.
    """
    notes = copying.notes_of(source)
    if SECRET_FILE not in notes:
        raise UsageError(
            f"{path}: it is no backup of a service\n  Name one that `grader serve --backup` wrote."
        )
    migrate(source)
    with source.reading() as connection:
        lost = copying.damaged(connection)
    if lost:
        named = ", ".join(lost[:3])
        raise UsageError(
            f"{path}: {len(lost)} submissions are not as they were received: {named}\n  Take another backup."
        )
    return notes


def _filled(source: Database, target: Database, settings: Settings) -> Mapping[str, int]:
    """Copy all rows into a database without submissions.

    Raises:
        UsageError: it has some.
    """
    migrate(target)
    with source.reading() as read, target.writing() as written:
        if not copying.is_empty(written):
            raise UsageError(
                f"{settings.shown_database}: people have submitted there already\n"
                "  Restore into a new folder or database: --data DIR or --database URL."
            )
        copying.forget_all(written)
        return copying.copy_rows(read, written)
