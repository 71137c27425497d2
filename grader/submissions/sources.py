"""Read files and zip members as bytes: follows no link, unpacks nothing to disk, trusts no declared size."""

from __future__ import annotations

import errno
import functools
import io
import os
import stat
import zipfile
import zlib
from typing import IO

from grader.errors import UnreadableError
from grader.models.budget import BUDGET
from grader.submissions.filename_encoding import name_of

MAX_FILE = BUDGET.file


def read_place(path: str, member: str | None = None, within: str = "") -> bytes:
    """Return the bytes of a file or zip member.

    Args:
        path: the file or zip.
        member: the name of the member, in a zip.
        within: the name of the inner zip that has the member, if any.

    Returns:
        the bytes.

    Raises:
        UnreadableError: it cannot be read, or is too large.
    """
    try:
        if member is None:
            return _read_file(path)
        zipped = archive(path, within)
        return _read_member(zipped, zipped.getinfo(member))
    except KeyError:
        raise UnreadableError("its zip does not have it.") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableError(f"its zip is damaged ({error}).") from None
    except OSError as error:
        reason = "it is a link" if error.errno == errno.ELOOP else error.strerror
        raise UnreadableError(f"it cannot be read: {reason}.") from None


def archive(path: str, within: str = "") -> zipfile.ZipFile:
    """Open a zip, and keep it open while its members are read.

    Args:
        path: the zip.
        within: the name of a zip in it to open instead.

    Returns:
        the open zip.
    """
    now = os.stat(path)  # noqa: PTH116  # faster than Path, once for each notebook
    return _archive(path, within, (now.st_mtime_ns, now.st_size, now.st_ino))


@functools.lru_cache(maxsize=2)
def _archive(path: str, within: str, _: tuple[int, int, int]) -> zipfile.ZipFile:
    """Open a zip; the cache key has its modification time and size, so a changed zip is opened again."""
    return _OwnedZip(io.BytesIO(read_place(path, within)) if within else _open(path))


# Forked processes share the position in an open file, so each would read where another left off.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_archive.cache_clear)


def _read_file(path: str) -> bytes:
    with _open(path) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(size + 1) if size <= MAX_FILE else b""
        if len(data) > size:  # the file grew meanwhile
            data += file.read(MAX_FILE)
    if size > MAX_FILE or len(data) > MAX_FILE:
        raise UnreadableError(
            f"it is larger than {MAX_FILE >> 20} MB ({size >> 20} MB). Clear its outputs and save it again."
        )
    return data


def _open(path: str) -> IO[bytes]:
    """Open a regular file for reading; never follows a link or waits for a FIFO."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise UnreadableError("it is a folder." if stat.S_ISDIR(mode) else "it is not an ordinary file.")


class _OwnedZip(zipfile.ZipFile):
    """A zip that closes its underlying file when it is closed or collected."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        try:
            _check_directory(file)
            super().__init__(file)
        except BaseException:
            file.close()
            raise
        for member in self.filelist:  # results may have the name as zipfile decodes it
            member.filename = name_of(member)
            self.NameToInfo.setdefault(member.filename, member)

    def close(self) -> None:
        super().close()
        self._file.close()


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a zip whose central directory would fill the memory."""
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # as ZipFile itself does
    size = end[5] if end else 0
    if size > BUDGET.directory:
        most = BUDGET.directory >> 20
        raise zipfile.BadZipFile(f"its list of members has {size >> 20} MB; at most {most} MB are read")


def _read_member(zipped: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a member, counting them, as the size in its header may be wrong."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise UnreadableError("it is a link or a device in its zip.")
    if member.flag_bits & 1:
        raise UnreadableError("its zip is encrypted.")
    try:
        with zipped.open(member) as file:
            data = file.read(MAX_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise UnreadableError(f"its zip is damaged there ({error}).") from None
    if len(data) > MAX_FILE:
        raise UnreadableError(f"it is larger than {MAX_FILE >> 20} MB.")
    return data
