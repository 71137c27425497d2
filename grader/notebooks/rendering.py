"""Convert a notebook to plain values for display, its Markdown to inert HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from grader.errors import UnreadableError
from grader.models.budget import BUDGET, Budget
from grader.models.rendered_cell import Picture, ShownCell
from grader.notebooks.limited_process import limited
from grader.notebooks.reader import joined, read_notebook

AS_WRITTEN = "Its texts are shown as they are written: to make a page of them takes more than {} s or {} MB."
_BASE64 = re.compile(r"[A-Za-z0-9+/]++={0,2}")
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,20}m")


def shown_cells(data: bytes, budget: Budget = BUDGET) -> tuple[list[ShownCell], str]:
    """Return the cells of a notebook for display.

    Of outputs there are text, tracebacks and raster images. All else that a student may have put into the
    file is left out: HTML, SVG, JavaScript, widgets, attachments, raw cells.

    Args:
        data: the bytes of the notebook.
        budget: the limits for rendering its Markdown.

    Returns:
        the cells, and a note on how they are shown; empty if there is none.

    Raises:
        UnreadableError: the bytes are not a notebook.
    """
    cells = [_shown_cell(i, cell) for i, cell in enumerate(read_notebook(data)["cells"], 1)]
    texts = [cell.source.encode("utf-8", "replace").decode() for cell in cells if not cell.is_code]
    if not any(texts):
        return cells, ""
    try:
        made = limited("grader.notebooks.markdown:prose", msgspec.json.encode(texts), budget)
    except UnreadableError:
        return cells, AS_WRITTEN.format(f"{budget.work_seconds:g}", budget.work_memory >> 20)
    prose = iter(msgspec.json.decode(made, type=list[str]))
    return [cell if cell.is_code else replace(cell, prose=next(prose)) for cell in cells], ""


def _shown_cell(number: int, cell: Mapping[str, Any]) -> ShownCell:
    """Return a cell with its text and its plain outputs."""
    source = joined(cell.get("source")) or ""
    if cell.get("cell_type") != "code":
        return ShownCell(number, False, source if cell.get("cell_type") == "markdown" else "")
    outputs = cell.get("outputs")
    shown = [part for output in (outputs if isinstance(outputs, list) else []) for part in _plain(output)]
    count = cell.get("execution_count")
    label = f"In [{count if type(count) is int else ' '}]"
    return ShownCell(number, True, source, outputs=tuple(shown), label=label)


def _plain(output: object) -> Iterator[str | Picture]:
    """Yield the text or image of an output."""
    if not isinstance(output, dict):
        return
    trace, data = output.get("traceback"), output.get("data")
    if output.get("output_type") == "stream":
        yield _COLOUR.sub("", joined(output.get("text")) or "")
    elif isinstance(trace, list):
        yield _COLOUR.sub("", "\n".join(map(str, trace)))
    elif isinstance(data, dict):
        picture = _picture("image/png", data) or _picture("image/jpeg", data)
        text = joined(data.get("text/plain"))
        if picture or text:
            yield picture or _COLOUR.sub("", text or "")


def _picture(kind: str, data: Mapping[str, Any]) -> Picture | None:
    content = "".join((joined(data.get(kind)) or "").split())
    return Picture(f"data:{kind};base64,{content}") if _BASE64.fullmatch(content) else None
