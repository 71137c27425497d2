"""What one submission may take: of time, of memory, and of everything else that somebody else waits for."""

from __future__ import annotations

from dataclasses import dataclass, replace

CALLS, CALLS_OF_A_FUNCTION = 20, 5
"""Calls that a submission may have, and more for each graded function, which take all of their time limit."""

SAFETY = 10
"""How many times as long as the reference a submission may take, if that is longer."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one submission. An ordinary notebook takes less than a hundredth of each.

    Attributes:
        seconds: for which its code may run, all calls of all attempts together.
        answers: bytes that its calls may return together.
        file: bytes of its file, or of one in a zip.
        code: characters of its code.
        cells: how many it may have.
        members: files in a student's zip.
        unpacked: bytes that a student's zip may come to.
        directory: bytes of the list of what is in a zip.
        metadata: bytes of a description that a learning system wrote of submissions.
        shown: characters of one text or output that its page shows.
        work_seconds: of a processor for what is done with its text: its code read, its Markdown shown.
        work_memory: bytes that this may take.
    """

    seconds: float = 2.0 * CALLS
    answers: int = 2 << 30
    file: int = 20 << 20
    code: int = 256 << 10
    cells: int = 2_000
    members: int = 2_000
    unpacked: int = 256 << 20
    directory: int = 4 << 20
    metadata: int = 4 << 20
    shown: int = 20_000
    work_seconds: float = 10.0
    work_memory: int = 512 << 20

    def for_calls(self, timeout: float, functions: int, reference: float = 0.0) -> Budget:
        """The same with time for an assignment.

        Args:
            timeout: seconds that each call may take.
            functions: how many are graded.
            reference: seconds that the reference took for everything.
        """
        calls = max(CALLS, CALLS_OF_A_FUNCTION * functions)
        return replace(self, seconds=max(calls * timeout, SAFETY * reference))


BUDGET = Budget()
"""What a submission may take, where nobody says more."""
