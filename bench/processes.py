"""What a command costs, with all the processes that it starts: time, CPU, memory. Needs Linux, and root.

Children of a sandbox live in another pid namespace and lose their parents, so neither `wait` nor a process
group finds them all. A subreaper inherits them: it is told their CPU when they end, and sees them in /proc.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.sandbox.layers.syscalls import prctl

SET_CHILD_SUBREAPER = 36  # linux/prctl.h
PAUSE = 20
"""Looking at memory takes one part in so many of a core."""


class Cost(NamedTuple):
    """Seconds by the clock, seconds of CPU, and the most bytes of memory at a time, shared ones once."""

    seconds: float
    cpu: float
    memory: int


def cost(command: Sequence[str | Path]) -> Cost:
    """Run a command to its end, and that of every process it started. This process may have no other child.

    Raises:
        subprocess.CalledProcessError: its exit status is not 0.
        PermissionError: the memory of its processes may not be read, for want of being root.
    """
    prctl(SET_CHILD_SUBREAPER, 1)
    before = _cpu_of_children()
    start = time.perf_counter()
    with _watched() as seen:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
    return Cost(seconds, _cpu_of_children() - before, max(seen))


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextlib.contextmanager
def _watched() -> Iterator[list[int]]:
    """Sum up the memory of all processes below this one again and again."""
    seen = [0]
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            start = time.thread_time()
            seen.append(sum(map(_memory, _below(os.getpid()))))
            done.wait(PAUSE * (time.thread_time() - start))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _below(pid: int) -> Iterator[int]:
    """The processes that a process started, and that those did."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (thread / "children").read_text().split()):
                yield child
                yield from _below(child)


def _memory(pid: int) -> int:
    """The bytes of a process; of what n processes share, an n-th."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)
    return 0
