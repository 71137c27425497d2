"""Write files atomically: a reader sees the old content or the new, never a mixture."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

_PART = ".part"
"""Suffix of a file that is being written."""

_USUAL = 0o666
"""The mode of a new file, from which the umask takes."""

_HERE = -100  # AT_FDCWD
_SWAP = 2  # RENAME_EXCHANGE


def write_atomically(path: Path | str, data: bytes) -> None:
    """Write a file under a temporary name and rename it.

    Args:
        path: the file.
        data: its new content.

    Raises:
        OSError: the disk is full, or the folder is not writable; the old file is unchanged.
    """
    write_pieces_atomically(path, [data])


def write_privately(path: Path | str, data: bytes) -> None:
    """Write a file as `write_atomically` does; from its first byte on only its owner may read it.

    Args:
        path: the file.
        data: its new content.

    Raises:
        OSError: the disk is full, or the folder is not writable; the old file is unchanged.
    """
    write_pieces_atomically(path, [data], mode=0o600)


def write_durably(path: Path | str, pieces: Iterable[bytes]) -> None:
    """Write a file as `write_pieces_atomically` does, and wait until the new one would survive a power cut.

    Args:
        path: the file.
        pieces: its new content, in pieces.

    Raises:
        OSError: the disk is full, or the folder is not writable; the old file is unchanged.
    """
    write_pieces_atomically(path, pieces, durably=True)
    _sync_folder(os.path.dirname(path))  # noqa: PTH120


def write_pieces_atomically(
    path: Path | str, pieces: Iterable[bytes], *, durably: bool = False, mode: int = _USUAL
) -> None:
    """Write a file piece by piece, so that it may be larger than memory, and rename it when complete.

    Args:
        path: the file.
        pieces: its new content.
        durably: whether to sync the content first; otherwise a power cut may leave an empty file.
        mode: the mode of the new file.

    Raises:
        OSError: the disk is full, or the folder is not writable; the old file is unchanged.
    """
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name}.{secrets.token_hex(4)}{_PART}")  # noqa: PTH118
    try:
        made = partial(os.open, mode=mode)
        with open(temporary, "xb", opener=made) as file:  # faster, for thousands of files
            file.writelines(pieces)
            if durably:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):  # ENOSPC comes without a name
            error.filename = str(path)
        raise


def sync(folder: Path) -> None:
    """Wait until all that was written below a folder would survive a power cut.

    On Linux this is one call for the whole file system, see syncfs(2), however many files there are.

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
    if number not in {errno.ENOSYS, errno.EPERM}:  # containers may forbid it
        raise OSError(number, os.strerror(number), str(folder))
    os.sync()


def _sync_folder(folder: str) -> None:
    """Sync the names in a folder, which fsync(2) requires in addition to the file."""
    descriptor = os.open(folder or ".", os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # shared folders cannot sync names
            raise
    finally:
        os.close(descriptor)


def remove_parts(folder: Path) -> None:
    """Remove the incomplete files that a killed process left in a folder.

    Raises:
        OSError: the folder cannot be read or written to.
    """
    for part in folder.glob(f".*{_PART}"):
        part.unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> None:
    """Swap two folders of one file system.

    On Linux this is atomic, see renameat2(2). Where it is not supported, as on NFS, `other` is missing for a
    moment.

    Args:
        one: a folder.
        other: another one.

    Raises:
        OSError: they cannot be swapped; both are unchanged.
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
