"""Locate files in the folders and zips that an instructor names."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import UnreadableError, UsageError
from grader.models.budget import BUDGET
from grader.submissions.file_kinds import (
    Kind,
    is_hidden,
    is_notebook,
    kind_of,
    may_be_a_notebook,
    not_a_notebook,
    stem_of,
)
from grader.submissions.filename_encoding import proper
from grader.submissions.sources import archive, read_place

MAX_MEMBERS = 20_000
_SHARED = "its zip has the same bytes for it and for another file. Send the .ipynb."
_NESTED = "it is a zip in a zip, which is not opened. Send the .ipynb."
RESULTS = "results.db"
"""The file that marks a results folder, whose files were not submitted."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a file: on a disk, or as a member of a zip. `fault` says why it cannot be read.

    `within` is the name of the zip that has the member, if that zip is in a zip itself. `inner` marks a zip
    that was found in a folder or a zip: a student may have made it, and the names in it. The path is a
    string: a class has thousands, and a Path takes several times the memory. A path that an instructor names
    is a notebook, whatever its name.
    """

    path: str
    member: str | None = None
    fault: str = ""
    inner: bool = False
    within: str = ""
    kind: Kind = Kind.NOTEBOOK

    @property
    def outside(self) -> tuple[str, ...]:
        """Return the names in the path of the file, or of the zip that has it, from the outermost on."""
        return *names_of(self.path), *_names(self.within)

    @property
    def inside(self) -> tuple[str, ...]:
        """Return the names in the path of the member; empty outside of zips."""
        return _names(self.member)

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return proper((self.member or self.path).replace("\\", "/").rstrip("/").rpartition("/")[2])

    @property
    def stem(self) -> str:
        """Return the name of the file without its extension."""
        return stem_of(self.name)

    @property
    def folder(self) -> str:
        """Return the name of the folder that has it, or else of the zip."""
        return "".join((self.inside if self.member else self.outside)[-2:-1]) or self.zip

    @property
    def wishes(self) -> tuple[str, ...]:
        """Return candidates for its id, the best first: its stem, then with folders in front.

        The last one is used, with a number, if none is unique.
        """
        stem, folder = self.stem, self.folder
        parents = (self.zip, *self.inside[:-1]) if self.member else self.outside[:-1]
        wider = ("-".join((*parents[-depth:], stem)) for depth in (2, 3))
        return stem, f"{folder}-{stem}", *wider, f"{folder}-{stem}"

    @property
    def zip(self) -> str:
        """Return the name of the zip that has it, without extension; empty if none has."""
        return PurePosixPath(self.outside[-1]).stem if self.member else ""


def names_of(path: str) -> tuple[str, ...]:
    """Return the names in a path, from the root of the disk on."""
    folder, _, name = path.rpartition("/")
    if not path.startswith("/") or name in {"", ".", ".."}:
        return _names_of_folder(os.path.abspath(path))  # noqa: PTH100  # five times as fast
    return *_names_of_folder(folder), proper(name)


@functools.lru_cache(maxsize=8)
def _names_of_folder(path: str) -> tuple[str, ...]:
    return tuple(map(proper, os.path.normpath(path).split("/"))) if path else ("",)


def _names(member: str | None) -> tuple[str, ...]:
    """Return the names in the path of a zip's member, which is never used as a path."""
    return PurePosixPath(member.replace("\\", "/")).parts if member else ()


def places_at(path: Path, *, inner: bool = False) -> Iterator[Place]:
    """Yield the files at a path: the file itself, or those of a folder or zip by name.

    Args:
        path: a file, folder or zip.
        inner: whether a zip was found in a folder or zip.

    Returns:
        an iterator of places.

    Raises:
        UsageError: the path does not exist.
    """
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        raise UsageError(
            f"{path}: {error.strerror}\n  Name .ipynb files, folders of them, or zips."
        ) from None
    if stat.S_ISDIR(mode):
        for found in sorted(
            _walk(path), key=lambda name: name.replace("/", "\0")
        ):  # the order of Paths, but faster
            if _is_zip(found):
                yield from places_at(Path(found), inner=True)
            else:
                yield Place(found, kind=_kind(found))
    elif _is_zip(path.name) and stat.S_ISREG(mode):
        yield from _members(path, inner=inner)
    else:
        yield Place(str(path), fault=not_a_notebook(path.name) if kind_of(path.name) is Kind.DOCUMENT else "")


def _kind(path: str, member: str | None = None, within: str = "") -> Kind:
    """Return the kind of a file, by its name or, where that is not enough, by its content."""
    name = (member or path).replace("\\", "/").rpartition("/")[2]
    kind = kind_of(name)
    if kind is Kind.DATA and may_be_a_notebook(name):
        with contextlib.suppress(UnreadableError):
            return Kind.NOTEBOOK if is_notebook(read_place(path, member, within)) else kind
    return kind


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _walk(folder: Path) -> Iterator[str]:
    """Yield the files below a folder. Links are listed, not followed: reading refuses them."""
    for parent, folders, files in os.walk(folder):
        if RESULTS in files:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in files:
            if not is_hidden(name):
                yield f"{parent}/{name}"


def _members(path: Path, *, inner: bool, within: str = "") -> Iterator[Place]:
    """Yield the files in a zip and in students' zips within it; the zip itself if it is empty or broken."""
    try:
        members = archive(str(path), within).infolist()
    except (OSError, ValueError, UnreadableError, zipfile.BadZipFile, NotImplementedError) as error:
        fault = f"it is not a zip that can be read ({str(error).rstrip('.')})."
        yield _whole(path, within, inner, fault)
        return
    if len(members) > MAX_MEMBERS:
        fault = f"it has {len(members)} members; at most {MAX_MEMBERS} are read."
        yield _whole(path, within, inner, fault)
        return
    if (inner or within) and (fault := _too_much(members)):
        yield _whole(path, within, inner, fault)
        return
    shared = _sharing(members)
    seen: set[str] = set()
    for member in sorted(members, key=lambda info: info.filename):
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if member.is_dir() or any(is_hidden(part) for part in name.parts if part != ".."):
            continue
        if not _is_zip(name.name):
            fault = "its zip has it twice." if member.filename in seen else ""
            fault = _SHARED if id(member) in shared else fault
            kind = kind_of(name.name) if fault else _kind(str(path), member.filename, within)
            yield Place(str(path), member.filename, fault, inner or bool(within), within, kind)
        elif inner or within:
            yield Place(str(path), member.filename, _NESTED, inner=True, within=within, kind=Kind.DOCUMENT)
        elif member.filename not in seen and id(member) not in shared:
            yield from _members(path, inner=inner, within=member.filename)
        seen.add(member.filename)
    if not seen and (inner or within):
        yield _whole(path, within, inner, "")


def _too_much(members: Sequence[zipfile.ZipInfo]) -> str:
    """Return which limit of a student's zip its members exceed, by the sizes that they declare.

    Reading never yields more than the declared size.
    """
    if len(members) > BUDGET.members:
        return f"it has {len(members)} members; at most {BUDGET.members} of a student's zip are read."
    size = sum(member.file_size for member in members)
    if size > BUDGET.unpacked:
        most = BUDGET.unpacked >> 20
        return f"it unpacks to {size >> 20} MB; at most {most} MB of a student's zip are read."
    return ""


def _sharing(members: Sequence[zipfile.ZipInfo]) -> set[int]:
    """Return the ids (`id`) of members that share bytes with another: so a small zip unpacks to much."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return {
        id(member)
        for before, after in itertools.pairwise(ordered)
        if before.header_offset + before.compress_size > after.header_offset
        for member in (before, after)
    }


def _whole(path: Path, within: str, inner: bool, fault: str) -> Place:
    """Return a zip in which nothing is found; one that was named itself is the submission."""
    kind = Kind.DOCUMENT if inner or within else Kind.NOTEBOOK
    return Place(str(path), within or None, fault, inner, kind=kind)
