"""Where the files are in what an instructor points at: in folders, and in zips."""

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
"""The file by which a folder is known that a grading has left: what is in it was not handed in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is: on a disk, or as a member of a zip. `fault` says why it cannot be read.

    `within` is the name of the zip that has the member, when that is in a zip itself. `inner` marks a zip
    that was found in a folder or a zip: a student may have made it, and the names in it. The path is a text:
    a class has thousands of them, and a Path takes several times the memory. What an instructor names is a
    notebook, whatever it is called.
    """

    path: str
    member: str | None = None
    fault: str = ""
    inner: bool = False
    within: str = ""
    kind: Kind = Kind.NOTEBOOK

    @property
    def outside(self) -> tuple[str, ...]:
        """The names in the path of the file, or of the zip that has it, from the outermost on."""
        return *names_of(self.path), *_names(self.within)

    @property
    def inside(self) -> tuple[str, ...]:
        """The names in the path of the member; empty when it is no zip's."""
        return _names(self.member)

    @property
    def name(self) -> str:
        """The name of the file."""
        return proper((self.member or self.path).replace("\\", "/").rstrip("/").rpartition("/")[2])

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return stem_of(self.name)

    @property
    def folder(self) -> str:
        """The name of the folder that it is in, or else that of the zip."""
        return "".join((self.inside if self.member else self.outside)[-2:-1]) or self.zip

    @property
    def wishes(self) -> tuple[str, ...]:
        """What it could be called, the best first: as its file is, with folders around it in front.

        The last is for one that nothing tells apart.
        """
        stem, folder = self.stem, self.folder
        parents = (self.zip, *self.inside[:-1]) if self.member else self.outside[:-1]
        wider = ("-".join((*parents[-depth:], stem)) for depth in (2, 3))
        return stem, f"{folder}-{stem}", *wider, f"{folder}-{stem}"

    @property
    def zip(self) -> str:
        """The name of the zip that has it, without its ending; empty when none has."""
        return PurePosixPath(self.outside[-1]).stem if self.member else ""


def names_of(path: str) -> tuple[str, ...]:
    """The names in a path, from the root of the disk on."""
    folder, _, name = path.rpartition("/")
    if not path.startswith("/") or name in {"", ".", ".."}:
        return _names_of_folder(os.path.abspath(path))  # noqa: PTH100  # five times as fast
    return *_names_of_folder(folder), proper(name)


@functools.lru_cache(maxsize=8)
def _names_of_folder(path: str) -> tuple[str, ...]:
    return tuple(map(proper, os.path.normpath(path).split("/"))) if path else ("",)


def _names(member: str | None) -> tuple[str, ...]:
    """The names in the path of a member of a zip, which is never used as one."""
    return PurePosixPath(member.replace("\\", "/")).parts if member else ()


def places_at(path: Path, *, inner: bool = False) -> Iterator[Place]:
    """The files at a path: the file itself whatever it is called; of a folder or zip, by name.

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
        for found in sorted(_walk(path), key=lambda name: name.replace("/", "\0")):  # as Paths sort, but fast
            if _is_zip(found):
                yield from places_at(Path(found), inner=True)
            else:
                yield Place(found, kind=_kind(found))
    elif _is_zip(path.name) and stat.S_ISREG(mode):
        yield from _members(path, inner=inner)
    else:
        yield Place(str(path), fault=not_a_notebook(path.name) if kind_of(path.name) is Kind.DOCUMENT else "")


def _kind(path: str, member: str | None = None, within: str = "") -> Kind:
    """The kind of a file, by its name or, where that says nothing, by its content."""
    name = (member or path).replace("\\", "/").rpartition("/")[2]
    kind = kind_of(name)
    if kind is Kind.DATA and may_be_a_notebook(name):
        with contextlib.suppress(UnreadableError):
            return Kind.NOTEBOOK if is_notebook(read_place(path, member, within)) else kind
    return kind


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _walk(folder: Path) -> Iterator[str]:
    """The files below a folder. Links are listed, not followed: reading refuses them."""
    for parent, folders, files in os.walk(folder):
        if RESULTS in files:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in files:
            if not is_hidden(name):
                yield f"{parent}/{name}"


def _members(path: Path, *, inner: bool, within: str = "") -> Iterator[Place]:
    """The files in a zip, and in the zips of students within it; the zip itself if it has none or is none."""
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
    """Which budget of a student's zip its members are beyond; reading never gives more than they claim."""
    if len(members) > BUDGET.members:
        return f"it has {len(members)} members; at most {BUDGET.members} of a student's zip are read."
    size = sum(member.file_size for member in members)
    if size > BUDGET.unpacked:
        most = BUDGET.unpacked >> 20
        return f"it unpacks to {size >> 20} MB; at most {most} MB of a student's zip are read."
    return ""


def _sharing(members: Sequence[zipfile.ZipInfo]) -> set[int]:
    """The members, by identity, whose bytes are also those of another one: so a small zip unpacks to much."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return {
        id(member)
        for before, after in itertools.pairwise(ordered)
        if before.header_offset + before.compress_size > after.header_offset
        for member in (before, after)
    }


def _whole(path: Path, within: str, inner: bool, fault: str) -> Place:
    """A zip in which nothing is found; one that was named itself is what was handed in."""
    kind = Kind.DOCUMENT if inner or within else Kind.NOTEBOOK
    return Place(str(path), within or None, fault, inner, kind=kind)
