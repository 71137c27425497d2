"""Reads what was found as bytes: no link is followed, no zip unpacked to disk, no size believed."""

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
    """The bytes of a file, or of a member of a zip, or of one of the zip `within` that zip.

    Raises:
        UnreadableError: it cannot be had, or is too large.
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
    """A zip, or the one `within` it, kept open while its members are read one after the other."""
    now = os.stat(path)  # noqa: PTH116  # for each notebook of a class
    return _archive(path, within, (now.st_mtime_ns, now.st_size, now.st_ino))


@functools.lru_cache(maxsize=2)
def _archive(path: str, within: str, _: tuple[int, int, int]) -> zipfile.ZipFile:
    """The zip as it is now: when it has changed, it is another."""
    return _OwnedZip(io.BytesIO(read_place(path, within)) if within else _open(path))


# A process and those forked from it share one place in an open file, so each would read where another was.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_archive.cache_clear)


def _read_file(path: str) -> bytes:
    with _open(path) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(size + 1) if size <= MAX_FILE else b""
        if len(data) > size:  # it grows
            data += file.read(MAX_FILE)
    if size > MAX_FILE or len(data) > MAX_FILE:
        raise UnreadableError(
            f"it is larger than {MAX_FILE >> 20} MB ({size >> 20} MB). Clear its outputs and save it again."
        )
    return data


def _open(path: str) -> IO[bytes]:
    """A regular file, open for reading. Not a link, and no FIFO is waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise UnreadableError("it is a folder." if stat.S_ISDIR(mode) else "it is not an ordinary file.")


class _OwnedZip(zipfile.ZipFile):
    """A zip that closes its file when it is closed or forgotten, though it was opened by somebody else."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        try:
            _check_directory(file)
            super().__init__(file)
        except BaseException:
            file.close()
            raise
        for member in self.filelist:  # a name as it was read before stays known: a record may have it
            member.filename = name_of(member)
            self.NameToInfo.setdefault(member.filename, member)

    def close(self) -> None:
        super().close()
        self._file.close()


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a zip whose list of members would fill the memory."""
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # as the class itself finds it
    size = end[5] if end else 0
    if size > BUDGET.directory:
        most = BUDGET.directory >> 20
        raise zipfile.BadZipFile(f"its list of members has {size >> 20} MB; at most {most} MB are read")


def _read_member(zipped: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a member; what its header says of its size is a claim, so what comes is counted."""
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
