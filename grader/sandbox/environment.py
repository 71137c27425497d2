"""What of this machine a child may see: a list of what imports need, and nothing that may hold the grader."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from importlib.machinery import all_suffixes
from pathlib import Path

import grader

LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
"""Where shared libraries are. Only they are read there, and the folder for this kind of processor."""

OF_THE_SYSTEM = ("/etc/ld.so.cache", "/usr/lib/locale", "/usr/share/zoneinfo")

INSTALLED = {"site-packages", "dist-packages"}
"""What folders of installed packages are called; one that has pip's notes in it is another."""

STANDARD = {"lib-dynload", "__pycache__"}
"""What the folder of the standard library has beside modules."""

SECRET = {"solutions", "testcases"}
"""Folders of a course, which may itself be a place to import from, or lie in one."""

MODULES = (".py", ".so", ".libs")
"""How they end, with what pip puts beside them."""

DEPTH = 4
"""How many folders without an `__init__.py` a package may lie in."""


def search_path() -> list[str]:
    """Where children import from: where this interpreter does, but for the folder of its script.

    That folder may be the one that somebody happened to be in, with anything in it. The last one is that of
    this package, for the zygote, before it shuts itself in.
    """
    folders = sys.path[0 if sys.flags.safe_path else 1 :]
    own = str(Path(grader.__file__).parent.parent)
    return [*dict.fromkeys([*(os.path.abspath(folder) for folder in folders if folder), own])]  # noqa: PTH100


def mapped_files() -> dict[str, str]:
    """The files of the packages and modules that setuptools installed where they are developed, but ours.

    It does so by finders of its own, each in a module whose `MAPPING` says where.
    """
    modules = [sys.modules.get(getattr(finder, "__module__", "")) for finder in sys.meta_path]
    found = {}
    for module in modules:
        for name, place in getattr(module, "MAPPING", {}).items():
            files = (Path(place, "__init__.py"), *(Path(f"{place}{end}") for end in ("", *all_suffixes())))
            file = next((str(file) for file in files if file.is_file()), None)
            ours = name.startswith(grader.__name__) or not SECRET.isdisjoint(Path(place).parts)
            if file and "." not in name and not ours:
                found[name] = file
    return found


def readable_paths() -> list[str]:
    """What a child may read: shared libraries, modules and packages, each by itself, but not this package.

    This package is left out because the exercises that come with it have their solutions in it. A folder that
    is read as a whole is a package, or one of shared libraries: a course, results or a home that lies beside
    one is not read.
    """
    stdlib = sysconfig.get_path("stdlib")
    found = {*OF_THE_SYSTEM, *_modules(stdlib), *(f"{stdlib}/{name}" for name in STANDARD)}
    for folder in (*LIBRARIES, str(Path(stdlib).parent)):
        found.update(_libraries(folder))
    for folder in {*search_path()} - {stdlib, f"{stdlib}/lib-dynload"}:
        found.update(_importable(folder))
    mapped = map(Path, mapped_files().values())
    found.update(str(file.parent if file.name == "__init__.py" else file) for file in mapped)
    return sorted(found)


def _libraries(folder: str) -> Iterator[str]:
    """The shared libraries of a folder, and the folder in it that has more of them."""
    more = f"{os.uname().machine}-linux-"
    for entry in _entries(folder):
        if _is_library(entry.name) or entry.name.startswith(more):
            yield entry.path


def _importable(folder: str) -> Iterator[str]:
    """What of a place to import from may be read, or a zip of modules itself."""
    if Path(folder).is_file():
        yield folder
    elif SECRET.isdisjoint(Path(folder).resolve().parts):
        installed = Path(folder).name in INSTALLED or any(
            entry.name.endswith(".dist-info") for entry in _entries(folder)
        )
        yield from _modules(folder, DEPTH if installed else 0)


def _modules(folder: str, depth: int = 0) -> Iterator[str]:
    """The modules and packages of a folder, and those in so many folders that are no packages themselves.

    Packages that share a name have no `__init__.py` where they meet. A course has none either.
    """
    for entry in _entries(folder):
        name = entry.name
        if name.startswith((grader.__name__, "__editable__", ".")) or name in SECRET:
            continue
        if name.endswith(MODULES) or _is_library(name):
            yield entry.path
        elif _has(entry.path, "__init__.py"):
            if not all(_has(entry.path, secret) for secret in SECRET):
                yield entry.path
        elif depth and entry.is_dir() and not name.endswith((".dist-info", ".egg-info")):
            yield from _modules(entry.path, depth - 1)


def _has(folder: str, name: str) -> bool:
    return os.path.exists(f"{folder}/{name}")  # noqa: PTH110  # asked thousands of times, and twice as fast


def _is_library(name: str) -> bool:
    return name.endswith(".so") or ".so." in name


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing in one that cannot be read, or is none."""
    try:
        with os.scandir(folder) as entries:
            return [*entries]
    except OSError:
        return []
