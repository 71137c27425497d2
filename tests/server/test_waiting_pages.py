"""What pages that wait are told: never of a time before their own submission, and not too often."""

from __future__ import annotations

import itertools

import anyio
import pytest
from serving import Service

from grader.server.pages import board
from grader.server.pages.board import Board, before, stream
from grader.server.store import submissions
from grader.server.store.changes import Changes


def submitted(service: Service, content: bytes) -> int:
    """Store a submission as another process does, which tells nobody."""
    with service.database.writing() as connection:
        return submissions.add(
            connection, service.student, "small", "a.ipynb", content, service.clock(), "page"
        ).number


def test_what_was_seen_before_a_submission_came_says_nothing_of_it(
    service: Service, notebooks: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(board, "TICK", 60.0)

    async def look() -> list[int | None]:
        made = Board(service.services)
        seen = [await made.look()]
        number = submitted(service, notebooks["right"])
        seen += [await made.look(), await made.look(number)]
        return [before(one, number) for one in seen]

    assert anyio.run(look) == [None, None, 0]


async def events(service: Service, said: list[tuple[str, str]]) -> list[str]:
    """What a browser receives while there is something else to say each time."""
    news = itertools.chain(said, itertools.repeat(said[-1]))

    def next_one(_: Changes) -> tuple[str, str]:
        return next(news)

    answer = stream(Board(service.services), next_one, last="graded")
    return [str(chunk).partition("\n")[0] async for chunk in answer.body_iterator]


def test_who_waits_is_not_told_each_step_and_is_told_the_end_at_once(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(board, "STEP", 0.001)
    monkeypatch.setattr(board, "RARELY", 60.0)
    said = [("waiting", "3"), ("waiting", "2"), ("waiting", "1"), ("graded", "now")]

    assert anyio.run(events, service, said) == ["retry: 1000", "event: waiting", "event: graded"]


def test_who_waits_for_long_is_told_again(service: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(board, "STEP", 0.001)
    monkeypatch.setattr(board, "RARELY", 0.0)
    said = [("waiting", "2"), ("waiting", "2"), ("waiting", "1"), ("graded", "now")]

    assert anyio.run(events, service, said) == ["retry: 1000", *["event: waiting"] * 2, "event: graded"]
