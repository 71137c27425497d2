"""Find the reader of a source: by its name, or by what is in its notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from grader.importers import dlai, nbgrader, otter
from grader.importers.source import Read, SourceNotebook, Unreadable

Reader = Callable[[Path], Iterator[Read]]

READERS: Mapping[str, Reader] = {"otter": otter.read, "dlai": dlai.read, "nbgrader": nbgrader.read}
"""The readers by the name of the tool; the first one that makes a source of a notebook counts.

Notebooks of deeplearning.ai have cells of nbgrader too.
"""

ADVICE = "Name the notebooks with the answers, which the other grader makes those of students from."


def read(path: Path, tool: str = "auto") -> Iterator[Read]:
    """Read the source notebooks in a folder, or one notebook.

    Args:
        path: the folder or the file.
        tool: the name of the tool that it is of, or `auto`: each notebook by the first that knows it.

    Returns:
        an iterator of what was found; if nothing was, of why.
    """
    readers = READERS.values() if tool == "auto" else [READERS[tool]]
    found: dict[str, Read] = {}
    for one in (one for reader in readers for one in reader(path)):
        if isinstance(found.setdefault(one.path, one), Unreadable):
            found[one.path] = one if isinstance(one, SourceNotebook) else found[one.path]
    if not found:
        names = " or ".join(READERS) if tool == "auto" else tool
        yield Unreadable(str(path), f"there is no source notebook of {names} in it\n  {ADVICE}")
    yield from (found[name] for name in sorted(found))
