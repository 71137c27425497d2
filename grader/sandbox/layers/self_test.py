"""Tries, once the layers are on, what each of them must refuse.

A probe returns when its layer holds and raises when it does not. Student code comes to no harm by
a probe, but the process that ran one may be of no further use: see `tested`.
"""

from __future__ import annotations

import errno
import os
import resource
import socket
from collections.abc import Callable
from pathlib import Path


class BrokenLayerError(Exception):
    """Something happened that an isolation layer had to refuse."""


def tested(probe: Callable[[], object]) -> bool:
    """Return whether `probe` returns, tried in a forked child that ends with it.

    What `probe` does to its process (entering the layers, to begin with) stays in that child.
    """
    return _status(probe) == 0


def survived(step: Callable[[], object]) -> bool:
    """Return whether no signal kills a forked child for `step`, though it may raise."""
    return not os.WIFSIGNALED(_status(step))


def seccomp() -> None:
    """Raise `BrokenLayerError` unless sockets and forks are refused as the filter refuses them.

    A fork that exceeds a resource limit is refused with another reason, which proves nothing.
    """
    _must_fail(errno.EPERM, "a socket was opened", lambda: socket.socket().close())
    _must_fail(errno.EPERM, "a process was started", _fork)


def landlock(path: str) -> None:
    """Raise `BrokenLayerError` unless opening `path` is refused although its permissions allow it.

    `path` is an existing file or directory outside those that may be read. Landlock does not rule
    access(2), which therefore tells what would happen without it.
    """
    if not os.access(path, os.R_OK):
        raise BrokenLayerError(f"{path} is not readable anyway, so it proves nothing")
    _must_fail(errno.EACCES, f"{path} was opened", lambda: os.close(os.open(path, os.O_RDONLY)))


def mounts(path: str) -> None:
    """Raise `BrokenLayerError` unless `path`, which exists outside, does not exist here."""
    _must_fail(errno.ENOENT, f"{path} is still there", Path(path).stat)


def rlimits() -> None:
    """Raise `BrokenLayerError` unless memory has a limit that is final and that stops an allocation."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or soft != hard:
        raise BrokenLayerError("memory has no final limit")
    try:
        bytes(hard)  # with what is mapped already, more than the limit; never touched, so cheap
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
        os._exit(status)  # whatever happened: a copy of the caller must not go on


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
