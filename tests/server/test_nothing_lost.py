"""Whatever is killed with -9, what was acknowledged is graded once, with the marks of `grader grade`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from kill_storm import storm
from postgres import Postgres
from serving import START

from grader.errors import RefusedError
from grader.models.submission import Student
from grader.server.store import people, queue, submissions
from grader.server.store.database import Database, open_database
from grader.server.store.migration import migrate


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_service_that_is_killed_again_and_again_loses_nothing(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
):
    server = request.getfixturevalue("postgres") if kind == "postgres" else None

    told = storm(tmp_path, 8, 2, server, seed=2)

    assert told.kills.total() == 2
    assert len(told.acknowledged) == 8


def test_a_database_that_was_killed_is_away_for_a_while_and_then_there(postgres: Postgres):
    database = open_database(postgres.url("away"))
    migrate(database)
    with database.writing() as connection:
        people.enrol(connection, [Student("ann")])
    postgres.kill()

    with pytest.raises(RefusedError, match="what was acknowledged is kept") as refused:
        students_in(database)
    postgres.start()

    assert (refused.value.status, refused.value.retry_after > 0) == (503, True)
    assert students_in(database) == ["ann"]
    database.close()


def students_in(database: Database) -> list[str]:
    with database.reading() as connection:
        return [one.key for one in people.all_of(connection, "student")]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_of_two_workers_none_claims_what_the_other_has(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
):

    url = (
        request.getfixturevalue("postgres").url("claims")
        if kind == "postgres"
        else f"sqlite:///{tmp_path}/a.db"
    )
    database = open_database(url)
    migrate(database)
    with database.writing() as connection:
        people.enrol(connection, [Student(name) for name in ("ann", "bob")])
        for one in people.all_of(connection, "student"):
            submissions.add(connection, one, "small", "a.ipynb", one.key.encode(), START, "page")
    claimed = []
    for worker in random.Random(1).sample(["one", "two", "three"], 3):
        with database.writing() as connection:
            claimed.append(queue.claim(connection, worker, START))
    with database.writing() as connection:
        assert queue.give_back(connection) == 2

    assert [claim.submission for claim in claimed if claim] == [1, 2]
    assert claimed[-1] is None
    database.close()
