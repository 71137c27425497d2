"""Texts are cut so that no two of them read the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from grader.reports.shortening import told_apart


@pytest.mark.parametrize(
    ("texts", "width", "shown"),
    [
        pytest.param(["ada", "bob"], 5, ["ada", "bob"], id="all fit"),
        pytest.param(
            ["initialize_parameters", "initialize_parameters_deep"],
            19,
            ["initializ…arameters", "initializ…ters_deep"],
            id="other ends",
        ),
        pytest.param(["student_with_name_1", "x"], 10, ["stude…me_1", "x"], id="one is long"),
        pytest.param(["a" + "x" * 20, "b" + "x" * 20], 9, ["axxx…xxxx", "bxxx…xxxx"], id="other beginnings"),
        pytest.param(
            ["x" * 12 + "1" + "y" * 20, "x" * 12 + "2" + "y" * 20],
            20,
            ["xxxxxxxxxxxx1…yyyyyy", "xxxxxxxxxxxx2…yyyyyy"],
            id="other in the middle",
        ),
        pytest.param(["a" * 30, "a" * 31], 8, ["aaaaaa…1", "aaaaaa…2"], id="other in length alone"),
        pytest.param(["long_name_here"] * 2, 9, ["long…here"] * 2, id="the same stays the same"),
    ],
)
def test_texts_stay_different(texts: list[str], width: int, shown: list[str]) -> None:
    assert told_apart(texts, width) == shown


@given(st.lists(st.text(alphabet="ab_名", max_size=30), max_size=8), st.integers(8, 40))
def test_what_differs_reads_differently_and_fits(texts: list[str], width: int) -> None:
    shown = told_apart(texts, width)
    assert len({*shown}) == len({*texts})
    assert all(cell_len(text) <= width for text in shown)
