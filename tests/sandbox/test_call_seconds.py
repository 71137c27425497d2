"""A call has the seconds of its exercise; imports and definitions have an allowance of their own."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from grader.models.budget import Budget
from grader.models.execution import Call, Program, Statement, Status
from grader.sandbox.fork_server import IMPORTING, ForkServer
from grader.sandbox.metering import Account

USUAL = 0.5
"""The seconds of a call without a limit of its own."""

PROGRAM = Program(
    (
        Statement(1, 1, "import time"),
        Statement(2, 1, "def slow(seconds):\n    time.sleep(seconds)\n    return seconds"),
    )
)


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer(USUAL, required="weak") as started:
        yield started


def test_a_call_with_a_limit_of_its_own_may_take_longer(server: ForkServer) -> None:
    runs = server.run(PROGRAM, [Call("slow", (0.8,)), Call("slow", (0.8,), seconds=5.0)])
    assert [run.status for run in runs] == [Status.TIMED_OUT, Status.TIMED_OUT]  # the function was given up
    [run] = server.run(PROGRAM, [Call("slow", (0.8,), seconds=5.0)])
    assert run.status is Status.RETURNED


def test_a_call_may_have_less_than_usual(server: ForkServer) -> None:
    [run] = server.run(PROGRAM, [Call("slow", (0.4,), seconds=0.1)])
    assert run.status is Status.TIMED_OUT
    assert run.failure is not None
    assert run.failure.text == "no answer within 0.1 seconds"


@pytest.mark.parametrize("public", [True, False], ids=["public", "hidden"])
def test_slow_calls_of_one_batch_are_made_once(server: ForkServer, public: bool) -> None:
    start = time.monotonic()
    calls = [Call("slow", (0.6,), seconds=10.0, public=public) for _ in range(3)]
    assert [run.status for run in server.run(PROGRAM, calls)] == [Status.RETURNED] * 3
    assert time.monotonic() - start < 2 * 3 * 0.6  # a batch that was given up takes as long again


def test_definitions_do_not_count_in_the_seconds_of_a_call(server: ForkServer) -> None:
    defined = Statement(1, 2, "time.sleep(0.7)")  # longer than a call may take, in front of each
    program = Program((PROGRAM.statements[0], defined, PROGRAM.statements[1]))
    runs = server.run(program, [Call("slow", (0.01,)) for _ in range(2)])
    assert [run.status for run in runs] == [Status.RETURNED] * 2
    assert all(run.seconds < USUAL for run in runs)


def test_the_time_of_definitions_is_not_a_calls(server: ForkServer) -> None:
    program = Program((PROGRAM.statements[0], Statement(1, 2, "time.sleep(0.7)"), PROGRAM.statements[1]))
    [run] = server.run(program, [Call("slow", (0.6,))])
    assert run.status is Status.TIMED_OUT


def test_time_that_only_the_first_definition_takes_is_no_call_time(server: ForkServer) -> None:
    once = "import sys\nif not hasattr(sys, 'done'):\n    sys.done = time.sleep(0.7)"
    program = Program((PROGRAM.statements[0], Statement(1, 2, once), PROGRAM.statements[1]))
    [run] = server.run(program, [Call("slow", (0.8,))])
    assert run.status is Status.TIMED_OUT


def test_definitions_that_never_end_are_ended(server: ForkServer) -> None:
    start = time.monotonic()
    [run] = server.run(Program((Statement(1, 1, "while True:\n    pass"),)), [Call("f", ())])
    assert run.status is Status.TIMED_OUT
    assert time.monotonic() - start < 30 * USUAL


ENDLESS = Program((Statement(1, 1, "while True:\n    pass"),))


def test_definitions_have_the_time_that_a_slow_call_has(server: ForkServer) -> None:
    slow = Statement(1, 2, f"time.sleep({IMPORTING * USUAL + 0.3})")
    program = Program((PROGRAM.statements[0], slow, PROGRAM.statements[1]))
    runs = server.run(program, [Call("slow", (0.0,), seconds=10.0)])
    assert [run.status for run in runs] == [Status.RETURNED]


def test_definitions_that_never_end_have_no_more_than_the_slowest_call(server: ForkServer) -> None:
    start = time.monotonic()
    [run] = server.run(ENDLESS, [Call("f", (), seconds=2 * USUAL)])
    assert run.status is Status.TIMED_OUT
    assert time.monotonic() - start < 2 * IMPORTING * 2 * USUAL


def test_an_account_bounds_what_definitions_have_beyond_the_usual_time(server: ForkServer) -> None:
    account = Account(Budget(seconds=2 * IMPORTING * USUAL))
    start = time.monotonic()
    calls = [Call("f", (), seconds=100.0), Call("g", (), seconds=100.0)]
    assert {run.status for run in server.run(ENDLESS, calls, account)} == {Status.TIMED_OUT}
    assert time.monotonic() - start < 4 * IMPORTING * USUAL
    assert account.used_up()
