"""Counts the cores that may be used, and pins each worker to a core of its own where possible."""

from __future__ import annotations

import math
import os
import socket
from collections.abc import Iterator
from pathlib import Path

FILES = ("cpu.max", "cpu.cfs_quota_us", "cpu.cfs_period_us")
"""Where a control group says its limit: microseconds, and of how many, in version 2 and in version 1."""

CLAIM = "\0grader on core "
"""The name of the socket of who is on a core; with a zero byte first it is in no folder."""

GROUPS = Path("/proc/self/cgroup")
MOUNTED = Path("/sys/fs/cgroup")


def usable() -> int:
    """Return the number of cores that this process may use: its affinity, or less by a quota."""
    return max(1, math.ceil(min(len(allowed()), quota())))


def allowed() -> list[int]:
    """Return the cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return [*range(os.cpu_count() or 1)]


def quota(groups: Path = GROUPS, mounted: Path = MOUNTED) -> float:
    """Return the number of cores that the control groups of this process allow.

    Args:
        groups: the file that names the control groups.
        mounted: where they are mounted. A container may see its own group there, under no name.

    Returns:
        seconds of processor time for each second; infinity without a limit.
    """
    try:
        named = groups.read_text().splitlines()
    except OSError:  # there are none on other systems
        return math.inf
    return min((limit for line in named for limit in _limits(line, mounted)), default=math.inf)


def _limits(line: str, mounted: Path) -> Iterator[float]:
    """Yield the limits of a control group and of its parents; `line` has its number, controllers and path."""
    _, controllers, path = line.split(":", 2)
    if controllers and "cpu" not in controllers.split(","):
        return
    root = mounted / controllers
    place = root / path.lstrip("/")
    for folder in (place, *place.parents):
        if not folder.is_relative_to(root):
            return
        yield from _limit(folder)


def _limit(folder: Path) -> Iterator[float]:
    """Return the limit of one control group, if it has one."""
    numbers = " ".join(_text(folder / name) for name in FILES).split()
    if len(numbers) == 2 and numbers[0].isdecimal() and int(numbers[1]) > 0:  # else "max" or -1: none
        yield int(numbers[0]) / int(numbers[1])


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def stay_on_one(number: int) -> None:
    """Let this process stay on a core that no other grader's is on, if there is one.

    A worker and its children take turns, so on one core none has to be woken on another. Which core is taken
    says a socket of its name, which is there as long as the process. Under a quota cores are shared with
    others who cannot be seen, and it is left to the kernel where a process runs.

    Args:
        number: of the worker, from 0; each begins to look at another core.
    """
    cores = allowed()
    if not hasattr(os, "sched_setaffinity") or quota() < len(cores):
        return
    first = number % len(cores)
    if (core := next(filter(_taken, cores[first:] + cores[:first]), None)) is not None:
        os.sched_setaffinity(0, {core})


def _taken(core: int) -> bool:
    """Claim a core for this process; return whether it was free."""
    claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        claim.bind(f"{CLAIM}{core}")
    except OSError:
        claim.close()
        return False
    claim.detach()  # open until the process ends
    return True
