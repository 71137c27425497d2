"""Turns a solution into the notebook that students receive: the same, without answers and outputs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbconvert.preprocessors import ClearOutputPreprocessor, Preprocessor

from grader.notebook.blanks import END, START
from grader.notebook.extraction import MARKER


def read_solution(path: Path) -> Any:
    """A solution, percent-format script or notebook, as an nbformat 4 notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return jupytext.reads(text, fmt="py:percent")
    return nbformat.reads(text, as_version=4)


def stub_of(solution: Any, grade_ids: Mapping[str, str]) -> bytes:
    """The bytes of the stub of a solution. The same solution gives the same bytes.

    Args:
        solution: the notebook of the solution.
        grade_ids: the nbgrader id of each graded function's cell.
    """
    notebook: Any = solution
    resources: Any = {}
    for preprocessor in (RemoveAnswers(), ClearOutputPreprocessor(), Identify(grade_ids)):
        preprocessor.enabled = True
        notebook, resources = preprocessor(notebook, resources)
    return notebook_bytes(notebook)


def notebook_bytes(notebook: Any) -> bytes:
    """A notebook as a file.

    Raises:
        nbformat.ValidationError: it is not a valid notebook.
    """
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return f"{text}\n".encode()


class RemoveAnswers(Preprocessor):  # type: ignore[misc]  # nbconvert publishes no types
    """Puts a placeholder between the markers of each graded function."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:  # noqa: ARG002
        """Empty the marked regions of a code cell."""
        if cell.cell_type == "code" and MARKER.search(cell.source):
            cell.source = without_answers(cell.source)
        return cell, resources


class Identify(Preprocessor):  # type: ignore[misc]
    """Gives each cell an id that depends on its place alone, and the solution cells their nbgrader ids."""

    def __init__(self, grade_ids: Mapping[str, str]) -> None:
        super().__init__()
        self.grade_ids = grade_ids

    def preprocess(self, notebook: Any, resources: Any) -> tuple[Any, Any]:
        """Set the ids, and keep of the notebook's metadata what a kernel needs."""
        notebook.metadata = nbformat.from_dict({"kernelspec": notebook.metadata.get("kernelspec", KERNEL)})
        notebook.nbformat_minor = 5
        notebook, resources = super().preprocess(notebook, resources)
        return notebook, resources

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Set the ids of one cell."""
        cell.id = hashlib.sha256(f"cell {index}".encode()).hexdigest()[:8]
        cell.metadata = nbformat.from_dict(self._metadata(cell))
        return cell, resources

    def _metadata(self, cell: Any) -> dict[str, Any]:
        marker = MARKER.search(cell.source) if cell.cell_type == "code" else None
        if marker is None or marker[1] not in self.grade_ids:
            return {}
        # nbgrader's cell metadata, version 3: https://nbgrader.readthedocs.io
        flags = {"grade": False, "solution": True, "locked": False, "task": False}
        return {"nbgrader": {"schema_version": 3, "grade_id": self.grade_ids[marker[1]], **flags}}


KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def without_answers(source: str) -> str:
    """The source of a cell with a placeholder that raises NotImplementedError between its markers."""
    kept: list[str] = []
    function, inside = "", False
    for line in source.split("\n"):
        if definition := re.match(r"\s*def\s+(\w+)", line):
            function = definition[1]
        if END.search(line):
            inside = False
        if not inside:
            kept.append(line)
        if START.search(line):
            inside = True
            indent = line[: len(line) - len(line.lstrip())]
            kept.append(f'{indent}raise NotImplementedError("{function} is not written yet")')
    return "\n".join(kept)
