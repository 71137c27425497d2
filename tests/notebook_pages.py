"""Annotated pages of small notebooks, and what in them only the grader can have made."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from samples import GRADED, RIGHT, WRONG

from grader.models.budget import BUDGET
from grader.notebooks.rendering import shown_cells
from grader.reports.notebook_page import write_notebook_page

REPORT = replace(GRADED, exercises=(replace(WRONG, source_cell=2), replace(RIGHT, source_cell=None)))


def code(source: Any, *outputs: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": list(outputs), "source": source}


def markdown(source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def shows(**data: Any) -> dict[str, Any]:
    data = {kind.replace("_", "/", 1): value for kind, value in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def page_of(*cells: Any, **budget: Any) -> str:
    data = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}).encode()
    return write_notebook_page(REPORT, *shown_cells(data, replace(BUDGET, **budget))).decode()


class Page(HTMLParser):
    """A page taken apart: what stands in elements that only the grader makes, and what in frames."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.remarks: list[str] = []
        self.framed: list[tuple[str, tuple[str, ...]]] = []
        self.frame: int | None = None
        self.feed(text.partition("<body>")[2].partition("</body>")[0])
        assert not self.open

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        names = tuple(name for name, _ in attrs)
        if self.frame is not None:
            self.framed.append((tag, names))
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)
        if tag == "aside":
            self.remarks.append("")
        if ("class", "frame") in attrs and self.frame is None:
            self.frame = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if self.frame is not None and len(self.open) < self.frame:
            self.frame = None

    def handle_data(self, data: str) -> None:
        if "aside" in self.open:
            self.remarks[-1] += data
