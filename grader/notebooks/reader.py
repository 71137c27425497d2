"""Read the bytes of a notebook as its code cells, trusting no byte of a student's file."""

from __future__ import annotations

import functools
import json
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from grader.errors import UnreadableError
from grader.models.budget import BUDGET
from grader.models.submission import Cell
from grader.notebooks.wrong_files import ANOTHER_COPY, kind_of, not_json, wrong_encoding

MAX_BYTES = BUDGET.file
MAX_CELLS = BUDGET.cells
MAX_CODE = BUDGET.code
OTHER = ("markdown", "raw")
"""The kinds of cells that are not run."""

HOLDS_FUNCTION = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(", re.MULTILINE)
HEADING = re.compile(r"^ {0,3}#[ \t]++(.+)$", re.MULTILINE)
NO_NOTEBOOK = f"it is JSON, but not a notebook. {ANOTHER_COPY}"
TOO_DEEP = "it is nested too deeply to be a notebook."


def read_cells(data: bytes, *, needs_code: bool = True) -> tuple[Cell, ...]:
    """Return the code cells of a notebook of any nbformat, and others that have a function in their text.

    Args:
        data: the bytes of the file.
        needs_code: whether a notebook without code is no submission; of questions alone, it is one.

    Returns:
        the cells.

    Raises:
        UnreadableError: the bytes are not such a notebook; the message says what they are.
    """
    code = _code(_text(data))
    if needs_code and not any(cell.kind == "code" and cell.source.strip() for cell in code):
        raise UnreadableError("it has no code cells.")
    if sum(len(cell.source) for cell in code) > MAX_CODE:
        raise UnreadableError(f"its code is larger than {MAX_CODE >> 10} kB.")
    return code


def read_notebook(data: bytes) -> dict[str, Any]:
    """Return a notebook of any nbformat as one of nbformat 4 whose cells are objects.

    It is not validated: what outputs declare, extra fields and repeated ids do not matter.

    Raises:
        UnreadableError: the bytes are not a notebook; the message says what they are.
    """
    return _checked(_text(data))


def read_headings(data: bytes) -> tuple[str, ...]:
    """Return the headings of the first level in the text of a notebook.

    Raises:
        UnreadableError: the bytes are not a notebook; the message says what they are.
    """
    text = _text(data)
    try:
        cells = [(cell.cell_type, cell.source) for cell in _DECODER.decode(text).cells]
        sources = [_source(_decoded(bytes(spelled).decode())) for kind, spelled in cells if kind in OTHER]
    except (msgspec.DecodeError, RecursionError):
        others = [cell for cell in _checked(text)["cells"] if cell.get("cell_type") in OTHER]
        sources = [_source(cell.get("source")) for cell in others]
    return tuple(heading for source in sources if source for heading in HEADING.findall(source))


def _checked(text: str) -> dict[str, Any]:
    notebook = _parsed(text)
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise UnreadableError(NO_NOTEBOOK)
    _check_number(cells)
    return notebook


def _check_number(cells: Sequence[object]) -> None:
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"it has {len(cells)} cells; at most {MAX_CELLS} are read.")


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"it is larger than {MAX_BYTES >> 20} MB. Clear its outputs and save it again.")
    if kind := kind_of(data):
        raise UnreadableError(kind)
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise UnreadableError(wrong_encoding(data, error)) from None
    if not text:
        raise UnreadableError(f"it is empty. {ANOTHER_COPY}")
    return text


def _parsed(text: str) -> dict[str, Any]:
    """Parse JSON and return the notebook as nbformat 4."""
    try:
        notebook = _decoded(text)
    except ValueError as error:
        raise UnreadableError(not_json(text, error)) from None
    except RecursionError:
        raise UnreadableError(TOO_DEEP) from None
    if isinstance(notebook, dict) and (notebook.get("nbformat") == 4 or _is_as_4(notebook)):
        return notebook
    if isinstance(notebook, str) and notebook.lstrip().startswith("{"):
        raise UnreadableError(f"it is a notebook in quotation marks: it was saved as a text. {ANOTHER_COPY}")
    return _upgraded(text)


def _is_as_4(notebook: Mapping[str, Any]) -> bool:
    """Return whether a notebook that declares no format has cells as only nbformat 4 does."""
    cells = notebook.get("cells")
    return (
        notebook.get("nbformat") is None
        and isinstance(cells, list)
        and any(isinstance(cell, dict) and "cell_type" in cell and "source" in cell for cell in cells)
    )


def _decoded(text: str) -> Any:
    """Decode JSON. `msgspec` takes a third of the time, and refuses some of what Python writes, as NaN."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return json.loads(text)


def _upgraded(text: str) -> dict[str, Any]:
    """Return a notebook of an earlier format as nbformat 4."""
    import nbformat  # lazy: slow to import and rarely needed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # validity does not matter here
            upgraded: dict[str, Any] = nbformat.convert(nbformat.reader.reads(text), 4)
            return upgraded
    except RecursionError:
        raise UnreadableError(TOO_DEEP) from None
    except Exception:  # noqa: BLE001  # converters raise whatever a broken file makes them
        raise UnreadableError(NO_NOTEBOOK) from None


# ---------------------------------------------------------------- code


class _Cell(msgspec.Struct):
    """A cell of nbformat 4, with its source and metadata still encoded."""

    cell_type: str = ""
    source: msgspec.Raw = msgspec.Raw(b"null")
    metadata: msgspec.Raw = msgspec.Raw(b"null")


class _Notebook(msgspec.Struct):
    """A notebook of nbformat 4 without its outputs."""

    nbformat: Literal[4]
    cells: list[_Cell]


_DECODER = msgspec.json.Decoder(_Notebook)


def _code(text: str) -> tuple[Cell, ...]:
    """Return the code cells. Usually neither outputs nor cells that were read before are decoded."""
    try:
        cells = _DECODER.decode(text).cells
    except (msgspec.DecodeError, RecursionError):
        return _unusual_code(_checked(text)["cells"])
    _check_number(cells)
    return tuple(
        [
            _cell(i, cell.cell_type, _known_source(bytes(cell.source)), *_known_grading(bytes(cell.metadata)))
            for i, cell in enumerate(cells, 1)
            if cell.cell_type == "code" or (b"def " in bytes(cell.source) and _matters(cell))
        ]
    )


def _unusual_code(cells: Iterable[Mapping[str, Any]]) -> tuple[Cell, ...]:
    read = [(cell, cell.get("cell_type"), _source(cell.get("source"))) for cell in cells]
    return tuple(
        [
            _cell(i, str(kind), source, *grading(cell.get("metadata")))
            for i, (cell, kind, source) in enumerate(read, 1)
            if kind == "code" or _should_be_code(kind, source)
        ]
    )


def _matters(cell: _Cell) -> bool:
    return _should_be_code(cell.cell_type, _known_source(bytes(cell.source)))


def _should_be_code(kind: object, source: str | None) -> bool:
    """Return whether a cell that is not run has a function in its text."""
    return kind in OTHER and source is not None and HOLDS_FUNCTION.search(source) is not None


def _cell(number: int, kind: str, source: str | None, grade_id: str | None, locked: bool) -> Cell:
    return Cell(number, source or "", grade_id, locked, kind if source is not None else "")


@functools.lru_cache(maxsize=2048)
def _known_source(spelled: bytes) -> str | None:
    return _source(_decoded(spelled.decode()))


def _source(source: object) -> str | None:
    text = joined(source)
    return text if text is None else plain(text)


@functools.lru_cache(maxsize=256)
def _known_grading(spelled: bytes) -> tuple[str | None, bool]:
    return grading(_decoded(spelled.decode()))


def grading(metadata: object) -> tuple[str | None, bool]:
    """Read what nbgrader keeps of a cell.

    Args:
        metadata: the metadata of the cell.

    Returns:
        its nbgrader id, if it has one, and whether it is locked, as each test is.
    """
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if not isinstance(nbgrader, dict):
        return None, False
    grade_id = nbgrader.get("grade_id")
    ours = nbgrader.get("locked") is True or nbgrader.get("grade") is True
    locked = ours and nbgrader.get("solution") is not True
    return (grade_id if isinstance(grade_id, str) else None), locked


def joined(text: object) -> str | None:
    """Return a text of a notebook, which may be a list of lines; None if it is no text."""
    if isinstance(text, str):
        return text
    try:
        return "".join(text) if isinstance(text, list) else None
    except TypeError:
        return None


def plain(source: str) -> str:
    """Return source with Python's line ends, and without characters that UTF-8 cannot encode."""
    text = source if source.isascii() else source.encode("utf-8", "replace").decode().removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")
