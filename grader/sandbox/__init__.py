"""The only package that runs student code."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the warm process imports this package without these
    from grader.models.execution import Call, Program, Run
    from grader.sandbox.metering import Account
    from grader.sandbox.rounds import Round


class Sandbox(Hashable, Protocol):
    """Runs functions of untrusted programs without being harmed by them."""

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        then: Sequence[Round] = (),
    ) -> Sequence[Run]:
        """Return one `Run` for each of `calls`, and for each call of the rounds that follow.

        Whatever the program does (raise, loop, crash, print, exit) is a `Run`, never an exception. Each call
        gets fresh copies of its arguments and a fresh namespace.

        Args:
            program: the program that defines the functions.
            calls: the calls of its functions.
            account: the account to charge; calls that exceed its budget are not made, and their runs say so.
            then: more calls for the same process, of this program or of others.

        Returns:
            the runs.

        Raises:
            SandboxError: the sandbox itself broke down; nothing can be concluded about the program.
        """
