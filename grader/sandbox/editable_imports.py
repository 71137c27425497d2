"""Imports packages from where they are developed, as the finders of setuptools do elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from types import ModuleType


class Mapped:
    """Finds top-level modules by the files that have them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  # as every finder
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Where a module is, if it is one of these."""
        file = self._files.get(fullname)
        return spec_from_file_location(fullname, file) if file else None


def follow(files: Mapping[str, str]) -> None:
    """Let this process import these modules from now on."""
    if files:
        sys.meta_path.append(Mapped(files))
