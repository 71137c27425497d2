"""Cuts a process off from the rest of the machine, and takes its privileges away.

Each step needs a privilege that a later one removes, so the order is: `isolate`, `mounts.enter`,
`drop_bounding_set`, `become`, `drop_capabilities`, `forbid_new_privileges`. After that come `hide`
and `die_with_parent`, which a change of user would undo.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import struct
from collections.abc import Iterator
from pathlib import Path

from .syscalls import number, prctl, syscall

# linux/sched.h
_NEW_MOUNT, _NEW_UTS, _NEW_IPC = 0x00020000, 0x04000000, 0x08000000
_NEW_USER, _NEW_PID, _NEW_NET = 0x10000000, 0x20000000, 0x40000000
_OWN_WORLD = _NEW_MOUNT | _NEW_UTS | _NEW_IPC | _NEW_PID | _NEW_NET

# What keeps ordinary users from having namespaces, of Debian and of Ubuntu.
_SWITCHES = {"unprivileged_userns_clone": "0", "apparmor_restrict_unprivileged_userns": "1"}

# linux/prctl.h
_SET_PARENT_DEATH_SIGNAL, _SET_DUMPABLE, _DROP_FROM_BOUNDING_SET, _SET_NO_NEW_PRIVILEGES = 1, 4, 24, 38

# linux/capability.h: a version and a pid, then twice (effective, permitted, inheritable)
_CAPABILITY_VERSION_3 = 0x20080522
_MOST_CAPABILITIES = 64


def isolate() -> None:
    """Enter new network, mount, IPC, UTS and pid namespaces, in which nothing of the machine is.

    Root does so directly, an ordinary user by way of a user namespace, in which the user keeps its
    ids. The pid namespace begins with the next fork: that child is its pid 1, and once it has
    ended this process can fork no more.
    Raises `OSError` when the kernel, or the container around it, refuses: then it can fork as before.
    """
    try:
        if os.geteuid() != 0:
            _become_root_of_a_user_namespace()
        _unshare(_OWN_WORLD)
    except OSError as refusal:
        raise OSError(refusal.errno, _reason(refusal)) from None


def _become_root_of_a_user_namespace() -> None:
    uid, gid = os.geteuid(), os.getegid()
    _unshare(_NEW_USER)
    _keep_ids(uid, gid)


def _reason(refusal: OSError) -> str:
    """What a refusal says, and the setting of the machine that it comes from, as far as one can see."""
    said = refusal.strerror or str(refusal)
    if refusal.errno in {errno.ENOSPC, errno.EUSERS}:
        return f"{said}: no namespace is left, see sysctl user.max_user_namespaces and its like"
    if refusal.errno in {errno.EPERM, errno.EACCES} and os.geteuid() != 0:
        return ", ".join([said, *(f"sysctl kernel.{name} is {value}" for name, value in _in_the_way())])
    return said


def _in_the_way() -> Iterator[tuple[str, str]]:
    """The settings of the machine that keep an ordinary user from having namespaces."""
    for name, value in _SWITCHES.items():
        with contextlib.suppress(OSError):
            if Path(f"/proc/sys/kernel/{name}").read_text().strip() == value:
                yield name, value


def become(uid: int) -> None:
    """Turn root into the user and group `uid`, for good. Raises `OSError` unless root."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def drop_bounding_set() -> None:
    """Make sure that no program started from here ever gains a capability.

    Raises `OSError` for a process that has no capabilities to begin with.
    """
    for capability in range(_MOST_CAPABILITIES):
        try:
            prctl(_DROP_FROM_BOUNDING_SET, capability)
        except OSError as refusal:
            if refusal.errno == errno.EINVAL:  # one beyond the last that this kernel knows
                return
            raise


def drop_capabilities() -> None:
    """Give up every capability of this process. Raises `OSError` when refused."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    syscall(number("capset"), header, bytes(2 * struct.calcsize("=III")))


def forbid_new_privileges() -> None:
    """Make set-uid programs powerless from here on; landlock and seccomp require it.

    Raises `OSError` when refused.
    """
    prctl(_SET_NO_NEW_PRIVILEGES, 1)


def hide() -> None:
    """Keep other processes of the same user from tracing this one or reading its memory.

    Raises `OSError` when refused.
    """
    prctl(_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """Have this process killed as soon as its parent is gone. Raises `OSError` when refused."""
    prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _unshare(namespaces: int) -> None:
    syscall(number("unshare"), namespaces)


def _keep_ids(uid: int, gid: int) -> None:
    Path("/proc/self/setgroups").write_text("deny")  # the kernel's condition for the last line
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
