"""The digest of the files that define an assignment, data files among them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

VERSIONS = ("broken", "accepted")
"""Folders of test cases that hold other solutions, which no test case is made of."""


def sources_sha256(written: Sequence[Path], folders: Iterable[Path]) -> str:
    """The SHA-256 of files and of the data in folders: their bytes, a zero byte between two.

    Args:
        written: the files that an assignment has to have, in their order.
        folders: where modules and generators find their data; what is in `written` counts once.
    """
    sha256 = hashlib.sha256()
    data = [path for folder in folders for path in data_in(folder) if path not in written]
    for number, path in enumerate([*written, *data]):
        sha256.update(b"\0" * (number > 0) + path.read_bytes())
    return sha256.hexdigest()


def data_in(folder: Path) -> Iterator[Path]:
    """The files in a folder, sorted; without other solutions, and without what programs leave behind."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        left_behind = any(part.startswith((".", "__pycache__")) for part in parts)
        if path.is_file() and not left_behind and parts[0] not in VERSIONS:
            yield path
