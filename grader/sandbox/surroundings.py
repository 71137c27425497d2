"""What of this machine a child may see: the standard library and what is installed, but not the grader."""

from __future__ import annotations

import sys
import sysconfig
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


def search_path() -> list[str]:
    """Where the zygote finds NumPy and this package, before it shuts itself in."""
    return [*map(str, _site_packages()), str(Path(grader.__file__).parent.parent)]


def readable_paths() -> list[str]:
    """What a child may read: shared libraries, the standard library, and each installed package but this one.

    This package is left out because the exercises that come with it have their solutions in it.
    """
    libraries = Path(sysconfig.get_path("stdlib")).parent
    packages = [
        entry
        for folder in _site_packages()
        for entry in folder.iterdir()
        if not entry.name.startswith((grader.__name__, "_", "."))
        and entry.suffix not in (".dist-info", ".pth")
    ]
    stdlib = [
        entry for entry in Path(sysconfig.get_path("stdlib")).iterdir() if entry.name != "site-packages"
    ]
    shared = sorted(libraries.glob("libpython*"))
    return [*SYSTEM, *map(str, sorted([*shared, *stdlib, *packages]))]


def _site_packages() -> list[Path]:
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return sorted(Path(folder) for folder in folders if folder not in sys.base_prefix)
