"""The only place where student code runs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the warm process imports this package, and needs none of these
    from grader.models.execution import Call, Program, Run
    from grader.sandbox.metering import Account, Further


class Sandbox(Hashable, Protocol):
    """Anything that can run a program's functions without being harmed by them."""

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        further: Further | None = None,
    ) -> Sequence[Run]:
        """Return one `Run` for each of `calls`, in order, and for each of those that are made `further`.

        Whatever the program does (raise, loop, crash, print, exit) is a `Run`, never an exception.
        Each call has fresh copies of its arguments and a fresh namespace. What they take is charged to the
        account; calls that it has nothing left for are not made, and their runs say so.

        Raises:
            SandboxError: the sandbox itself broke down; nothing can be said of the program.
        """
