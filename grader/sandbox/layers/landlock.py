"""Confine a process by landlock to reading below given paths."""

from __future__ import annotations

import contextlib
import os
import stat
import struct
from collections.abc import Iterable

from .syscalls import number, syscall

# linux/landlock.h
_ASK_FOR_VERSION = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIRECTORY = 1 << 2, 1 << 3
_FILE_RIGHTS_SINCE = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_NETWORK_RIGHTS_SINCE = {4: 0b11}  # bind and connect a TCP socket
_SCOPES_SINCE = {6: 0b11}  # abstract sockets and signals to processes outside


def abi() -> int:
    """Return the version of landlock that this kernel supports, at least 1.

    Raises:
        OSError: ENOSYS if the kernel has none, EOPNOTSUPP if it is disabled.
    """
    return syscall(number("landlock_create_ruleset"), None, 0, _ASK_FOR_VERSION)


def ruleset(paths: Iterable[str]) -> int:
    """Create a ruleset that denies all that this kernel can deny, except reading at and below `paths`.

    Paths that do not exist are skipped. The descriptor is closed on exec.

    Raises:
        OSError: as `abi`.
    """
    denied = _denied(abi())
    descriptor = syscall(number("landlock_create_ruleset"), denied, len(denied), 0)
    try:
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                _allow_reading(descriptor, path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def restrict_self(ruleset: int) -> None:
    """Apply a ruleset to this process and its future children, irrevocably.

    Requires `namespaces.forbid_new_privileges`.

    Raises:
        OSError: the kernel refuses.
    """
    syscall(number("landlock_restrict_self"), ruleset, 0)


def _denied(abi: int) -> bytes:
    # struct landlock_ruleset_attr; an older kernel accepts a longer one whose tail is zero
    known = (_FILE_RIGHTS_SINCE, _NETWORK_RIGHTS_SINCE, _SCOPES_SINCE)
    return struct.pack("=QQQ", *(_up_to(abi, since) for since in known))


def _up_to(abi: int, since: dict[int, int]) -> int:
    return sum(rights for version, rights in since.items() if version <= abi)


def _allow_reading(ruleset: int, path: str) -> None:
    beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        is_directory = stat.S_ISDIR(os.fstat(beneath).st_mode)
        rights = _READ_FILE | _READ_DIRECTORY if is_directory else _READ_FILE
        rule = struct.pack("=Qi", rights, beneath)
        syscall(number("landlock_add_rule"), ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(beneath)
