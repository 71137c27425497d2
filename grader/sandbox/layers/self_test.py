"""Test, after the layers were applied, that each refuses what it has to.

A probe returns if its layer holds and raises if not. It is harmless to student code, but may leave its
process unusable: see `tested`.
"""

from __future__ import annotations

import errno
import os
import resource
import socket
from collections.abc import Callable
from pathlib import Path


class BrokenLayerError(Exception):
    """Something succeeded that an isolation layer has to refuse."""


def tested(probe: Callable[[], object]) -> bool:
    """Return whether `probe` returns in a forked process, which then exits.

    What `probe` does to its process, such as applying layers, is limited to that process.
    """
    return _status(probe) == 0


def survived(step: Callable[[], object]) -> bool:
    """Return whether `step` runs in a forked process without being killed by a signal; it may raise."""
    return not os.WIFSIGNALED(_status(step))


def seccomp() -> None:
    """Check that sockets and forks are refused in the way of the filter.

    A fork that exceeds a resource limit is refused in another way, which proves nothing.

    Raises:
        BrokenLayerError: they are not.
    """
    _must_fail(errno.EPERM, "a socket was opened", lambda: socket.socket().close())
    _must_fail(errno.EPERM, "a process was started", _fork)


def landlock(path: str) -> None:
    """Check that opening `path` is refused although its permissions allow it.

    `path` is an existing file or directory outside the readable ones. Landlock does not cover access(2),
    which therefore shows what would be possible without it.

    Raises:
        BrokenLayerError: it is not refused, or its permissions do not allow it.
    """
    if not os.access(path, os.R_OK):
        raise BrokenLayerError(f"{path} is not readable anyway, so it proves nothing")
    _must_fail(errno.EACCES, f"{path} was opened", lambda: os.close(os.open(path, os.O_RDONLY)))


def mounts(path: str) -> None:
    """Check that `path`, which exists outside, does not exist here.

    Raises:
        BrokenLayerError: it does.
    """
    _must_fail(errno.ENOENT, f"{path} is still there", Path(path).stat)


def rlimits() -> None:
    """Check that memory has a final limit that stops an allocation.

    Raises:
        BrokenLayerError: it has none.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or soft != hard:
        raise BrokenLayerError("memory has no final limit")
    try:
        bytes(hard)  # exceeds the limit together with mapped memory; cheap, as it is never touched
    except MemoryError:
        return
    raise BrokenLayerError("more memory was allocated than the limit allows")


def _status(probe: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        _end_after(probe)
    return os.waitpid(child, 0)[1]


def _end_after(probe: Callable[[], object]) -> None:
    status = 1
    try:
        probe()
        status = 0
    finally:
        os._exit(status)  # in any case: a copy of the caller must not go on


def _must_fail(reason: int, otherwise: str, attempt: Callable[[], object]) -> None:
    try:
        attempt()
    except OSError as refusal:
        if refusal.errno == reason:
            return
        raise BrokenLayerError(f"refused for another reason: {refusal.strerror}") from refusal
    raise BrokenLayerError(otherwise)


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
