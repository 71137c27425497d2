"""The current folder of worker processes: the data files of one assignment, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path


class WorkFolder:
    """A temporary folder; its data files can be replaced while worker processes may read it.

    It is made before the assignment is known, because a mount tree cannot get another folder later. `files`
    has the data files; student code can read nothing else in it. `cache` is for what the warm process writes
    when it imports packages. The folder is removed with this object, but not by a forked process. Where there
    is no room for one, `files` and `cache` are empty, and only an assignment with data files needs it.
    """

    def __init__(self) -> None:
        self.files = self.cache = ""
        self._data: Mapping[str, bytes] = {}
        self._fault: OSError | None = None
        try:
            path = Path(tempfile.mkdtemp(prefix="grader-"))
        except OSError as error:
            self._fault = error
            return
        self._removal = weakref.finalize(self, _remove, path, os.getpid())
        self.files, self.cache = str(path / "files"), str(path / "cache")
        Path(self.files).mkdir()
        Path(self.cache).mkdir(0o700)
        for folder in (path, self.files):
            Path(folder).chmod(0o755)  # worker processes may be another user's

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        if not self._fault:
            self._removal()

    def furnish(self, data: Mapping[str, bytes]) -> None:
        """Let the folder have these files and no others.

        Args:
            data: the bytes of each file by its path in the folder, with slashes.

        Raises:
            OSError: there is no room for them.
        """
        if data is self._data or data == self._data:
            return
        if self._fault:
            raise self._fault
        files = Path(self.files)
        for entry in files.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        for name, content in data.items():
            path = files / name
            for folder in reversed(path.relative_to(files).parents[:-1]):
                (files / folder).mkdir(exist_ok=True)
                (files / folder).chmod(0o755)
            path.write_bytes(content)
            path.chmod(0o444)
        self._data = data


def _remove(path: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(path, ignore_errors=True)
