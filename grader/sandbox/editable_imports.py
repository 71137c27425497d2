"""Import packages from their development folders, as setuptools' finders for editable installs do."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from types import ModuleType


class Mapped:
    """A meta path finder with a table of top-level modules and their files."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  # the protocol of finders
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """See base class, `importlib.abc.MetaPathFinder`."""
        file = self._files.get(fullname)
        return spec_from_file_location(fullname, file) if file else None


def follow(files: Mapping[str, str]) -> None:
    """Install a finder for these modules in this process."""
    if files:
        sys.meta_path.append(Mapped(files))
