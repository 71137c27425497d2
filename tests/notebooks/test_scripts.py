"""A script is read as the cells of the notebook that it was made of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UnreadableError
from grader.grading.pipeline import grade
from grader.models.report import Report
from grader.notebooks.annotate import annotated
from grader.notebooks.reader import read_cells
from grader.notebooks.rendering import shown_cells
from grader.notebooks.scripts import as_notebook, cells_of
from grader.reports.notebook_page import write_notebook_page

EXPORTED = (
    "#!/usr/bin/env python\n# coding: utf-8\n\n# # Title\n\n# In[1]:\n\n\nx = 1\n\n\n# In[ ]:\n\n\ny = 2\n"
)
PERCENT = "# ---\n# jupyter:\n# ---\n\n# %% [markdown]\n# Text.\n\n# %%\nx = 1\n\n# %% a title\ny = 2\n"
SPYDER = "#%%\nx = 1\n#%% more\ny = 2\n"


def code(text: str) -> list[str]:
    return [cell.source.strip() for cell in cells_of(text.encode(), "hw.py")]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        pytest.param(
            EXPORTED, ["#!/usr/bin/env python\n# coding: utf-8\n\n# # Title", "x = 1", "y = 2"], id="Jupyter"
        ),
        pytest.param(PERCENT, ["# ---\n# jupyter:\n# ---", "x = 1", "y = 2"], id="percent"),
        pytest.param(SPYDER, ["x = 1", "y = 2"], id="Spyder"),
        pytest.param("x = 1\n\ny = 2\n", ["x = 1\n\ny = 2"], id="plain"),
        pytest.param("x = '''\n # %%\n'''", ["x = '''\n # %%\n'''"], id="a mark that is indented is none"),
        pytest.param("\ufeffx = 1\r\ny = 2\r\n", ["x = 1\ny = 2"], id="Windows"),
    ],
)
def test_a_script_is_parted_where_its_cells_were(text: str, cells: list[str]) -> None:
    assert code(text) == cells


def test_lines_of_a_plain_script_are_those_of_its_file() -> None:
    (cell,) = cells_of(b"\n\nx = 1\n", "hw.py")
    assert cell.source == "\n\nx = 1\n"


@pytest.mark.parametrize("text", [EXPORTED, PERCENT, SPYDER])
def test_lines_of_each_cell_are_those_of_the_file(text: str) -> None:
    lines = text.split("\n")
    for cell in cells_of(text.encode(), "hw.py"):
        for number, line in enumerate(cell.source.split("\n")):
            assert line in ("", lines[number])


def test_a_script_with_too_many_empty_lines_in_front_of_its_cells_is_one_cell() -> None:
    script = "\n" * 5000 + "# %%\nx = 1\n" * 1000
    (cell,) = cells_of(script.encode(), "hw.py")
    assert cell.source == script


def test_a_notebook_that_is_called_a_script_is_a_notebook(notebook: Callable[..., bytes]) -> None:
    assert cells_of(notebook("x = 1"), "hw.ipynb.py") == read_cells(notebook("x = 1"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "it has no code", id="empty"),
        pytest.param(b"# %% [markdown]\n# Text.\n", "it has no code", id="text alone"),
        pytest.param(b"x = '\xe9'", r"it is not text in UTF-8 \(byte 5\)", id="another encoding"),
        pytest.param(b"# %%\nx\n" * 2001, "it has 2001 cells", id="many cells"),
        pytest.param(b"#" * (257 << 10), "its code is larger than 256 kB", id="much code"),
        pytest.param(b"#" * (21 << 20), "it is larger than 20 MB", id="a giant"),
    ],
)
def test_a_script_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        cells_of(data, "hw.PY")


LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\ufeff{"), min_size=1)


@given(st.lists(LINES.filter(lambda line: line.strip() and not line.startswith("#")), min_size=1, max_size=5))
def test_cells_that_are_put_together_are_parted(sources: list[str]) -> None:
    script = "".join(f"# In[{i}]:\n{source}\n" for i, source in enumerate(sources))
    assert [cell.source.strip("\n") for cell in cells_of(script.encode(), "hw.py")] == sources


def test_a_script_can_be_shown_as_a_notebook(notebook: Callable[..., bytes]) -> None:
    assert as_notebook(notebook("x"), "hw.ipynb") == notebook("x")
    made = as_notebook(EXPORTED.encode(), "hw.py")
    assert [cell.source for cell in read_cells(made)] == [
        cell.source for cell in cells_of(EXPORTED.encode(), "hw.py")
    ]
    assert b"x = 1" in annotated(made, "", {})


def test_the_place_that_failed_is_told_by_the_line_of_the_file(assignment, sandbox) -> None:
    before = "# %% [markdown]\n# Text.\n\n# %%\nx = 1\n\n# %%\n"
    source = f"{before}def linear_forward(A, W, b):\n    raise ValueError\n"
    report: Report = grade(assignment, sandbox, source.encode(), id="ed", file="ed.py")
    score = next(score for score in report.exercises if score.name == "linear_forward")
    assert (score.cell, score.line) == (2, 9)
    assert source.split("\n")[9 - 1] == "    raise ValueError"


def test_a_page_of_a_script_numbers_its_lines_as_the_file(assignment, sandbox) -> None:
    source = "# %%\nx = 1\n\n# %%\n\ndef linear_forward(A, W, b):\n    return 1\n"
    report: Report = grade(assignment, sandbox, source.encode(), id="ed", file="ed.py")
    cells, _ = shown_cells(as_notebook(source.encode(), "ed.py"))
    assert [cell.first_line for cell in cells] == [2, 6]
    page = write_notebook_page(report, cells).decode()
    assert page.count('counter-reset: line 5"') == 1


def test_a_script_is_graded_as_its_notebook(assignment, sandbox) -> None:
    source = b"import numpy as np\n# In[2]:\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)\n"
    report: Report = grade(assignment, sandbox, source, id="ed", file="ed.py")
    assert report.points == 10
