"""Collect the modules and data files beside a source notebook."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.importers.source import Listed, SourceCell
from grader.sandbox.import_names import imported

LARGEST, LARGEST_TOGETHER = 20 << 20, 60 << 20
"""Bytes of one data file, and of all that are brought over."""

LEFT_OUT = {"__pycache__", ".ipynb_checkpoints", ".git", ".venv", "node_modules"}
NO_DATA = {".ipynb", ".pyc", ".html", ".md", ".tex", ".pdf", ".sqlite", ".db", ".zip"}
MENTION = re.compile(r"[\w./-]{1,200}\.\w{1,5}")


@dataclass(frozen=True, slots=True)
class Beside:
    """The files beside a notebook: modules that students receive, those of tests alone, and data."""

    modules: Mapping[str, str]
    helpers: Mapping[str, str]
    data: Mapping[str, bytes]
    listed: tuple[Listed, ...] = ()


def files_beside(file: Path, given: Iterable[SourceCell], tests: Iterable[str]) -> Beside:
    """Return the files beside a notebook that it may need.

    Args:
        file: the notebook.
        given: the cells that are no tests: what they import, students receive.
        tests: the texts of the tests: the modules that they mention, they alone get.

    Returns:
        the files.
    """
    sources = {
        path: text
        for path in _files(file.parent)
        if path.suffix == ".py" and _can_be_imported(path.relative_to(file.parent))
        if (text := _text(path)) is not None
    }
    named = {str(path.relative_to(file.parent)): text for path, text in sources.items()}
    students = _with_imported({root for cell in given for root in _imports(cell.source)}, named)
    mentioned = _with_imported({word for text in tests for word in re.findall(r"\w+", text)}, named)
    data, listed = _data(file.parent)
    return Beside(
        {name: text for name, text in named.items() if name in students},
        {name: text for name, text in named.items() if name in mentioned - students},
        data,
        listed,
    )


def _with_imported(roots: set[str], named: Mapping[str, str]) -> set[str]:
    """Return the paths of some modules, by the first part of their names, with those that these import."""
    found = set[str]()
    while new := {path for path in named if re.split(r"[/.]", path)[0] in roots} - found:
        found |= new
        roots = {root for path in new for root in _imports(named[path])}
    return found


def _imports(text: str) -> Iterator[str]:
    """Yield the first part of the name of each module that a text imports."""
    yield from (name.partition(".")[0] for name in imported(text))
    yield from re.findall(r"^[ \t]*(?:from|import)[ \t]+(\w+)", text, re.MULTILINE)


def _data(folder: Path) -> tuple[dict[str, bytes], tuple[Listed, ...]]:
    found: dict[str, bytes] = {}
    listed: list[Listed] = []
    together = 0
    for path in _files(folder):
        if path.suffix in NO_DATA or path.suffix == ".py":
            continue
        size = path.stat().st_size
        name = str(path.relative_to(folder))
        if size > LARGEST or together + size > LARGEST_TOGETHER:
            listed.append(Listed(0, name, "", "it is too large", f"Copy it beside the modules: {name}"))
            continue
        together += size
        found[name] = path.read_bytes()
    return found, tuple(listed)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the ordinary files below a folder, sorted; no hidden ones, and no links out of it."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in LEFT_OUT for part in parts)
        if not hidden and path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            yield path


def _can_be_imported(path: Path) -> bool:
    """Return whether a notebook can import a file: it is in no folder such as `my-tests`."""
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in path.with_suffix("").parts)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def identifier(text: str) -> str:
    """Return a text as an identifier in lower case: the name of an assignment."""
    name = re.sub(r"\W+", "_", text.lower(), flags=re.ASCII).strip("_") or "assignment"
    return f"a_{name}" if name[0].isdigit() or keyword.iskeyword(name) else name
