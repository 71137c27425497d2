"""Makes nbgrader source notebooks of a few cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Cells = list[dict[str, Any]]


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def code(source: str, **nbgrader: Any) -> dict[str, Any]:
    metadata = {"nbgrader": {"schema_version": 3, **nbgrader}} if nbgrader else {}
    return {
        "cell_type": "code",
        "source": source,
        "metadata": metadata,
        "outputs": [],
        "execution_count": None,
    }


def solution(source: str, grade_id: str) -> dict[str, Any]:
    return code(source, grade=False, solution=True, locked=False, grade_id=grade_id)


def graded(source: str, grade_id: str, points: float = 1) -> dict[str, Any]:
    return code(source, grade=True, solution=False, locked=True, grade_id=grade_id, points=points)


def question(source: str, grade_id: str, points: float = 1) -> dict[str, Any]:
    made = code(source, grade=True, solution=True, locked=False, grade_id=grade_id, points=points)
    return {"cell_type": "markdown", "source": source, "metadata": made["metadata"]}


def notebook(cells: Cells) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}).encode()


def written(path: Path, cells: Cells) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebook(cells))
    return path
