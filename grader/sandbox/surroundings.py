"""What of this machine a child may see: what the running interpreter imports from, but not the grader."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Collection, Iterator
from importlib.machinery import all_suffixes
from pathlib import Path

import grader

SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
)
INSTALLED = {"site-packages", "dist-packages"}
"""What folders of installed packages are called; one that has pip's notes in it is another.

Of other places to import from, as of PYTHONPATH, only packages and modules are read: all else may lie there.
"""

SECRET = {"solutions", "testcases"}
"""Folders of a course, which may itself be such a place."""

MODULES = {".py", ".so", ".libs"}
"""How they end, with what pip puts beside them."""


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
    """What a child may read: shared libraries, the standard library, and what is installed but this package.

    This package is left out because the exercises that come with it have their solutions in it.
    """
    stdlib = Path(sysconfig.get_path("stdlib"))
    folders = {*map(Path, search_path())} - {stdlib, stdlib / "lib-dynload"}
    perhaps = (stdlib / "site-packages", *folders)
    apart = {folder.resolve() for folder in perhaps if any(folder.glob(f"{grader.__name__}*"))}
    found = {path for root in (*map(Path, SYSTEM), stdlib) for path in _around(root, apart)}
    found.update(stdlib.parent.glob("lib*.so*"))
    found.update(path for folder in folders if folder.exists() for path in _importable(folder))
    mapped = map(Path, mapped_files().values())
    found.update(file.parent if file.name == "__init__.py" else file for file in mapped)
    return sorted(map(str, found))


def _around(path: Path, apart: Collection[Path]) -> Iterator[Path]:
    """A path, or else what is in it beside the folders that are apart."""
    real = path.resolve()
    if real in apart:
        return
    if not any(folder.is_relative_to(real) for folder in apart):
        yield path
        return
    for entry in path.iterdir():
        yield from _around(entry, apart)


def _importable(folder: Path) -> Iterator[Path]:
    """What of a folder may be read, or a zip of modules itself."""
    if not folder.is_dir():
        yield folder
        return
    entries = [entry for entry in folder.iterdir() if not entry.name.startswith((grader.__name__, "__", "."))]
    installed = folder.name in INSTALLED or any(entry.suffix == ".dist-info" for entry in entries)
    if installed:
        yield from (entry for entry in entries if entry.suffix not in (".dist-info", ".egg-info", ".pth"))
    elif SECRET.isdisjoint(folder.resolve().parts):
        yield from (entry for entry in entries if entry.name not in SECRET and _is_module(entry))


def _is_module(entry: Path) -> bool:
    return entry.suffix in MODULES or (entry / "__init__.py").exists()
