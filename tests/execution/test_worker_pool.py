"""Tasks of a pool are answered in order, few at a time, and a process that is killed ends the waiting."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.execution import worker_pool
from grader.execution.worker_pool import News, Worker
from grader.sandbox.launcher import FORKED

CONTEXT = multiprocessing.get_context("fork" if FORKED else "spawn")
LARGE = 1 << 20
"""Bytes of an answer that no pipe holds at once."""


def answering(
    start: Callable[[int], Any], tasks: Sequence[Any], count: int = 2, ahead: int = 4
) -> Generator[Any, None, None]:
    """The answers of processes that have nothing to tell each other."""
    return worker_pool.answers(CONTEXT, count, lambda number: Worker(start(number)), tasks, ahead)


def answers(tasks: Sequence[Any], start: Callable[[int], Any], count: int = 2, ahead: int = 4) -> list[Any]:
    return [*answering(start, tasks, count, ahead)]


def squaring(_: int) -> Callable[[int], int]:
    return lambda number: number * number


@pytest.fixture(autouse=True)
def _nobody_is_left() -> Iterator[None]:
    before = {*multiprocessing.active_children()}
    yield
    assert {*multiprocessing.active_children()} <= before


@given(st.lists(st.integers(), max_size=20), st.integers(1, 3), st.integers(1, 5))
@settings(max_examples=10)
def test_each_task_is_answered_in_its_place(tasks: list[int], count: int, ahead: int) -> None:
    assert answers(tasks, squaring, count, ahead) == [task * task for task in tasks]


def slow_at_first(_: int) -> Callable[[int], int]:
    def do(number: int) -> int:
        time.sleep(0.3 if number == 0 else 0)
        return number

    return do


def test_an_answer_that_is_there_early_waits_for_its_turn() -> None:
    assert answers(range(20), slow_at_first) == [*range(20)]


def noting(folder: Path, number: int) -> Callable[[int], int]:
    def do(task: int) -> int:
        (folder / f"{task} by {number}").touch()
        return slow_at_first(number)(task)

    return do


def test_few_answers_wait_for_a_slow_one_however_many_tasks_there_are(tmp_path: Path) -> None:
    with closing(answering(functools.partial(noting, tmp_path), range(100))) as given_out:
        assert next(given_out) == 0
        time.sleep(0.1)
        assert len([*tmp_path.iterdir()]) <= 4


def test_the_processes_are_there_before_the_first_answer_is_asked_for() -> None:
    before = {*multiprocessing.active_children()}
    with closing(answering(squaring, range(3))):
        assert len({*multiprocessing.active_children()} - before) == 2


def test_every_process_has_a_number_of_its_own_and_takes_part(tmp_path: Path) -> None:
    answers(range(30), functools.partial(noting, tmp_path), count=3, ahead=6)
    assert {path.name.split()[-1] for path in tmp_path.iterdir()} == {"0", "1", "2"}


def killing_itself(_: int) -> Callable[[int], bytes]:
    def do(number: int) -> bytes:
        if number == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return bytes(number)

    return do


def half_an_answer(_: int) -> Callable[[int], bytes]:
    """Answers the sixth task with the beginning of a message, as one does that is killed while it sends."""

    def do(number: int) -> bytes:
        if number == 5:
            for descriptor in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208
                with contextlib.suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as answering:
                    answering.send(LARGE.to_bytes(4, "big") + bytes(100))
            os.kill(os.getpid(), signal.SIGKILL)
        return bytes(number)

    return do


def failing_to_start(number: int) -> Callable[[int], int]:
    os._exit(number)


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(killing_itself, id="while it works"),
        pytest.param(half_an_answer, id="while it answers"),
        pytest.param(failing_to_start, id="before it works"),
    ],
)
def test_a_process_that_was_killed_ends_the_waiting(start: Callable[[int], Any]) -> None:
    answered = answering(start, range(100))
    with closing(answered), pytest.raises(UsageError, match=r"was killed.*\n  Run the same command again"):
        for _ in answered:
            pass


def test_what_came_before_a_process_was_killed_is_answered() -> None:
    answered = answering(killing_itself, range(100), 1)
    with closing(answered):
        assert [next(answered) for _ in range(5)] == [bytes(number) for number in range(5)]
        with pytest.raises(UsageError):
            next(answered)


class TroubleError(Exception):
    """Has to be made of two things, so that it cannot be sent."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


def raising(error: Exception) -> Callable[[int], Callable[[int], int]]:
    def start(_: int) -> Callable[[int], int]:
        def do(number: int) -> int:
            if number == 3:
                raise error
            return number

        return do

    return start


@pytest.mark.parametrize(
    ("error", "expected", "says"),
    [
        pytest.param(ZeroDivisionError("by zero"), ZeroDivisionError, "by zero", id="any"),
        pytest.param(UsageError("no room"), UsageError, "no room", id="one of ours"),
        pytest.param(OSError(28, "full", "/x"), OSError, "full", id="one that the end of a pipe could raise"),
        pytest.param(
            TroubleError("a", "b"), RuntimeError, "TroubleError: a and b", id="one that cannot be sent"
        ),
    ],
)
def test_what_a_task_raises_arrives_as_that_with_its_traceback(
    error: Exception, expected: type[Exception], says: str
) -> None:
    with pytest.raises(expected, match=says) as raised:
        answers(range(9), raising(error))
    assert "in do" in raised.value.__notes__[0]


def test_what_is_raised_before_a_process_works_arrives_as_that() -> None:
    def failing(_: int) -> Callable[[int], int]:
        raise ValueError("no such board")

    with pytest.raises(ValueError, match="no such board"):
        answers(range(9), failing)


def sending_much(_: int) -> Callable[[int], bytes]:
    return lambda number: bytes([number]) * LARGE


def test_an_answer_may_be_larger_than_a_pipe() -> None:
    assert answers(range(9), sending_much) == [sending_much(0)(number) for number in range(9)]


def never_ending(_: int) -> Callable[[int], int]:
    def do(number: int) -> int:
        if number > 1:
            time.sleep(3600)
        return number

    return do


def test_who_stops_listening_ends_the_processes_whatever_they_do() -> None:
    answered = answering(never_ending, range(100))
    assert [next(answered), next(answered)] == [0, 1]
    answered.close()


def gossiping(number: int) -> Worker[int, list[tuple[int, int]]]:
    """Answers what it has heard, and tells who it is and which task it did."""
    told: News = []
    heard: News = []

    def do(task: int) -> list[tuple[int, int]]:
        told.append((number, task))
        time.sleep(0.01)
        return [*heard]

    def tell() -> News:
        news = [*told]
        told.clear()
        return news

    return Worker(do, tell, heard.extend)


def test_each_process_hears_once_what_the_others_tell_and_never_itself() -> None:
    heard = [*worker_pool.answers(CONTEXT, 2, gossiping, range(40), 8)]
    by = {teller for news in heard for teller, _ in news}
    assert by == {0, 1}
    for news in heard:
        assert len({*news}) == len(news)
        assert len({teller for teller, _ in news}) <= 1
    last = max(heard[-4:], key=len)
    assert len(last) > 5, "news come while there are tasks, not at the end"
