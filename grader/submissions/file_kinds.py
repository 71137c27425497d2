"""Classify files by name: notebook, script, other document, data, or no student's."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import IntEnum


class Kind(IntEnum):
    """What a file may be to a grader; of one student's files, those of the greatest kind are graded.

    `DATA` may be beside anybody's work; `DOCUMENT` is what students send instead of a notebook; `HELPER` is a
    script written to be imported.
    """

    DATA = 0
    DOCUMENT = 1
    HELPER = 2
    SCRIPT = 3
    NOTEBOOK = 4


# With the suffixes that browsers and mail programs add: x.ipynb.txt, x.ipynb (1), x.ipynb(1).json.
_NOTEBOOK = re.compile(r"(?i)\.ipynb(?:\.txt|\.json|\.download|[ _]?\([0-9]{1,3}\)){0,3}")
_NUMBER = re.compile(r"[ _]?\([0-9]{1,3}\)")
_AGAIN = re.compile(r"-[0-9]{1,3}\Z")
_ENDING = re.compile(r"[A-Za-z0-9]{1,12}")
_COPY = re.compile(
    r"(?i)(?:copy of |kopie von |copie de |copia de )?(.+?)"
    r"(?:[ _-]?\([0-9]{1,3}\)| ?- ?copy| copy| ?- ?kopie)?"
)
_HELPER = re.compile(
    r"(?i).*_?(?:utils?(?:_v[0-9]+\w*)?|helpers?|test_?cases?\w*|public_tests?|conftest|setup|__init__)|test_.*"
)

_LONGEST = 255  # of names in a file system; names in a zip can be long enough to make a match slow

_ARCHIVES = frozenset({".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".tar.gz", ".tar.bz2", ".tar.xz"})
_PAGES = frozenset({".html", ".htm", ".mhtml", ".webarchive"})
_DOCUMENTS = _ARCHIVES | _PAGES | {
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".tex", ".zip", ".url", ".webloc", ".gdoc",
    ".r", ".rmd", ".qmd", ".m", ".jl", ".java", ".c", ".cpp", ".js",
}  # fmt: skip
_MAY_BE_A_NOTEBOOK = frozenset({"", ".json", ".txt"})
_SYSTEMS = frozenset(
    {
        "thumbs.db",
        "desktop.ini",
        "icon\r",
        "__macosx",
        "__pycache__",
        "node_modules",
        "submission_metadata.yml",
        "timestamp.txt",
    }
)
_NOBODYS = frozenset({
    "readme", "license", "licence", "index", "instructions", "syllabus", "assignment", "roster", "grades",
    "data", "dataset", "datasets", "images", "image", "img", "figures", "figs", "docs", "doc", "src", "lib",
    "utils", "helpers", "tests", "solutions", "solution", "templates", "assets",
})  # fmt: skip


def kind_of(name: str) -> Kind:
    """Return the kind of a file, as far as its name says."""
    if _notebook_ending(name):
        return Kind.NOTEBOOK
    ending = ending_of(name)
    if ending == ".py":
        is_helper = len(name) < _LONGEST and _HELPER.fullmatch(name[:-3])
        return Kind.HELPER if is_helper else Kind.SCRIPT
    return Kind.DOCUMENT if ending in _DOCUMENTS else Kind.DATA


def is_module(stem: str, modules: Collection[str], *, prefixed: bool) -> bool:
    """Return whether a script is a copy of a module that the assignment provides.

    Args:
        stem: its name without extension.
        modules: the names of the modules.
        prefixed: whether a learning system put something before its name.

    Returns:
        True if it is one of them.
    """
    name = _AGAIN.sub("", original(stem)) if prefixed else original(stem)
    return name in modules or (prefixed and any(name.endswith((f"_{m}", f" - {m}")) for m in modules))


def is_in_package(names: Sequence[str], modules: Collection[str]) -> bool:
    """Return whether a script is a copy of a module in a package that the assignment provides.

    Args:
        names: the names of its folders and its own.
        modules: the names of the modules.

    Returns:
        True if its folders are those of the package.
    """
    stem = original(names[-1].removesuffix(".py"))
    parts = [*names[:-1], *([] if stem == "__init__" else [stem])]
    dotted = [module.split(".") for module in modules if "." in module or stem == "__init__"]
    return any(parts[-len(module) :] == module for module in dotted)


def may_be_a_notebook(name: str) -> bool:
    """Return whether only the content of a file shows if it is a notebook."""
    return ending_of(name) in _MAY_BE_A_NOTEBOOK


def is_notebook(data: bytes) -> bool:
    """Return whether bytes are a notebook rather than other JSON or text."""
    start = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not start.startswith(b"{"):
        return False
    plain = data.replace(b"\0", b"") if b"\0" in data else data
    return b'"nbformat"' in plain and (b'"cells"' in plain or b'"worksheets"' in plain)


def is_hidden(name: str) -> bool:
    """Return whether a file or folder is an operating system's or a program's, and not a submission."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEMS


def is_nobodys(name: str) -> bool:
    """Return whether a name is usual for files beside the work of a class, such as `README`."""
    return stem_of(name).casefold() in _NOBODYS


def ending_of(name: str) -> str:
    """Return the extension of a name in lower case, with its dot; empty if there is none."""
    stem, _, last = name.rpartition(".")
    if not stem or not _ENDING.fullmatch(last):
        return ""
    tar = ".tar" if stem.lower().endswith(".tar") else ""
    return f"{tar}.{last.lower()}"


def stem_of(name: str) -> str:
    """Return a name without its kind's extension: `hw` of `hw.ipynb.txt`, `hw (1)` of `hw.ipynb (1)`."""
    if start := _notebook_ending(name):
        return name[:start] + "".join(_NUMBER.findall(name, start))
    ending = ending_of(name)
    return name[: -len(ending)] if ending else name


def folder_stem(name: str) -> str:
    """Return the name of a folder, or of a zip without its extension."""
    return name[:-4] if name.lower().endswith(".zip") else name


def original(stem: str) -> str:
    """Return a stem without the mark of a copy: `ian` of `ian (1)` and of `Copy of ian`."""
    match = _COPY.fullmatch(stem) if len(stem) < _LONGEST else None
    return match[1] if match else stem


def _notebook_ending(name: str) -> int:
    """Return the index of a notebook's extension in a name, or 0."""
    start = name.lower().rfind(".ipynb")
    return start if start > 0 and _NOTEBOOK.fullmatch(name, start) else 0


def not_a_notebook(name: str) -> str:
    """Return the message on a file that was sent instead of a notebook, with advice."""
    ending = ending_of(name)
    if ending in _ARCHIVES:
        return (
            f"not a notebook, and {ending} archives are not opened. Send the .ipynb itself, or a .zip of it."
        )
    if ending == ".zip":
        return "a zip without a notebook in it. Send the .ipynb."
    if name.lower().endswith("onlinetext.html"):
        return "what was typed into the text field; no file was sent. Send the .ipynb."
    if ending in _PAGES:
        return "not a notebook but a web page. Send the .ipynb: in Jupyter, File > Download."
    return "not a notebook. Send the .ipynb: in Jupyter, File > Download."
