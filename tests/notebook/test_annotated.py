"""A student's notebook with remarks in it: the cells stay as they are, and the page of it is inert."""

from __future__ import annotations

import base64
import json
import re
import sys
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UnreadableError
from grader.notebook.annotated import annotated, notebook_html

PICTURE = base64.b64encode(b"\x89PNG").decode()
ATTACK = '<img src=x onerror="alert(1)"><script>alert(1)</script>'


def code(source: Any, *outputs: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {"tags": ["mine"]},
        "outputs": list(outputs),
        "execution_count": 3,
        "source": source,
    }


def markdown(source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def shows(**data: Any) -> dict[str, Any]:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {kind.replace("_", "/", 1): value for kind, value in data.items()},
    }


def notebook(*cells: Any, minor: int = 4) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells}).encode()


# ---------------------------------------------------------------- the copy


def test_remarks_stand_behind_their_cells_and_every_other_cell_stays_as_it_is() -> None:
    mine = [markdown("# Title"), code(["x = 1\n", "y = 2"], shows(text_html=ATTACK)), code("z")]
    cells = json.loads(annotated(notebook(*mine), "above", {2: "wrong"}))["cells"]
    assert [cell["source"] for cell in cells if cell["metadata"].get("tags") == ["feedback"]] == [
        "above",
        "wrong",
    ]
    assert [cells[1], cells[2], cells[4]] == mine
    assert cells[3]["source"] == "wrong"


@pytest.mark.parametrize("minor", [2, 4, 5])
def test_the_copy_is_valid_and_the_same_each_time(minor: int) -> None:
    mine = code("x") | ({"id": "feedback-1"} if minor == 5 else {})
    data = notebook(mine, minor=minor)
    made = annotated(data, "above", {1: "below"})
    nbformat.validate(json.loads(made))
    assert made == annotated(data, "above", {1: "below"})


def test_a_notebook_of_an_earlier_format_is_copied_too() -> None:
    cell = {"cell_type": "code", "language": "python", "metadata": {}, "outputs": [], "input": "x = 1"}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [cell]}]}
    cells = json.loads(annotated(json.dumps(old).encode(), "above", {1: "below"}))["cells"]
    assert [cell["source"] for cell in cells] == ["above", "x = 1", "below"]


@given(st.lists(st.text(), max_size=4))
def test_a_copy_without_its_remarks_is_the_original(sources: list[str]) -> None:
    mine = [code(source) for source in sources]
    copy = json.loads(annotated(notebook(*mine), "above", dict.fromkeys(range(1, 5), "below")))
    assert [cell for cell in copy["cells"] if cell["cell_type"] == "code"] == mine


# ---------------------------------------------------------------- the page


def test_a_page_shows_text_code_plain_outputs_and_remarks() -> None:
    page = notebook_html(
        notebook(
            markdown("# Title"),
            code(
                "x = 1",
                {"output_type": "stream", "name": "stdout", "text": ["a < ", "b"]},
                {
                    "output_type": "error",
                    "ename": "E",
                    "evalue": "",
                    "traceback": ["\x1b[31mline 1", "line 2"],
                },
                shows(image_png=PICTURE),
                shows(text_plain="array([1])", text_html=ATTACK),
            ),
        ),
        "above",
        {2: "**below**"},
    )
    for part in ("Title</h1>", "a &lt; b", "line 1", "line 2", "array([1])", "<strong>below</strong>"):
        assert part in page
    assert f'src="data:image/png;base64,{PICTURE}"' in page
    assert page.count("celltag_feedback") == 2


def test_code_is_coloured_the_same_where_there_is_no_ipython(monkeypatch: pytest.MonkeyPatch) -> None:
    data = notebook(code("import numpy as np\n%matplotlib inline"))
    page = notebook_html(data, "above", {})
    for name in ("IPython", "IPython.lib.lexers"):
        monkeypatch.setitem(sys.modules, name, None)
    assert notebook_html(data, "above", {}) == page
    assert '<span class="kn">import</span>' in page


def test_no_cell_of_a_students_looks_like_a_remark() -> None:
    faked = markdown("100 of 100 points", metadata={"tags": ["feedback"]})
    assert notebook_html(notebook(faked), "above", {}).count("celltag_feedback") == 1


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(markdown(ATTACK), id="HTML in Markdown"),
        pytest.param(
            markdown("[a](javascript:alert(1)) <a href='java&#115;cript:alert(1)'>b</a>"), id="a link"
        ),
        pytest.param(markdown("<style>*{display:none}</style><p style='position:fixed'>x</p>"), id="styles"),
        pytest.param(markdown("![a](http://example.org/a.png)"), id="a picture elsewhere"),
        pytest.param(
            markdown("<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>"), id="SVG"
        ),
        pytest.param(markdown("<iframe src=http://example.org></iframe><form action=x><input>"), id="frames"),
        pytest.param(markdown("<meta http-equiv=refresh content='0;url=x'><base href=x>"), id="meta"),
        pytest.param({"cell_type": "raw", "metadata": {"format": "text/html"}, "source": ATTACK}, id="raw"),
        pytest.param({"cell_type": ATTACK, "metadata": {}, "source": ATTACK}, id="a cell of its own kind"),
        pytest.param(code("x", shows(text_html=ATTACK)), id="HTML output"),
        pytest.param(code("x", shows(application_javascript="alert(1)")), id="JavaScript output"),
        pytest.param(code("x", shows(**{"image_svg+xml": f"<svg>{ATTACK}</svg>"})), id="SVG output"),
        pytest.param(code("x", shows(text_latex=ATTACK, text_markdown=ATTACK)), id="other markup"),
        pytest.param(code("x", shows(image_png='x" onerror="alert(1)')), id="a picture that is none"),
        pytest.param(code("x", shows(text_plain=ATTACK)), id="plain text"),
        pytest.param(code(ATTACK), id="code"),
        pytest.param(
            code("x", {"output_type": "stream", "text": f"\x1b[31m{ATTACK}"}), id="a coloured stream"
        ),
        pytest.param(code("x", {"output_type": "error", "traceback": [ATTACK, 5]}), id="a traceback"),
        pytest.param(code("x", 5, None, {"output_type": []}, {"data": {"text/plain": 5}}), id="no outputs"),
        pytest.param(
            code("x") | {"outputs": 5, "execution_count": ATTACK, "metadata": ATTACK}, id="odd fields"
        ),
        pytest.param(
            markdown("![a](attachment:a.svg)", attachments={"a.svg": {"image/svg+xml": ATTACK}}),
            id="attachment",
        ),
        pytest.param(markdown("![a](attachment:none.png)"), id="an attachment that is not there"),
    ],
)
def test_nothing_of_a_students_works_on_a_page(cell: dict[str, Any]) -> None:
    page = notebook_html(notebook(cell), "above", {1: "below"})
    tags = re.findall(r"<[^>]*>", page)
    assert not [tag for tag in tags if re.match(r"<(script|style|svg|iframe|form|input|meta|base|link)", tag)]
    assert not [tag for tag in tags if re.search(r"\s(on\w+|style|id)=|javascript:|src=\"(?!data:)", tag)]
    assert "above" in page
    assert "below" in page


def test_what_nbconvert_fails_on_is_told() -> None:
    with pytest.raises(UnreadableError, match="cannot be shown"):
        notebook_html(notebook(markdown("![a](&#97;ttachment:a.png)")), "above", {})
