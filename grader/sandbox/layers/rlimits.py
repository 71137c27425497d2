"""Limit the resources of a process."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass

_MIB = 1 << 20
_STATM_SIZE, _STATM_DATA = 0, 5  # columns of /proc/self/statm, in pages; see proc(5)


@dataclass(frozen=True)
class Limits:
    """Resource limits of a process; sizes in bytes."""

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


def footprint(proc: int | None = None) -> Footprint:
    """Measure the memory of this process.

    Args:
        proc: a descriptor of /proc, for a process whose mount tree has none.

    Raises:
        OSError: there is no /proc.
    """
    where = "/proc/self/statm" if proc is None else "self/statm"
    with open(os.open(where, os.O_RDONLY, dir_fd=proc)) as file:  # noqa: PTH123  # of a descriptor
        pages = [int(column) for column in file.read().split()]
    page = resource.getpagesize()
    return Footprint(pages[_STATM_SIZE] * page, pages[_STATM_DATA] * page)


def apply(limits: Limits, base: Footprint) -> None:
    """Limit this process and its future children, irrevocably.

    Soft limits equal hard limits: none can be raised, and exceeding the CPU limit kills. A soft limit would
    only send a signal, which pid 1 of a namespace ignores.

    Args:
        limits: the limits.
        base: the memory of the process, to which the memory limit is added.

    Raises:
        OSError: the kernel refuses a limit.
    """
    for name, ceiling in ceilings(limits, base).items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:  # not every system has all resources
            _lower(kind, ceiling)


def ceilings(limits: Limits, base: Footprint) -> Mapping[str, int]:
    """Return the limits by resource, named as in setrlimit(2) without RLIMIT_.

    Args:
        limits: the limits.
        base: the memory of the process, to which the memory limit is added.

    Returns:
        resource -> limit.
    """
    return {
        "AS": base.address_space + limits.memory,
        "DATA": base.data + limits.memory,
        "CPU": limits.cpu,
        "STACK": limits.stack,
        "FSIZE": limits.file,
        "NOFILE": limits.open_files,
        "NPROC": 0,  # counts forks only, so the process itself goes on
        "CORE": 0,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "SIGPENDING": 0,  # counted per user, so a side channel; standard signals need none
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
