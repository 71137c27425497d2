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


def write_pieces_atomically(path: Path | str, pieces: Iterable[bytes]) -> None:
    """Write a file piece by piece, so that it may be larger than memory, and move it to its place.

    Raises:
        OSError: the disk is full, or the folder cannot be written to; what stood there still does.
    """
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name}.{secrets.token_hex(4)}{_PART}")  # noqa: PTH118
    try:
        with open(temporary, "xb") as file:  # noqa: PTH123  # a class has thousands of them
            file.writelines(pieces)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):  # a disk that is full does not say for which file
            error.filename = str(path)
        raise


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
