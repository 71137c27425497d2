"""Run statements on an SQLite file, and say of what goes wrong what to do about it."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.errors import UsageError

AT_A_TIME = 100
"""Rows that are read together."""

PATIENCE = 1.0
"""Seconds to wait for another process that has the file."""

MOVE_AWAY = "Move it away, and grade again."
_ADVICE = {
    "locked": "Wait until the other `grader` is done with the folder.",
    "not a database": MOVE_AWAY,
    "malformed": MOVE_AWAY,
}
_ROOM = "Make room, or choose another folder with --out. What was graded before is kept."


class Connection:
    """A connection to an SQLite file. Its methods raise `UsageError` for what SQLite says.

    A statement that writes begins a transaction if none is under way.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._in_our_words():
            self._connection = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)

    @contextlib.contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            advice = next((text for words, text in _ADVICE.items() if words in str(error)), _ROOM)
            raise UsageError(f"{self.path}: {error}\n  {advice}") from None

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run a statement.

        Args:
            statement: the statement, with a question mark for each value.
            values: the values.

        Returns:
            the cursor.
        """
        with self._in_our_words():
            return self._connection.execute(statement, values)

    def execute_each(self, statement: str, rows: Iterable[Sequence[Any] | Mapping[str, Any]]) -> None:
        """Run a statement for each row of values.

        Args:
            statement: the statement, with question marks, or `:name` of the values that have names.
            rows: the values.
        """
        with self._in_our_words():
            self._connection.executemany(statement, rows)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> Iterator[list[Any]]:
        """Yield the rows of a query, a few at a time.

        Args:
            statement: the query, with a question mark for each value.
            values: the values.

        Returns:
            an iterator of lists of rows.
        """
        cursor = self.execute(statement, values)
        while True:
            with self._in_our_words():
                rows = cursor.fetchmany(AT_A_TIME)
            if not rows:
                return
            yield rows

    def values(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query one by one; of a query for one column, the values in it.

        Args:
            statement: the query, with a question mark for each value.
            values: the values.

        Returns:
            an iterator of rows, or values.
        """
        for row in itertools.chain.from_iterable(self.rows(statement, values)):
            yield row[0] if len(row) == 1 else row

    def commit(self) -> None:
        """Keep what was written."""
        with self._in_our_words():
            self._connection.commit()

    def close(self) -> None:
        """Close the file; what is not committed is rolled back."""
        self._connection.close()
