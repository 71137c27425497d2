"""Which files a worker process may read: what imports need, and nothing that may contain solutions."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from importlib.machinery import all_suffixes
from pathlib import Path

import grader

LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
"""Folders of shared libraries. Only those are readable there, and the folder of this architecture."""

OF_THE_SYSTEM = ("/etc/ld.so.cache", "/usr/lib/locale", "/usr/share/zoneinfo")

INSTALLED = {"site-packages", "dist-packages"}
"""Names of folders of installed packages; so is any folder with pip's metadata in it."""

STANDARD = {"lib-dynload", "__pycache__"}
"""What the folder of the standard library contains besides modules."""

SECRET = {"solutions", "testcases"}
"""Folders of a course; import paths may lead into a course or contain one."""

MODULES = (".py", ".so", ".libs")
"""Endings of modules, and of the folders that pip installs beside them."""

DEPTH = 4
"""How many namespace packages a package may be nested in."""


def search_path() -> list[str]:
    """Return the import path of worker processes: that of this interpreter without the script's folder.

    That folder may be any current folder, with anything in it. The last entry is the folder of this package,
    which the fork server needs before it confines itself.
    """
    folders = sys.path[0 if sys.flags.safe_path else 1 :]
    own = str(Path(grader.__file__).parent.parent)
    return [*dict.fromkeys([*(os.path.abspath(folder) for folder in folders if folder), own])]  # noqa: PTH100


def mapped_files() -> dict[str, str]:
    """Return the files of editable installs of setuptools, by module, without the grader's own.

    Setuptools generates a module with a finder for each, whose `MAPPING` has the paths.
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
    """Return the paths that a worker process may read: shared libraries, modules and packages, one by one.

    This package is left out because its bundled exercises have their solutions in it. Only packages and
    folders of shared libraries are readable as a whole, so a course, results or a home folder beside one is
    not.
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
    """Yield the shared libraries in a folder, and its subfolder for this architecture."""
    more = f"{os.uname().machine}-linux-"
    for entry in _entries(folder):
        if _is_library(entry.name) or entry.name.startswith(more):
            yield entry.path


def _importable(folder: str) -> Iterator[str]:
    """Yield the readable paths of one entry of the import path, which may be a zip of modules."""
    if Path(folder).is_file():
        yield folder
    elif SECRET.isdisjoint(Path(folder).resolve().parts):
        installed = Path(folder).name in INSTALLED or any(
            entry.name.endswith(".dist-info") for entry in _entries(folder)
        )
        yield from _modules(folder, DEPTH if installed else 0)


def _modules(folder: str, depth: int = 0) -> Iterator[str]:
    """Yield the modules and packages in a folder, and in namespace packages down to a depth.

    Namespace packages have no `__init__.py`. Neither has a course.
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
    return os.path.exists(f"{folder}/{name}")  # noqa: PTH110  # called thousands of times, and twice as fast


def _is_library(name: str) -> bool:
    return name.endswith(".so") or ".so." in name


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """Return the entries of a folder; none if it cannot be read or is no folder."""
    try:
        with os.scandir(folder) as entries:
            return [*entries]
    except OSError:
        return []
