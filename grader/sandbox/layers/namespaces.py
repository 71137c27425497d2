"""Isolate a process in namespaces, and drop its privileges.

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

# Settings of Debian and of Ubuntu that deny namespaces to ordinary users.
_SWITCHES = {"unprivileged_userns_clone": "0", "apparmor_restrict_unprivileged_userns": "1"}

# linux/prctl.h
_SET_PARENT_DEATH_SIGNAL, _SET_DUMPABLE, _DROP_FROM_BOUNDING_SET, _SET_NO_NEW_PRIVILEGES = 1, 4, 24, 38

# linux/capability.h: a version and a pid, then twice (effective, permitted, inheritable)
_CAPABILITY_VERSION_3 = 0x20080522
_MOST_CAPABILITIES = 64


def isolate() -> None:
    """Enter new network, mount, IPC, UTS and pid namespaces.

    Root does so directly, an ordinary user in a user namespace that keeps its ids. The pid namespace applies
    from the next fork: that child is its pid 1, and once it has exited this process can fork no more.

    Raises:
        OSError: the kernel, or a container, refuses; forks still work then.
    """
    try:
        if os.geteuid() != 0:
            _become_root_of_a_user_namespace()
        _unshare(_OWN_WORLD)
    except OSError as refusal:
        raise OSError(refusal.errno, _reason(refusal)) from None


def own_mounts() -> None:
    """Enter a mount namespace of this process alone, after `isolate`.

    Raises:
        OSError: the kernel refuses.
    """
    _unshare(_NEW_MOUNT)


def _become_root_of_a_user_namespace() -> None:
    uid, gid = os.geteuid(), os.getegid()
    _unshare(_NEW_USER)
    _keep_ids(uid, gid)


def _reason(refusal: OSError) -> str:
    """Return the text of a refusal, with the system setting that causes it if it can be identified."""
    text = refusal.strerror or str(refusal)
    if refusal.errno in {errno.ENOSPC, errno.EUSERS}:
        return f"{text}: no namespace is left, see sysctl user.max_user_namespaces and its like"
    if refusal.errno in {errno.EPERM, errno.EACCES} and os.geteuid() != 0:
        return ", ".join([text, *(f"sysctl kernel.{name} is {value}" for name, value in _in_the_way())])
    return text


def _in_the_way() -> Iterator[tuple[str, str]]:
    """Yield the system settings that deny namespaces to ordinary users."""
    for name, value in _SWITCHES.items():
        with contextlib.suppress(OSError):
            if Path(f"/proc/sys/kernel/{name}").read_text().strip() == value:
                yield name, value


def become(uid: int) -> None:
    """Change from root to the user and group `uid`, irrevocably.

    Raises:
        OSError: this process is not root.
    """
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def drop_bounding_set() -> None:
    """Prevent programs started from here from ever gaining a capability.

    Raises:
        OSError: this process has no capabilities.
    """
    for capability in range(_MOST_CAPABILITIES):
        try:
            prctl(_DROP_FROM_BOUNDING_SET, capability)
        except OSError as refusal:
            if refusal.errno == errno.EINVAL:  # beyond the last capability of this kernel
                return
            raise


def drop_capabilities() -> None:
    """Drop all capabilities of this process.

    Raises:
        OSError: the kernel refuses.
    """
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    syscall(number("capset"), header, bytes(2 * struct.calcsize("=III")))


def forbid_new_privileges() -> None:
    """Disable set-uid programs from here on; landlock and seccomp require it.

    Raises:
        OSError: the kernel refuses.
    """
    prctl(_SET_NO_NEW_PRIVILEGES, 1)


def hide() -> None:
    """Prevent other processes of the same user from tracing this one or reading its memory.

    Raises:
        OSError: the kernel refuses.
    """
    prctl(_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent exits.

    Raises:
        OSError: the kernel refuses.
    """
    prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _unshare(namespaces: int) -> None:
    syscall(number("unshare"), namespaces)


def _keep_ids(uid: int, gid: int) -> None:
    Path("/proc/self/setgroups").write_text("deny")  # required by the kernel before gid_map
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
