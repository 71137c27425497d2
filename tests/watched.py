"""A sandbox that notes what it is asked to run."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from grader.models.execution import Call, Program, Run
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.metering import Account
from grader.sandbox.rounds import Round


class Watched:
    """A sandbox that notes the rounds of each process: a program and the calls that it is asked to make.

    Processes that replace a lost one do not count.
    """

    def __init__(self, sandbox: ForkServer) -> None:
        self.sandbox = sandbox
        self.processes: list[list[tuple[Program, Sequence[Call]]]] = []

    @property
    def asked(self) -> list[str]:
        """The functions that are called in each process, program by program."""
        return [
            ", then ".join(
                " ".join(sorted({call.function for _, calls in rounds for call in calls}))
                for _, rounds in itertools.groupby(process, key=lambda one: id(one[0]))
            )
            for process in self.processes
        ]

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        then: Sequence[Round] = (),
    ) -> Sequence[Run]:
        """Make the calls, and note them; see `grader.sandbox.Sandbox`."""
        process = [(program, calls)]
        self.processes.append(process)

        def noted(following: Round) -> Round:
            def calls(runs: Sequence[Run]) -> Sequence[Call]:
                process.append((following.program, asked := following.calls(runs)))
                return asked

            return Round(following.program, calls)

        return self.sandbox.run(program, calls, account, [noted(following) for following in then])
