"""The only package that runs student code."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the warm process imports this package without these
    from grader.models.execution import Call, Program, Run
    from grader.sandbox.metering import Account
    from grader.sandbox.rounds import Ahead, Further


class Sandbox(Hashable, Protocol):
    """Runs functions of untrusted programs without being harmed by them."""

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        further: Further | None = None,
        ahead: Ahead | None = None,
    ) -> Sequence[Run]:
        """Return one `Run` for each call `ahead`, for each of `calls`, and for each of the `further` calls.

        Whatever the program does (raise, loop, crash, print, exit) is a `Run`, never an exception. Each call
        gets fresh copies of its arguments and a fresh namespace.

        Args:
            program: the program that defines the functions.
            calls: the calls of its functions.
            account: the account to charge; calls that exceed its budget are not made, and their runs say so.
            further: returns more calls for the same process, given the runs so far.
            ahead: calls of another program, made in the same process before anything else runs in it.

        Returns:
            the runs.

        Raises:
            SandboxError: the sandbox itself broke down; nothing can be concluded about the program.
        """
