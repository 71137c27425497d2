"""What kind of file a name is that of: a notebook, a script, another document, data, or nobody's."""

from __future__ import annotations

import re
from enum import IntEnum


class Kind(IntEnum):
    """What a file may be to a grader; of one student's files, those of the greatest kind are graded.

    `DATA` may lie beside the work of anybody; `DOCUMENT` is what students send in place of a notebook;
    `HELPER` is a script that is written to be imported.
    """

    DATA = 0
    DOCUMENT = 1
    HELPER = 2
    SCRIPT = 3
    NOTEBOOK = 4


# With what browsers and mail programs add to it: x.ipynb.txt, x.ipynb (1), x.ipynb(1).json.
_NOTEBOOK = re.compile(r"(?i)\.ipynb(?:\.txt|\.json|\.download|[ _]?\([0-9]{1,3}\)){0,3}")
_NUMBER = re.compile(r"[ _]?\([0-9]{1,3}\)")
_ENDING = re.compile(r"[A-Za-z0-9]{1,12}")
_COPY = re.compile(
    r"(?i)(?:copy of |kopie von |copie de |copia de )?(.+?)"
    r"(?:[ _-]?\([0-9]{1,3}\)| ?- ?copy| copy| ?- ?kopie)?"
)
_HELPER = re.compile(
    r"(?i).*_?(?:utils?(?:_v[0-9]+\w*)?|helpers?|test_?cases?\w*|public_tests?|conftest|setup|__init__)|test_.*"
)

_LONGEST = 255  # of names in a file system; those in a zip can be long enough to keep an expression busy

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
    """The kind of a file, as far as its name says."""
    if _notebook_ending(name):
        return Kind.NOTEBOOK
    ending = ending_of(name)
    if ending == ".py":
        is_helper = len(name) < _LONGEST and _HELPER.fullmatch(name[:-3])
        return Kind.HELPER if is_helper else Kind.SCRIPT
    return Kind.DOCUMENT if ending in _DOCUMENTS else Kind.DATA


def may_be_a_notebook(name: str) -> bool:
    """Whether only the content of a file says if it is a notebook."""
    return ending_of(name) in _MAY_BE_A_NOTEBOOK


def is_notebook(data: bytes) -> bool:
    """Whether bytes are those of a notebook rather than of other JSON or text."""
    start = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not start.startswith(b"{"):
        return False
    plain = data.replace(b"\0", b"") if b"\0" in data else data
    return b'"nbformat"' in plain and (b'"cells"' in plain or b'"worksheets"' in plain)


def is_hidden(name: str) -> bool:
    """Whether a file or folder is an operating system's or a program's own: nobody handed it in."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEMS


def is_nobodys(name: str) -> bool:
    """Whether a file or folder is called as those are that lie beside the work of a class."""
    return stem_of(name).casefold() in _NOBODYS


def ending_of(name: str) -> str:
    """The ending of a name in small letters, with its dot; empty when there is none."""
    stem, _, last = name.rpartition(".")
    if not stem or not _ENDING.fullmatch(last):
        return ""
    tar = ".tar" if stem.lower().endswith(".tar") else ""
    return f"{tar}.{last.lower()}"


def stem_of(name: str) -> str:
    """A name without the ending of its kind: `hw` of `hw.ipynb.txt`, `hw (1)` of `hw.ipynb (1)`."""
    if start := _notebook_ending(name):
        return name[:start] + "".join(_NUMBER.findall(name, start))
    ending = ending_of(name)
    return name[: -len(ending)] if ending else name


def folder_stem(name: str) -> str:
    """The name of a folder, or of a zip without its ending."""
    return name[:-4] if name.lower().endswith(".zip") else name


def original(stem: str) -> str:
    """A stem without what marks a copy: `ian` of `ian (1)` and of `Copy of ian`."""
    match = _COPY.fullmatch(stem) if len(stem) < _LONGEST else None
    return match[1] if match else stem


def _notebook_ending(name: str) -> int:
    """Where the ending of a notebook begins; 0 when there is none."""
    start = name.lower().rfind(".ipynb")
    return start if start > 0 and _NOTEBOOK.fullmatch(name, start) else 0


def not_a_notebook(name: str) -> str:
    """The sentences on a file that was sent in place of a notebook, with what to do."""
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
