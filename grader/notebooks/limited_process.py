"""Our own work on a student's text in a process with limits: a parser may be slow on it, or greedy."""

from __future__ import annotations

import contextlib
import importlib
import math
import subprocess
import sys
from pathlib import Path

from grader.errors import UnreadableError
from grader.models.budget import BUDGET, Budget

PATIENCE = 6
"""Times the seconds of the processor that it may take on a busy machine."""

CODE = (
    "import sys; sys.path[:] = {path!r}; "
    "from grader.notebooks.limited_process import work; work(*{arguments!r})"
)


def limited(place: str, data: bytes, budget: Budget = BUDGET) -> bytes:
    """What a function makes of bytes, called in a process of its own.

    Args:
        place: the module and the name of the function, as `module:name`.
        data: what it is given.
        budget: which has the seconds of a processor and the memory that it may take.

    Raises:
        UnreadableError: it took more.
    """
    seconds, memory = budget.work_seconds, budget.work_memory
    code = CODE.format(path=sys.path, arguments=(place, math.ceil(seconds), memory))
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-s", "-P", "-B", "-c", code],
            input=data, capture_output=True, check=False, cwd="/", timeout=PATIENCE * seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode != 0:
        raise UnreadableError(
            f"it takes more than {seconds:g} s or {memory >> 20} MB to read, which is a submission's budget."
            " Leave out what nobody would write by hand, and send it again."
        )
    return done.stdout


def work(place: str, seconds: int, memory: int) -> None:
    """Do the work, in that process."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # a system without limits has the clock
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (2 * memory, 2 * memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, _, name = place.partition(":")
    made = getattr(importlib.import_module(module), name)(sys.stdin.buffer.read())
    if _most_memory() > memory:  # a parser that was refused more goes on, and says that a cell is broken
        sys.exit(1)
    sys.stdout.buffer.write(made)


def _most_memory() -> int:
    """The bytes that this program has had in memory at most; 0 where nobody counts them.

    What `getrusage` says has what the process had before it became this program.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(peak.split()[1]) << 10
