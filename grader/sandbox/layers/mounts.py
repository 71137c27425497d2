"""Replace the root directory by one that contains given paths only, read-only."""

from __future__ import annotations

import contextlib
import os
import resource
import stat
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .syscalls import number, syscall

# linux/fcntl.h and linux/mount.h
_WORKING_DIRECTORY = -100
_THE_DESCRIPTOR_ITSELF, _RECURSIVE = 0x1000, 0x8000
_CLONE, _CLOSE_ON_EXEC = 0x1, 0o2000000
_FROM_DESCRIPTOR = 0x4
_READ_ONLY, _NO_SET_UID, _NO_DEVICES, _NO_PROGRAMS = 0x1, 0x2, 0x4, 0x8
_NO_ACCESS_TIMES = 0x400  # of mount(2), not of mount_setattr(2)
_PRIVATE = 1 << 18
_DETACH = 2

_SHELF = "/tmp"  # noqa: S108  # any directory: it is covered for a moment, never written to


class _Clone(NamedTuple):
    """A copy of the mounts at and below a path, not attached yet."""

    path: str
    descriptor: int


def enter(paths: Iterable[str], full: str | None = None, moved: Mapping[str, str] | None = None) -> None:
    """Create a root directory that contains `paths` only, and change into it.

    Paths keep their names. They and all mounts below them become read-only, without devices or set-uid
    programs; a symbolic link is resolved, and a path that does not exist is skipped. The rest of the old
    tree, such as /proc, /tmp and home folders, is gone. Requires a mount namespace of its own.

    Args:
        paths: the paths to keep.
        full: a writable directory without space for a file, if given.
        moved: more paths to keep, each with its new name.

    Raises:
        OSError: the kernel refuses, as before Linux 5.12.
    """
    os.umask(0o022)  # another user may have to traverse this tree
    _set_attributes(_WORKING_DIRECTORY, b"/", _RECURSIVE, propagation=_PRIVATE)
    with _many_open_files():
        clones = [*_cloned(outermost(paths))]
        clones += [
            clone._replace(path=place) for path, place in (moved or {}).items() for clone in _cloned([path])
        ]
        _pivot_into_an_empty_root()
        for clone in clones:
            _attach(clone)
    if full is not None:
        _mount_without_room(full)
    _set_attributes(_WORKING_DIRECTORY, b"/", 0, _READ_ONLY | _NO_SET_UID | _NO_DEVICES | _NO_PROGRAMS)


def outermost(paths: Iterable[str]) -> Sequence[str]:
    """Return absolute paths without duplicates and without paths below another."""
    found: list[str] = []
    for path in sorted({f"{Path(path).absolute()}/" for path in paths}):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return [path.rstrip("/") or "/" for path in found]


@contextlib.contextmanager
def _many_open_files() -> Iterator[None]:
    """Raise the soft limit of open files for a while: each path needs a descriptor."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _cloned(paths: Iterable[str]) -> Iterator[_Clone]:
    flags = _CLONE | _CLOSE_ON_EXEC | _RECURSIVE
    for path in paths:
        try:
            descriptor = syscall(number("open_tree"), _WORKING_DIRECTORY, os.fsencode(path), flags)
        except FileNotFoundError:
            continue
        _set_attributes(
            descriptor, b"", _THE_DESCRIPTOR_ITSELF | _RECURSIVE, _READ_ONLY | _NO_SET_UID | _NO_DEVICES
        )
        yield _Clone(path, descriptor)


def _attach(clone: _Clone) -> None:
    """Attach a clone at its path. There are thousands: an existing parent directory costs one call."""
    is_directory = stat.S_ISDIR(os.fstat(clone.descriptor).st_mode)
    make = os.mkdir if is_directory else os.mknod
    try:
        make(clone.path)
    except FileNotFoundError:
        Path(clone.path).parent.mkdir(parents=True)
        make(clone.path)
    place = os.fsencode(clone.path)
    syscall(number("move_mount"), clone.descriptor, b"", _WORKING_DIRECTORY, place, _FROM_DESCRIPTOR)
    os.close(clone.descriptor)


def _pivot_into_an_empty_root() -> None:
    shelf = os.fsencode(_SHELF)
    syscall(number("mount"), b"tmpfs", shelf, b"tmpfs", _NO_SET_UID | _NO_DEVICES, b"size=256k,mode=755")
    os.chdir(_SHELF)
    # With equal arguments the old root is mounted on top of the new one, and then unmounted.
    syscall(number("pivot_root"), b".", b".")
    syscall(number("umount2"), b".", _DETACH)


def _mount_without_room(path: str) -> None:
    Path(path).mkdir(parents=True)
    flags = (
        _NO_SET_UID | _NO_DEVICES | _NO_PROGRAMS | _NO_ACCESS_TIMES
    )  # access times would be a side channel
    only_itself = b"nr_inodes=1,size=4k,mode=777"  # the one inode is that of the directory
    syscall(number("mount"), b"tmpfs", os.fsencode(path), b"tmpfs", flags, only_itself)


def _set_attributes(
    directory: int, path: bytes, flags: int, attributes: int = 0, propagation: int = 0
) -> None:
    # struct mount_attr: attributes to set, to clear, propagation, descriptor of a user namespace
    wanted = struct.pack("=QQQQ", attributes, 0, propagation, 0)
    syscall(number("mount_setattr"), directory, path, flags, wanted, len(wanted))
