"""Bring the database of a service to the tables that this version knows, by Alembic."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sql
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from grader.errors import UsageError
from grader.server.store.database import Database

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Make the tables of a new database, or change those of an earlier version.

    Args:
        database: the database.

    Raises:
        UsageError: a later version of this package made them.
        RefusedError: the database cannot be reached.
    """
    config = _config()
    with database.writing() as connection:
        _check_known(connection, ScriptDirectory.from_config(config))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(database: Database) -> bool:
    """Return whether a database has the tables of this version.

    Args:
        database: the database.

    Returns:
        True if `migrate` would change nothing.

    Raises:
        RefusedError: the database cannot be reached.
    """
    with database.reading() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _check_known(connection: sql.Connection, scripts: ScriptDirectory) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found and found not in {script.revision for script in scripts.walk_revisions()}:
        raise UsageError(
            f"The database of the service has schema {found}, which this version does not know\n"
            "  Use the version of grader that made it, or a later one."
        )
