"""A sandbox for the proof of an import, which does not run again what took long."""

from __future__ import annotations

import time
from collections.abc import Sequence

from grader.models import serialization
from grader.models.execution import Call, Program, Run, Status
from grader.sandbox import Sandbox
from grader.sandbox.fork_server import IMPORTING, encode_call
from grader.sandbox.metering import Account, unlimited
from grader.sandbox.rounds import Round

LONG = 0.2
"""Seconds from which on what leads to a variable is run once; `grader validate` runs it again."""

Key = tuple[tuple[str, ...], tuple[object, ...], bytes]
"""The sources of a program and of a driver, what is lent, and a call."""


class Remembering:
    """A sandbox that does not make a call again which took long: it gives the same run.

    Of what is only read, equal calls are made once. `took` has the seconds of the longest call of each
    function, or a third of what its definition took where it was run by itself: definitions have three times
    the limit of a call. `late` are those that did not end in time.

    Args:
        sandbox: where programs run.
        only_read: the variables of which no test does more than read them.
    """

    def __init__(self, sandbox: Sandbox, only_read: frozenset[str] = frozenset()) -> None:
        self._sandbox = sandbox
        self._only_read = only_read
        self._known: dict[Key, tuple[Run, float]] = {}
        self.took: dict[str, float] = {}
        self.late: set[str] = set()

    def anew(self, only_read: frozenset[str]) -> Remembering:
        """Return a sandbox for another round, which knows the same runs.

        Args:
            only_read: the variables of which no test does more than read them.

        Returns:
            the sandbox.
        """
        other = Remembering(self._sandbox, only_read)
        other._known = self._known
        return other

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        then: Sequence[Round] = (),
    ) -> Sequence[Run]:
        """Return one `Run` for each call; see `grader.sandbox.Sandbox`."""
        made = [*calls]
        if then or len({call.function for call in calls}) != 1:
            rounds = [_noting(following, made) for following in then]
            runs, defining = self._sandbox.run(program, calls, account, rounds), 0.0
        else:
            runs, defining = self._known_or_run(program, calls, account or unlimited())
        for call, run in zip(made, runs, strict=True):
            took = max(run.seconds, defining / IMPORTING)
            self.took[call.function] = max(took, self.took.get(call.function, 0.0))
            self.late |= {call.function} if run.status is Status.TIMED_OUT else set()
        return runs

    def _known_or_run(
        self, program: Program, calls: Sequence[Call], account: Account
    ) -> tuple[Sequence[Run], float]:
        """Return the runs of calls of one function, and the seconds that the definition took."""
        keys = _keys(program, calls)
        if self._known.keys() >= {*keys}:
            return [self._known[key][0] for key in keys], max(self._known[key][1] for key in keys)
        began, before = time.perf_counter(), account.seconds[""]
        alike = calls[0].function in self._only_read
        runs = (self._alike if alike else self._sandbox.run)(program, calls, account)
        defining = account.seconds[""] - before
        if time.perf_counter() - began > LONG:
            known = zip(keys, runs, strict=True)
            self._known |= {key: (run, defining) for key, run in known if run.lasting}
        return runs, defining

    def _alike(self, program: Program, calls: Sequence[Call], account: Account) -> Sequence[Run]:
        """Make each of some calls once that differ in their arguments."""
        first: dict[bytes, Call] = {}
        given = [serialization.encode(call.args) for call in calls]
        for args, call in zip(given, calls, strict=True):
            first.setdefault(args, call)
        runs = dict(zip(first, self._sandbox.run(program, [*first.values()], account), strict=True))
        return [runs[args] for args in given]


def _noting(following: Round, made: list[Call]) -> Round:
    """Return a round whose calls are noted once it begins."""

    def calls(runs: Sequence[Run]) -> Sequence[Call]:
        made.extend(asked := following.calls(runs))
        return asked

    return Round(following.program, calls)


def _keys(program: Program, calls: Sequence[Call]) -> list[Key]:
    """Return by what the runs of calls of one function are known; data files and modules stay the same."""
    driver, lent = program.drivers.get(calls[0].function), program.stand_ins
    driving = driver.statements if driver else ()
    sources = tuple(statement.source for statement in (*program.statements, *driving))
    given = (lent.statements, *lent.names.items()) if lent else ()
    return [(sources, given, encode_call(call)) for call in calls]
