"""Writes files so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

_PART = ".part"
"""How the name of a file ends that is being written."""

_HERE = -100  # AT_FDCWD: a path is one of this process
_SWAP = 2  # RENAME_EXCHANGE


def write_atomically(path: Path | str, data: bytes) -> None:
    """Write a file beside its place and move it there.

    Raises:
        OSError: the disk is full, or the folder cannot be written to; what stood there still does.
    """
    write_pieces_atomically(path, [data])


def write_durably(path: Path | str, pieces: Iterable[bytes]) -> None:
    """Write a file as `write_pieces_atomically` does; once it returns, a power cut leaves the new one.

    Raises:
        OSError: the disk is full, or the folder cannot be written to; what stood there still does.
    """
    write_pieces_atomically(path, pieces, durably=True)
    _sync_folder(os.path.dirname(path))  # noqa: PTH120


def write_pieces_atomically(path: Path | str, pieces: Iterable[bytes], *, durably: bool = False) -> None:
    """Write a file piece by piece, so that it may be larger than memory, and move it to its place.

    A power cut may leave an empty file, unless it is written `durably`: then the old one or the new one.

    Raises:
        OSError: the disk is full, or the folder cannot be written to; what stood there still does.
    """
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name}.{secrets.token_hex(4)}{_PART}")  # noqa: PTH118
    try:
        with open(temporary, "xb") as file:  # noqa: PTH123  # a class has thousands of them
            file.writelines(pieces)
            if durably:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):  # a disk that is full does not say for which file
            error.filename = str(path)
        raise


def sync(folder: Path) -> None:
    """Wait until all that was written below a folder would survive a power cut.

    On Linux that is one call for the whole file system, see syncfs(2), however many files there are.

    Raises:
        OSError: the disk is full or broken.
    """
    if sys.platform != "linux":
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor) == 0:
            return
        number = ctypes.get_errno()
    finally:
        os.close(descriptor)
    if number not in {errno.ENOSYS, errno.EPERM}:  # as where a container forbids it
        raise OSError(number, os.strerror(number), str(folder))
    os.sync()


def _sync_folder(folder: str) -> None:
    """Make the names in a folder last, as fsync(2) asks for beside the file's own."""
    descriptor = os.open(folder or ".", os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # as shared folders have it, which sync no names
            raise
    finally:
        os.close(descriptor)


def remove_parts(folder: Path) -> None:
    """Remove what a process that was killed had begun to write in a folder.

    Raises:
        OSError: the folder cannot be read or written to.
    """
    for part in folder.glob(f".*{_PART}"):
        part.unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> None:
    """Let two folders of one file system change places.

    Linux does so at one stroke, see renameat2(2). Where it cannot, as on NFS, `other` is not there for a
    moment.

    Raises:
        OSError: they cannot; both are where they were.
    """
    if sys.platform == "linux":
        names = os.fsencode(one), os.fsencode(other)
        if ctypes.CDLL(None, use_errno=True).renameat2(_HERE, names[0], _HERE, names[1], _SWAP) == 0:
            return
        number = ctypes.get_errno()
        if number not in {errno.EINVAL, errno.ENOSYS}:
            raise OSError(number, os.strerror(number), str(other))
    _exchange_by_turns(one, other)


def _exchange_by_turns(one: Path, other: Path) -> None:
    spare = Path(tempfile.mkdtemp(dir=one.parent, prefix=f".{one.name}."))  # an empty folder may be replaced
    other.rename(spare)
    try:
        one.rename(other)
    except BaseException:
        spare.rename(other)
        raise
    spare.rename(one)
