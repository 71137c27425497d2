"""Attach the figures that the text of a solution shows, so that they are seen before anything runs."""

from __future__ import annotations

import base64
import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from grader.errors import AssignmentError
from grader.files.ordinary_files import read_ordinary

SHOWN = re.compile(r"(!\[[^\]\n]*+\]\()figures/([\w.-]++)(?=\))")
"""A picture in Markdown, `![text](figures/name.png)`."""

KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
"""The kinds of pictures that Jupyter shows when they are attached."""


def with_figures(solution: Any, folder: Path) -> Any:
    """Return a notebook in which each figure is attached to the cell that shows it.

    Args:
        solution: the notebook of the solution, whose text shows figures as `![text](figures/name.png)`.
        folder: the folder of its figures.

    Returns:
        a copy of the notebook.

    Raises:
        AssignmentError: a figure is missing, or is not a picture that can be attached.
    """
    notebook = copy.deepcopy(solution)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (attached := dict(_attached(cell.source, folder))):
            cell.source = SHOWN.sub(r"\1attachment:\2", cell.source)
            cell.attachments = nbformat.from_dict({**cell.get("attachments", {}), **attached})
    return notebook


def _attached(text: str, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each figure that a text shows, as an attachment."""
    for _, name in SHOWN.findall(text):
        path = folder / name
        kind = KINDS.get(path.suffix.lower())
        if kind is None:
            raise AssignmentError(
                f"{path}: it is shown in the text, and Jupyter attaches only {', '.join(KINDS)}\n"
                "  Save it as one of these."
            )
        try:
            yield name, {kind: base64.b64encode(read_ordinary(path)).decode()}
        except OSError as error:
            raise AssignmentError(
                f"{path}: {error.strerror}, and the text of the solution shows it\n"
                "  Put it there, or take it out of the text."
            ) from None
