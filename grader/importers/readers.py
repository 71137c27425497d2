"""Find the reader of a source: by its name, or by what is in its notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from grader.importers import dlai, nbgrader, otter
from grader.importers.source import Read, Unreadable

Reader = Callable[[Path], Iterator[Read]]

READERS: Mapping[str, Reader] = {"otter": otter.read, "dlai": dlai.read, "nbgrader": nbgrader.read}
"""The readers by the name of the tool; the first one that finds something counts.

Notebooks of deeplearning.ai have cells of nbgrader too.
"""


def read(path: Path, tool: str = "auto") -> Iterator[Read]:
    """Read the source notebooks in a folder, or one notebook.

    Args:
        path: the folder or the file.
        tool: the name of the tool that it is of, or `auto`.

    Returns:
        an iterator of what was found; if nothing was, of why.
    """
    if tool != "auto":
        found = [*READERS[tool](path)]
    else:
        readers = ([*reader(path)] for reader in READERS.values())
        found = next((one for one in readers if any(not isinstance(read, Unreadable) for read in one)), [])
    if not found:
        names = " or ".join(READERS)
        yield Unreadable(
            str(path), f"there is no source notebook of {names if tool == 'auto' else tool} in it"
        )
    yield from found
