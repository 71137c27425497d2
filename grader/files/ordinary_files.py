"""Read regular files: no pipe, no device, nothing larger than a limit."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MOST = 64 << 20
"""Bytes up to which a file is read whole."""


def read_ordinary(path: Path | str, most: int = MOST) -> bytes:
    """Read a regular file; pipes and devices, which may never end, are refused.

    Args:
        path: the file.
        most: the largest size in bytes.

    Returns:
        its bytes.

    Raises:
        OSError: it is not a regular file, is larger than `most`, or cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path)) from None  # a socket
    try:
        if not stat.S_ISREG(mode := os.fstat(descriptor).st_mode):
            number, what = (
                (errno.EISDIR, "a folder") if stat.S_ISDIR(mode) else (errno.EINVAL, "no ordinary file")
            )
            raise OSError(number, f"it is {what}", str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(most + 1)
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most >> 20} MB", str(path))
    return data
