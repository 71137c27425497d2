"""Forged remarks in a notebook: nothing of them leaves its frame, or has an attribute that ours use."""

from __future__ import annotations

import ast
import runpy
from collections.abc import Iterator

import pytest
from notebook_pages import Page, code, page_of

from .arena import HERE, names, source

Element = tuple[str, tuple[str, ...]]
"""A tag, and the names of its attributes."""

PLAIN = {"href", "src", "alt"}
"""The attributes that an element of a student's may have: none of them colours, places or names it."""

LISTING = {"class", "style"}
"""What the spans of code have, which the grader makes."""


@pytest.mark.parametrize("attack", names(["page"]))
def test_a_forged_remark_does_what_its_first_line_says(attack: str) -> None:
    assert (ast.get_docstring(ast.parse(source(attack))) or "").startswith("It stays in its frame: ")
    forged = runpy.run_path(str(HERE / f"{attack}.py"))["CELL"]
    page = Page(page_of(forged, code("x = 1")))
    assert len(page.remarks) == 3
    assert not any("100" in remark for remark in page.remarks)
    honest = Page(page_of(code("x = 1"))).framed
    assert page.framed[-len(honest) :] == honest
    assert list(_slips(page.framed[: -len(honest)], is_code=forged["cell_type"] == "code")) == []


def _slips(framed: list[Element], *, is_code: bool) -> Iterator[Element]:
    """Elements in a frame that a student must not be able to make."""
    for tag, attributes in framed:
        ours = is_code and tag in {"span", "code", "pre"} and set(attributes) <= LISTING
        if tag == "math" and set(attributes) <= {"display"}:  # a formula, which the grader makes
            continue
        if tag in {"aside", "section", "main", "style", "svg", "math", "details", "dialog", "template"} or (
            not set(attributes) <= PLAIN and not ours
        ):
            yield tag, attributes
