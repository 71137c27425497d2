"""Make the stub notebook that students receive: the solution without answers and outputs."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import nbformat
from nbconvert.preprocessors import ClearOutputPreprocessor, Preprocessor

from grader.notebooks.graded_items import MARKER
from grader.notebooks.placeholders import IN_TEXT, without_answers
from grader.notebooks.solution import notebook_bytes

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def stub_of(solution: Any, grade_ids: Mapping[str, str], ending: Sequence[Any] = ()) -> bytes:
    """Return the bytes of the stub of a solution. The same solution gives the same bytes.

    Args:
        solution: the notebook of the solution.
        grade_ids: the nbgrader id of each graded function's cell.
        ending: cells that come last.

    Returns:
        the bytes of the notebook.
    """
    notebook = copy.deepcopy(solution)
    notebook.cells += ending
    resources: dict[str, Any] = {}
    for preprocessor in (RemoveAnswers(), ClearOutputPreprocessor(), Identify(grade_ids)):
        preprocessor.enabled = True
        notebook, resources = preprocessor(notebook, resources)
    return notebook_bytes(notebook)


class RemoveAnswers(Preprocessor):  # type: ignore[misc]  # nbconvert publishes no types
    """Empties every marked region, and drops hidden tests and attachments that are not shown."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:  # noqa: ARG002
        """Empty the marked regions of a cell, and a text that is an answer as a whole.

        Args:
            cell: the cell, which is changed.
            resources: passed on.
            index: the number of the cell; not used.

        Returns:
            the cell and the resources.
        """
        emptied = without_answers(cell.source, code=cell.cell_type == "code")
        if emptied == cell.source and cell.cell_type == "markdown" and is_answer(cell):
            emptied = IN_TEXT
        cell.source = emptied
        attached = cell.pop("attachments", {})
        if shown := {name: data for name, data in attached.items() if f"attachment:{name}" in emptied}:
            cell.attachments = shown
        return cell, resources


def is_answer(cell: Any) -> bool:
    """Return whether nbgrader marks a cell as an answer, which it is as a whole if no region is marked."""
    nbgrader = cell.metadata.get("nbgrader")
    return isinstance(nbgrader, dict) and nbgrader.get("solution") is True


class Identify(Preprocessor):  # type: ignore[misc]
    """Sets the nbgrader ids of graded functions' cells; drops all other metadata but the kernel's."""

    def __init__(self, grade_ids: Mapping[str, str]) -> None:
        super().__init__()
        self.grade_ids = grade_ids

    def preprocess(self, notebook: Any, resources: Any) -> tuple[Any, Any]:
        """Keep the kernel in the notebook's metadata, and set that of its cells.

        Args:
            notebook: the notebook, which is changed.
            resources: passed on.

        Returns:
            the notebook and the resources.
        """
        notebook.metadata = nbformat.from_dict({"kernelspec": notebook.metadata.get("kernelspec", KERNEL)})
        notebook, resources = super().preprocess(notebook, resources)
        return notebook, resources

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:  # noqa: ARG002
        """Set the metadata of one cell.

        Args:
            cell: the cell, which is changed.
            resources: passed on.
            index: the number of the cell; not used.

        Returns:
            the cell and the resources.
        """
        marker = MARKER.search(cell.source) if cell.cell_type == "code" else None
        grade_id = self.grade_ids.get(marker[1]) if marker else None
        # nbgrader's cell metadata, version 3: https://nbgrader.readthedocs.io
        flags = {"schema_version": 3, "grade": False, "solution": True, "locked": False, "task": False}
        metadata = {"nbgrader": {"grade_id": grade_id, **flags}} if grade_id else {}
        cell.metadata = nbformat.from_dict(metadata)
        return cell, resources
