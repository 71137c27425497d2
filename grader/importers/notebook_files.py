"""Read notebook files, each by what a reader makes of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.errors import UnreadableError
from grader.importers.source import Read, Unreadable
from grader.notebooks.reader import read_notebook


def notebooks_below(path: Path) -> list[Path]:
    """Return the notebooks in a folder and those below it, or the file that is named."""
    return [path] if path.is_file() else sorted(one for one in path.rglob("*.ipynb") if one.is_file())


def read_each(
    files: Iterable[Path], read_one: Callable[[Path, Mapping[str, Any]], Read | None], otherwise: str
) -> Iterator[Read]:
    """Read notebooks.

    Args:
        files: their files.
        read_one: makes a source of a notebook; None if it is not of the reader's tool.
        otherwise: what to say of one that is not; "" to pass over it.

    Returns:
        an iterator of sources, or of what is wrong with each.
    """
    for file in files:
        try:
            notebook = read_notebook(file.read_bytes())
        except (OSError, UnreadableError) as error:
            yield Unreadable(str(file), str(error))
            continue
        found = read_one(file, notebook)
        if found is not None:
            yield found
        elif otherwise:
            yield Unreadable(str(file), otherwise)
