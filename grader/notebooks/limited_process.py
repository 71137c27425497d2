"""Run our own work on a student's text in a process with limits: a parser may be slow or use much memory."""

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
"""The wall-clock limit, as a multiple of the CPU limit: a busy machine is slower."""

CODE = (
    "import sys; sys.path[:] = {path!r}; "
    "from grader.notebooks.limited_process import work; work(*{arguments!r})"
)


def limited(place: str, data: bytes, budget: Budget = BUDGET) -> bytes:
    """Call a function on bytes in a process of its own.

    Args:
        place: the module and the name of the function, as `module:name`.
        data: its argument.
        budget: the limits, with CPU seconds and bytes of memory.

    Returns:
        its result.

    Raises:
        UnreadableError: it exceeded a limit.
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
    """Call the function in the limited process; read standard input, write standard output.

    Args:
        place: the module and the name of the function, as `module:name`.
        seconds: the limit of CPU time.
        memory: the limit of memory in bytes.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):  # without rlimits, the wall clock remains
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (2 * memory, 2 * memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, _, name = place.partition(":")
    made = getattr(importlib.import_module(module), name)(sys.stdin.buffer.read())
    if _most_memory() > memory:  # a parser that runs out of memory may go on with a wrong result
        sys.exit(1)
    sys.stdout.buffer.write(made)


def _most_memory() -> int:
    """Return the peak memory of this program in bytes; 0 where the system does not report it.

    `getrusage` would include the peak from before this program was executed.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(peak.split()[1]) << 10
