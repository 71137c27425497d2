"""The current folder of worker processes: the data files of one assignment, in a folder of their own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import time
import weakref
from collections.abc import Mapping
from pathlib import Path

PREFIX = "grader-work-"
"""The beginning of the names of these folders, and of no others."""

SETTLED = 60.0
"""Seconds after which a folder without a lock has lost its owner, and is not about to be locked."""


class WorkFolder:
    """A temporary folder; its data files can be replaced while worker processes may read it.

    It is made before the assignment is known, because a mount tree cannot get another folder later. `files`
    has the data files; student code can read nothing else in it. `cache` is for what the warm process writes
    when it imports packages. The folder is removed with this object, but not by a forked process; one whose
    owner was killed is removed when the next is made. Where there is no room for one, `files` and `cache` are
    empty, and only an assignment with data files needs it.
    """

    def __init__(self) -> None:
        self.files = self.cache = ""
        self._data: Mapping[str, bytes] = {}
        self._fault: OSError | None = None
        try:
            remove_abandoned()
            path = Path(tempfile.mkdtemp(prefix=PREFIX))
        except OSError as error:
            self._fault = error
            return
        self._removal = weakref.finalize(self, _remove, path, os.getpid(), _locked(path))
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


def remove_abandoned() -> None:
    """Remove the folders of this user whose owners were killed.

    An owner holds a lock on its folder, which ends with the process however that ends, and is known to all
    processes of the machine: those of other containers too, and whatever their ids.
    """
    before = time.time() - SETTLED
    with os.scandir(tempfile.gettempdir()) as entries:
        found = [entry for entry in entries if entry.name.startswith(PREFIX)]
    for entry in found:
        with contextlib.suppress(OSError):
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and status.st_mtime < before:
                _remove_unlocked(Path(entry.path))


def _remove_unlocked(path: Path) -> None:
    """Remove a folder that no process has locked."""
    lock = _locked(path)
    if lock is not None:
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


def _locked(path: Path) -> int | None:
    """Return a descriptor of a folder that is locked until it is closed; None if it cannot be locked."""
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # it is another's, or the file system has no locks
        os.close(lock)
        return None
    return lock


def _remove(path: Path, owner: int, lock: int | None) -> None:
    if os.getpid() == owner:
        shutil.rmtree(path, ignore_errors=True)
        if lock is not None:
            os.close(lock)
