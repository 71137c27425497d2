"""Make the cells with which students hand in from their notebook."""

from __future__ import annotations

import json
from typing import Any

import nbformat

TEXT = """## Hand in

Save this notebook. Then run the cell below: it sends the file to the service of your course, and prints your
receipt and your feedback. The first time it asks for a token, which you make on the page it names."""


def hand_in_cells(address: str, notebook: str) -> list[Any]:
    """Return a text and a code cell.

    Args:
        address: the page of the assignment, at the service.
        notebook: the name of the notebook's file.

    Returns:
        the cells.
    """
    code = f"from hand_in import hand_in\n\nhand_in({json.dumps(address)}, {json.dumps(notebook)});"
    return [nbformat.v4.new_markdown_cell(TEXT), nbformat.v4.new_code_cell(code)]
