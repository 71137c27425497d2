"""The data files of an assignment: beside its provided modules, and handed out as they are."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.assignments.checksums import data_in
from grader.errors import AssignmentError
from grader.files.ordinary_files import read_ordinary

CODE = {".py", ".pyc", ".ipynb"}
"""Endings of what may have answers in it; of these, only modules are handed out, without their answers."""

LARGEST = 1 << 30
"""Bytes of one file; every process that grades keeps it in memory."""


def data_paths(folder: Path) -> dict[str, Path]:
    """Return the data files in a folder of provided modules, by their paths in it."""
    paths = (path for path in data_in(folder) if path.suffix.lower() not in CODE)
    return {path.relative_to(folder).as_posix(): path for path in paths}


def data_files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of the data files in a folder of provided modules, by their paths in it.

    Raises:
        AssignmentError: one of them cannot be read.
    """
    return {name: _bytes(path) for name, path in data_paths(folder).items()}


def _bytes(path: Path) -> bytes:
    try:
        return read_ordinary(path, LARGEST)
    except OSError as error:
        raise AssignmentError(f"{path}: {error.strerror}\n  Let it be a file that you can read.") from None


def received(folder: Path, digests: Mapping[str, str]) -> dict[str, bytes]:
    """Return the data files that a student received with a notebook.

    Args:
        folder: the folder that was handed out.
        digests: the SHA-256 of each file by its path in the folder.

    Returns:
        their bytes, by the same paths.

    Raises:
        AssignmentError: one is missing, or is not as it was handed out.
    """
    found = {}
    for name, digest in digests.items():
        path = folder / name
        if not path.absolute().is_relative_to(folder.absolute()) or ".." in path.relative_to(folder).parts:
            raise AssignmentError(f"{folder}: it is damaged\n  Get the folder again that it came in.")
        if not path.exists():
            raise AssignmentError(
                f"{path}: it came with the assignment and is missing\n"
                "  Put it back: it is in the folder or zip that you received the notebook in."
            )
        found[name] = _bytes(path)
        if sha256_of(found[name]) != digest:
            raise AssignmentError(
                f"{path}: it is not as it came with the assignment, and your mark is computed with that\n"
                "  Put the file back from the folder or zip that you received the notebook in."
            )
    return found


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def data_at_hand(folder: Path) -> Iterator[None]:
    """Make a folder the current one if it has data files: an instructor's code reads them as notebooks do."""
    with contextlib.chdir(folder) if data_paths(folder) else contextlib.nullcontext():
        yield
