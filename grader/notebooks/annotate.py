"""Copy a student's notebook with remarks between its cells."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from grader.notebooks.reader import read_notebook


def annotated(data: bytes, opening: str, remarks: Mapping[int, str]) -> bytes:
    """Return a notebook, as nbformat 4, with Markdown cells inserted.

    Its own cells are kept, but for the tag `feedback`, by which programs find remarks.

    Args:
        data: the bytes of the notebook.
        opening: the text above its first cell.
        remarks: the text below a cell, by its number from 1.

    Returns:
        the bytes of the copy.

    Raises:
        UnreadableError: the bytes are not a notebook.
    """
    notebook = read_notebook(data)
    notebook["cells"] = list(_with_remarks(notebook, opening, remarks))
    return json.dumps(notebook, indent=1).encode() + b"\n"


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
        yield _untagged(cell)
        if number in remarks:
            yield remark(remarks[number])


def _untagged(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a student's cell without the tag by which programs find remarks."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    if not isinstance(tags, list) or "feedback" not in tags:
        return cell
    return {**cell, "metadata": {**metadata, "tags": [tag for tag in tags if tag != "feedback"]}}  # type: ignore[dict-item]
