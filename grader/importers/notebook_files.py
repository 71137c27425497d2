"""Read notebook files, each by what a reader makes of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.errors import UnreadableError
from grader.importers.source import Read, Unreadable
from grader.notebooks.reader import read_notebook
from grader.notebooks.wrong_files import ANOTHER_COPY

NOT_SOURCES = {
    "release", "submitted", "autograded", "feedback", "downloaded", "dist", ".ipynb_checkpoints",
}  # fmt: skip
"""Folders of a course whose notebooks are no sources: nbgrader's, that of `otter assign`, Jupyter's."""

SAVE_AGAIN = "Open it where it was written, and save it again."
"""What to do with a broken notebook of one's own, which was not sent by anybody."""


def notebooks_below(path: Path) -> list[Path]:
    """Return the source notebooks in a folder and those below it, or the file that is named."""
    if path.is_file():
        return [path]
    found = sorted(one for one in path.rglob("*.ipynb") if one.is_file())
    return [one for one in found if NOT_SOURCES.isdisjoint(one.relative_to(path).parts)]


def read_each(
    files: Iterable[Path], read_one: Callable[[Path, Mapping[str, Any]], Read | None]
) -> Iterator[Read]:
    """Read notebooks.

    Args:
        files: their files.
        read_one: makes a source of a notebook; None if it is not of the reader's tool.

    Returns:
        an iterator of sources, or of what is wrong with each.
    """
    for file in files:
        try:
            notebook = read_notebook(file.read_bytes())
        except (OSError, UnreadableError) as error:
            yield Unreadable(str(file), str(error).replace(ANOTHER_COPY, SAVE_AGAIN))
            continue
        if (found := read_one(file, notebook)) is not None:
            yield found
