"""Finds the notebooks among what an instructor points at: files, folders and zips. All is read as data.

Nothing is unpacked to disk, no link is followed, and no name inside a file is used as a path.
"""

from __future__ import annotations

import errno
import functools
import hashlib
import itertools
import os
import re
import stat
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from grader.errors import UnreadableError, UsageError

MAX_FILE = 20 << 20
MAX_MEMBERS = 20_000
CHECKPOINTS = ".ipynb_checkpoints"


@dataclass(frozen=True, slots=True)
class Handed:
    """One file that was handed in. `member` is its name in a zip; `fault` says why it cannot be read."""

    id: str
    path: Path
    member: str | None = None
    fault: str = ""

    @property
    def file(self) -> str:
        """The name of the file, for people."""
        return PurePosixPath(self.member).name if self.member else self.path.name


def find(paths: Sequence[Path]) -> list[Handed]:
    """What was handed in, in the order of the paths and, within a folder or zip, by name.

    A file that was named itself is taken whatever it is called; from folders and zips come `.ipynb`
    files, but for Jupyter's own checkpoints. Ids are the file names without their ending, made safe;
    a repeated one gets its folder in front, or a number behind.

    Raises:
        UsageError: a path does not exist, or nothing was found.
    """
    found = [(path, member, fault) for path in paths for member, path, fault in _expand(path)]
    if not found:
        raise UsageError(
            f"No notebooks in {', '.join(map(str, paths))}\n  Name .ipynb files, or folders or zips of them."
        )
    return list(_with_ids(found))


def read(handed: Handed) -> bytes:
    """The bytes of a file that was handed in.

    Raises:
        UnreadableError: it cannot be had, or is too large.
    """
    if handed.fault:
        raise UnreadableError(handed.fault)
    try:
        if handed.member is None:
            return _read_file(handed.path)
        archive = _archive(handed.path)
        return _read_member(archive, archive.getinfo(handed.member))
    except OSError as error:
        reason = "it is a link" if error.errno == errno.ELOOP else error.strerror
        raise UnreadableError(f"it cannot be read: {reason}.") from None


# ---------------------------------------------------------------- finding


def _expand(path: Path) -> Iterator[tuple[str | None, Path, str]]:
    """(member, path, fault) of each notebook at a path."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        raise UsageError(
            f"{path}: {error.strerror}\n  Name .ipynb files, folders of them, or zips."
        ) from None
    if stat.S_ISDIR(mode):
        for inside in sorted(_walk(path)):
            yield from _expand(inside) if inside.suffix.lower() == ".zip" else [(None, inside, "")]
    elif path.suffix.lower() == ".zip" and stat.S_ISREG(mode):
        yield from _expand_zip(path)
    else:
        yield None, path, ""


def _walk(folder: Path) -> Iterator[Path]:
    """The notebooks and zips below a folder. Links are listed, not followed: reading refuses them."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != CHECKPOINTS and not name.startswith("."))
        for name in files:
            if name.lower().endswith((".ipynb", ".zip")) and not name.startswith("."):
                yield Path(parent, name)


def _expand_zip(path: Path) -> Iterator[tuple[str | None, Path, str]]:
    try:
        members = _archive(path).infolist()
    except (OSError, ValueError, UnreadableError, zipfile.BadZipFile, NotImplementedError) as error:
        yield None, path, f"it is not a zip that can be read ({error})."
        return
    if len(members) > MAX_MEMBERS:
        yield None, path, f"it has {len(members)} members; at most {MAX_MEMBERS} are read."
        return
    seen: set[str] = set()
    for member in sorted(members, key=lambda info: info.filename):
        name = PurePosixPath(member.filename.replace("\\", "/"))
        hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts if part != "..")
        if member.is_dir() or hidden or name.suffix.lower() != ".ipynb":
            continue
        fault = "its zip has it twice." if member.filename in seen else ""
        seen.add(member.filename)
        yield member.filename, path, fault


# ---------------------------------------------------------------- reading


def _read_file(path: Path) -> bytes:
    with _open(path) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(MAX_FILE + 1) if size <= MAX_FILE else b""
    if size > MAX_FILE or len(data) > MAX_FILE:
        raise UnreadableError(
            f"it is larger than {MAX_FILE >> 20} MB ({size >> 20} MB). Clear its outputs and save it again."
        )
    return data


def _open(path: Path) -> IO[bytes]:
    """A regular file, open for reading. Not a link, and no FIFO is waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise UnreadableError("it is a folder." if stat.S_ISDIR(mode) else "it is not an ordinary file.")


@functools.lru_cache(maxsize=1)
def _archive(path: Path) -> zipfile.ZipFile:
    """A zip, kept open while its members are read one after the other."""
    return _OwnedZip(_open(path))


class _OwnedZip(zipfile.ZipFile):
    """A zip that closes its file when it is closed or forgotten, though it was opened by somebody else."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        super().__init__(file)

    def close(self) -> None:
        super().close()
        self._file.close()


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a member; what its header says of its size is a claim, so what comes is counted."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise UnreadableError("it is a link or a device in its zip.")
    if member.flag_bits & 1:
        raise UnreadableError("its zip is encrypted.")
    try:
        with archive.open(member) as file:
            data = file.read(MAX_FILE + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise UnreadableError(f"its zip is damaged there ({error}).") from None
    if len(data) > MAX_FILE:
        raise UnreadableError(f"it is larger than {MAX_FILE >> 20} MB.")
    return data


# ---------------------------------------------------------------- ids


def _with_ids(found: Sequence[tuple[Path, str | None, str]]) -> Iterator[Handed]:
    names = [
        PurePosixPath(member.replace("\\", "/")) if member else path.absolute() for path, member, _ in found
    ]
    stems = Counter(safe_id(name.stem).casefold() for name in names)
    taken: set[str] = set()
    for (path, member, fault), name in zip(found, names, strict=True):
        own = safe_id(name.stem)
        wish = own if stems[own.casefold()] == 1 else safe_id(f"{name.parent.name}-{name.stem}")
        numbered = (f"{wish[:90]}-{i}" for i in itertools.count(2))
        chosen = next(i for i in itertools.chain([wish], numbered) if i.casefold() not in taken)
        taken.add(chosen.casefold())
        yield Handed(chosen, path, member, fault)


def safe_id(name: str) -> str:
    """A name made safe as that of a file, in a spreadsheet and on a page; what is not legible is a digest."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    legible = re.sub(r"[^A-Za-z0-9._@-]+|\.{2,}", "-", plain).strip("-._@")[:100]
    return legible or f"id-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
