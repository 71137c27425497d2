"""The proof of an import runs what takes long once, in however many rounds."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest

from grader.importers import remembering
from grader.importers.remembering import Remembering
from grader.models.execution import Call, Driver, Program, Run, Statement, Status
from grader.models.protocol import reads
from grader.sandbox.fork_server import IMPORTING
from grader.sandbox.metering import Account

PROGRAM = Program((Statement(1, 1, "x = 2"),), drivers={"x": Driver((Statement(1, 1, reads("x")),))})
DEFINING = 3.0


class Slow:
    """A sandbox that notes the calls that it makes, all of which end in the same way."""

    def __init__(self, status: Status = Status.RETURNED) -> None:
        self.status = status
        self.made: list[Call] = []

    def run(
        self, _program: Program, calls: Sequence[Call], account: Account | None = None, *_: Any
    ) -> Sequence[Run]:
        time.sleep(0.01)
        if account is not None:
            account.charge([""], DEFINING)
        self.made += calls
        return [Run(self.status, 2, seconds=0.1) for _ in calls]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "LONG", 0.005)


def test_what_took_long_is_known_in_the_next_round_and_how_long_it_took() -> None:
    slow = Slow()
    first = Remembering(slow)
    second = first.anew(frozenset())
    for one in (first, second):
        assert [run.value for run in one.run(PROGRAM, [Call("x", ())])] == [2]
        assert one.took == {"x": DEFINING / IMPORTING}
    assert len(slow.made) == 1


def test_what_did_not_end_is_run_again() -> None:
    slow = Slow(Status.TIMED_OUT)
    one = Remembering(slow)
    one.run(PROGRAM, [Call("x", ())])
    one.run(PROGRAM, [Call("x", (), seconds=20)])
    assert len(slow.made) == 2
    assert one.late == {"x"}


def test_another_driver_is_run_again() -> None:
    slow = Slow()
    one = Remembering(slow)
    driver = Driver((Statement(1, 1, "def drive(student):\n    return student.x + 1"),))
    one.run(PROGRAM, [Call("x", ())])
    one.run(Program(PROGRAM.statements, drivers={"x": driver}), [Call("x", ())])
    assert len(slow.made) == 2


@pytest.mark.parametrize(("only_read", "made"), [({"x"}, 2), (set(), 3)])
def test_equal_calls_of_what_is_only_read_are_made_once(only_read: set[str], made: int) -> None:
    slow = Slow()
    one = Remembering(slow).anew(frozenset(only_read))
    calls = [Call("x", (1,), seed=1), Call("x", (1,), seed=2, public=False), Call("x", (2,))]
    assert len(one.run(PROGRAM, calls)) == 3
    assert len(slow.made) == made
