"""Where the notebooks are in what an instructor points at: files, folders and zips."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import UnreadableError, UsageError
from grader.intake.reading import archive

MAX_MEMBERS = 20_000
CHECKPOINTS = ".ipynb_checkpoints"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a notebook is: a file, or a member of a zip. `fault` says why it cannot be read.

    `within` is the name of the zip that has the member, when that is in a zip itself. `inner` marks a zip
    that was found in a folder or a zip: a student may have made it, and the names in it. The path is a text:
    a class has thousands of them, and a Path takes several times the memory.
    """

    path: str
    member: str | None = None
    fault: str = ""
    inner: bool = False
    within: str = ""

    @property
    def outside(self) -> tuple[str, ...]:
        """The names in the path of the file, or of the zip that has it, from the outermost on."""
        return *os.path.abspath(self.path).split("/"), *_names(self.within)  # noqa: PTH100  # five times as fast

    @property
    def inside(self) -> tuple[str, ...]:
        """The names in the path of the member; empty when it is no zip's."""
        return _names(self.member)

    @property
    def stem(self) -> str:
        """The name of the notebook without its ending."""
        name = self.inside[-1] if self.member else self.path
        return os.path.splitext(os.path.basename(name))[0]  # noqa: PTH119, PTH122  # ten times as fast

    @property
    def folder(self) -> str:
        """The name of the folder that it is in, or else that of the zip."""
        return "".join((self.inside if self.member else self.outside)[-2:-1]) or self.zip

    @property
    def zip(self) -> str:
        """The name of the zip that has it, without its ending; empty when none has."""
        return PurePosixPath(self.outside[-1]).stem if self.member else ""


def _names(member: str | None) -> tuple[str, ...]:
    """The names in the path of a member of a zip, which is never used as one."""
    return PurePosixPath(member.replace("\\", "/")).parts if member else ()


def places_at(path: Path, *, inner: bool = False) -> Iterator[Place]:
    """The notebooks at a path: the file itself whatever it is called; of a folder or zip, by name.

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
            yield from places_at(Path(found), inner=True) if _is_zip(found) else [Place(found)]
    elif _is_zip(path.name) and stat.S_ISREG(mode):
        yield from _members(path, inner=inner)
    else:
        yield Place(str(path))


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _walk(folder: Path) -> Iterator[str]:
    """The notebooks and zips below a folder. Links are listed, not followed: reading refuses them."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != CHECKPOINTS and not name.startswith("."))
        for name in files:
            if name.lower().endswith((".ipynb", ".zip")) and not name.startswith("."):
                yield f"{parent}/{name}"


def _members(path: Path, *, inner: bool, within: str = "") -> Iterator[Place]:
    """The notebooks in a zip, and in the zips of students within it."""
    try:
        members = archive(str(path), within).infolist()
    except (OSError, ValueError, UnreadableError, zipfile.BadZipFile, NotImplementedError) as error:
        yield Place(
            str(path), within or None, f"it is not a zip that can be read ({str(error).rstrip('.')}).", inner
        )
        return
    if len(members) > MAX_MEMBERS:
        fault = f"it has {len(members)} members; at most {MAX_MEMBERS} are read."
        yield Place(str(path), within or None, fault, inner)
        return
    seen: set[str] = set()
    for member in sorted(members, key=lambda info: info.filename):
        name = PurePosixPath(member.filename.replace("\\", "/"))
        hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts if part != "..")
        if member.is_dir() or hidden:
            continue
        if name.suffix.lower() == ".ipynb":
            fault = "its zip has it twice." if member.filename in seen else ""
            yield Place(str(path), member.filename, fault, inner or bool(within), within)
        elif _is_zip(name.name) and not inner and not within and member.filename not in seen:
            yield from _members(path, inner=inner, within=member.filename)
        seen.add(member.filename)
