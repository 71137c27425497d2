"""The limits of one submission: time, memory and other resources that submissions share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

CALLS, CALLS_OF_A_FUNCTION = 20, 5
"""Calls per submission, and per graded function, that may each use their whole time limit."""

SAFETY = 10
"""A submission may take this many times as long as the reference, if that is longer."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one submission. An ordinary notebook needs less than a hundredth of each.

    Attributes:
        seconds: run time of its code, all calls of all attempts together.
        answers: bytes that its calls may return together.
        file: bytes of its file, or of one in a zip.
        code: characters of its code.
        cells: number of cells.
        members: number of files in a student's zip.
        unpacked: bytes of a student's zip when unpacked.
        directory: bytes of the directory of a zip.
        metadata: bytes of a learning system's metadata file.
        shown: characters of one text or output on its page.
        work_seconds: CPU seconds to process its text: to parse code, to render Markdown.
        work_memory: bytes of memory for that.
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

    def for_calls(self, timeout: float, limits: Iterable[float], reference: float = 0.0) -> Budget:
        """Return a copy with the run time that suits an assignment.

        Args:
            timeout: seconds that a call usually may take.
            limits: seconds that a call of each graded function may take.
            reference: seconds that the reference took for all calls.

        Returns:
            the budget.
        """
        seconds = max(CALLS * timeout, CALLS_OF_A_FUNCTION * sum(limits), SAFETY * reference)
        return replace(self, seconds=seconds)


BUDGET = Budget()
"""The default limits."""
