"""Limits what one process may consume."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MIB = 1 << 20
_STATM_SIZE, _STATM_DATA = 0, 5  # columns of /proc/self/statm, in pages; see proc(5)


@dataclass(frozen=True)
class Limits:
    """What a process may consume; sizes are in bytes."""

    memory: int = 1024 * _MIB  # beyond the footprint of the process it was forked from
    cpu: int = 10  # seconds
    stack: int = 8 * _MIB
    file: int = _MIB
    open_files: int = 64


@dataclass(frozen=True)
class Footprint:
    """The memory that a process has mapped, in bytes."""

    address_space: int
    data: int


def footprint() -> Footprint:
    """Measure this process. Raises `OSError` where there is no /proc."""
    pages = [int(column) for column in Path("/proc/self/statm").read_text().split()]
    page = resource.getpagesize()
    return Footprint(pages[_STATM_SIZE] * page, pages[_STATM_DATA] * page)


def apply(limits: Limits, base: Footprint) -> None:
    """Limit this process and whatever it starts, for good.

    The soft limit is the hard limit: nothing is left to raise, and spent CPU time kills where a
    soft limit only sends a signal, which the first process of a pid namespace ignores.
    Raises `OSError` when a limit is refused.
    """
    for name, ceiling in ceilings(limits, base).items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:  # what a system does not have needs no limit
            _lower(kind, ceiling)


def ceilings(limits: Limits, base: Footprint) -> Mapping[str, int]:
    """Return resource -> ceiling; resources are named as setrlimit(2) does, without RLIMIT_."""
    return {
        "AS": base.address_space + limits.memory,
        "DATA": base.data + limits.memory,
        "CPU": limits.cpu,
        "STACK": limits.stack,
        "FSIZE": limits.file,
        "NOFILE": limits.open_files,
        "NPROC": 0,  # counts what a fork would add, so the process itself goes on
        "CORE": 0,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "SIGPENDING": 0,  # all processes of a user have one count; a signal that has a number waits without
        "NICE": 0,
        "RTPRIO": 0,
    }


def _lower(kind: int, ceiling: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        ceiling = min(ceiling, hard)
    try:
        resource.setrlimit(kind, (ceiling, ceiling))
    except ValueError as refusal:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM)) from refusal
