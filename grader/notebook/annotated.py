"""A copy of a student's notebook with remarks between its cells, and what it shows as inert HTML."""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import bleach
import nbformat
from nbconvert import HTMLExporter

from grader.errors import UnreadableError
from grader.notebook.reading import joined, read_notebook

_TAGS = frozenset(
    {
        "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1",
        "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre",
        "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_PROTOCOLS = frozenset({"http", "https", "mailto", "data"})
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_PLAIN_PYTHON = {"language_info": {"name": "python", "pygments_lexer": "python"}}
"""The lexer that is always there; IPython's may not be."""


def annotated(data: bytes, opening: str, remarks: Mapping[int, str]) -> bytes:
    """Return a notebook, as nbformat 4, with Markdown cells put between its own, which stay as they are.

    Args:
        data: the bytes of the notebook.
        opening: what stands before its first cell.
        remarks: what stands behind a cell, by its number from 1.

    Raises:
        UnreadableError: the bytes are not a notebook.
    """
    notebook = read_notebook(data)
    notebook["cells"] = list(_with_remarks(notebook, opening, remarks))
    return json.dumps(notebook, indent=1).encode() + b"\n"


def notebook_html(data: bytes, opening: str, remarks: Mapping[int, str]) -> str:
    """Return what `annotated` shows as HTML to stand in a `main`: no script, no style, nothing remote.

    Of outputs it shows text, tracebacks and pixel pictures. All else that a student may have put into the
    file is left out: HTML, SVG, JavaScript, widgets, attachments, raw cells. Of the whole, harmless
    elements and attributes are kept.

    Raises:
        UnreadableError: the bytes are not a notebook, or nbconvert makes nothing of it.
    """
    cells = list(map(_shown_cell, read_notebook(data)["cells"]))
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=_PLAIN_PYTHON)
    notebook.cells = [nbformat.from_dict(cell) for cell in _with_remarks(notebook, opening, remarks)]
    try:
        body, _ = _exporter().from_notebook_node(notebook)
    except Exception as error:  # noqa: BLE001  # whatever a student's Markdown makes it raise
        raise UnreadableError(f"it cannot be shown as a page ({type(error).__name__}).") from None
    return str(bleach.clean(body, tags=_TAGS, attributes=_is_harmless, protocols=_PROTOCOLS, strip=True))


@functools.cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(template_name="basic", exclude_anchor_links=True)


def _with_remarks(notebook: Mapping[str, Any], opening: str, remarks: Mapping[int, str]) -> Iterator[Any]:
    taken = {str(cell.get("id")) for cell in notebook["cells"]}
    ids = (name for i in itertools.count(1) if (name := f"feedback-{i}") not in taken)
    minor = notebook.get("nbformat_minor")
    has_ids = isinstance(minor, int) and minor >= 5

    def remark(text: str) -> dict[str, Any]:
        cell = {"cell_type": "markdown", "metadata": {"tags": ["feedback"]}, "source": text}
        return {**cell, "id": next(ids)} if has_ids else cell

    yield remark(opening)
    for number, cell in enumerate(notebook["cells"], 1):
        yield cell
        if number in remarks:
            yield remark(remarks[number])


# ---------------------------------------------------------------- what is shown


def _shown_cell(cell: Mapping[str, Any]) -> Any:
    """A cell anew, with nothing in it but its text and its plain outputs."""
    source = joined(cell.get("source")) or ""
    if cell.get("cell_type") == "markdown":
        return nbformat.v4.new_markdown_cell(source.replace("attachment:", ""))
    if cell.get("cell_type") != "code":
        return nbformat.v4.new_markdown_cell()
    outputs = cell.get("outputs")
    shown = map(_shown_output, outputs if isinstance(outputs, list) else [])
    return nbformat.v4.new_code_cell(source, outputs=[output for output in shown if output])


def _shown_output(output: object) -> Any:
    if not isinstance(output, dict):
        return None
    if output.get("output_type") == "stream":
        return nbformat.v4.new_output("stream", text=joined(output.get("text")) or "")
    trace, data = output.get("traceback"), output.get("data")
    if isinstance(trace, list):
        return nbformat.v4.new_output("stream", name="stderr", text="\n".join(map(str, trace)))
    shown = dict(_plain_data(data)) if isinstance(data, dict) else {}
    return nbformat.v4.new_output("display_data", data=shown) if shown else None


def _plain_data(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The forms of an output that are a picture or text."""
    for kind in ("image/png", "image/jpeg"):
        picture = "".join((joined(data.get(kind)) or "").split())
        if picture and _BASE64.fullmatch(picture):
            yield kind, picture
    text = joined(data.get("text/plain"))
    if text is not None:
        yield "text/plain", text


def _is_harmless(tag: str, name: str, value: str) -> bool:
    """Whether an element may keep an attribute: what styles it, where a link leads, a picture in the page."""
    if tag == "img":
        return name == "alt" or (name == "src" and value.startswith("data:image/"))
    return name == "class" or (tag == "a" and name == "href" and not value.startswith("data:"))
