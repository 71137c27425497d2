"""What one process says, each other one hears once, whole and in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import board
from grader.board import Board


@pytest.fixture
def seats() -> Iterator[list[Board]]:
    with closing(Board(3)) as common:
        yield [common.seat(number) for number in range(3)]


def test_all_others_hear_a_message_once(seats: list[Board]) -> None:
    first, second, third = seats
    first.post(b"one")
    second.post(b"two")
    assert [*first.news()] == [b"two"]
    assert [*second.news()] == [b"one"]
    assert [*third.news()] == [b"one", b"two"]
    assert [[*seat.news()] for seat in seats] == [[], [], []]


events = st.lists(st.tuples(st.integers(0, 2), st.binary(max_size=300) | st.none()), max_size=30)


@given(events)
def test_messages_come_whole_and_in_order_whenever_somebody_listens(
    events: list[tuple[int, bytes | None]],
) -> None:
    heard: list[list[bytes]] = [[], [], []]
    said: list[list[bytes]] = [[], [], []]
    with closing(Board(3)) as common:
        seats = [common.seat(number) for number in range(3)]
        for number, message in [*events, (0, None), (1, None), (2, None)]:
            if message is None:
                heard[number] += seats[number].news()
            else:
                numbered = b"%d: %d: %b" % (number, len(said[number]), message)
                seats[number].post(numbered)
                said[number].append(numbered)
    for number, messages in enumerate(heard):
        assert len(messages) == sum(map(len, said)) - len(said[number])
        for theirs in (of for other, of in enumerate(said) if other != number):
            assert [message for message in messages if message in theirs] == theirs


def test_processes_that_were_forked_hear_each_other() -> None:
    with closing(Board(2)) as common:
        pid = os.fork()
        if pid == 0:
            common.seat(1).post(b"from another process")
            os._exit(0)
        os.waitpid(pid, 0)
        assert [*common.seat(0).news()] == [b"from another process"]


def test_a_message_that_is_not_whole_yet_is_waited_for(seats: list[Board]) -> None:
    seats[0].post(b"first")
    seats[0].post(b"second")
    file = seats[0]._files[0]
    whole = os.pread(file.fileno(), 100, 0)
    os.ftruncate(file.fileno(), len(whole) - 3)
    assert [*seats[1].news()] == [b"first"]
    os.pwrite(file.fileno(), whole, 0)
    assert [*seats[1].news()] == [b"second"]


def test_who_has_said_enough_is_not_heard_any_more(
    seats: list[Board], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "ROOM", 30)
    for message in (b"a" * 10, b"b" * 10, b"c"):
        seats[0].post(message)
    assert [*seats[1].news()] == [b"a" * 10, b"b" * 10]


@pytest.mark.parametrize("written", [None, 3], ids=["nothing is written", "a part is written"])
def test_on_a_full_disk_nothing_more_is_said(
    seats: list[Board], monkeypatch: pytest.MonkeyPatch, written: int | None
) -> None:
    seats[0].post(b"before")
    pwrite = os.pwrite

    def full(descriptor: int, data: bytes, offset: int) -> int:
        if written is None:
            raise OSError(28, "No space left on device")
        return pwrite(descriptor, data[:written], offset)

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        seats[0].post(b"lost")
    seats[0].post(b"after")
    assert [*seats[1].news()] == [b"before"]
