from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SOURCE

from grader.report.listing import LIMIT, listing
from grader.report.text import harmless

TAG = re.compile(r"<[^>]*>")


def text_of(lines):
    return "\n".join(html.unescape(TAG.sub("", line.html)) for line in lines)


def test_the_failing_line_is_marked_by_its_number_in_the_cell():
    lines = listing(SOURCE, first_line=17, failing=19)
    assert [line.number for line in lines] == [17, 18, 19]
    assert [line.fails for line in lines] == [False, False, True]


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        pytest.param("return x", '<span class="k">return</span> x', id="keyword"),
        pytest.param(
            "def f(x):", '<span class="k">def</span> <span class="nf">f</span>(x):', id="definition"
        ),
        pytest.param("x = 1e-3", 'x = <span class="m">1e-3</span>', id="number"),
        pytest.param("W1.T", "W1.T", id="a name with a digit is a name"),
        pytest.param("format(island)", "format(island)", id="a name that begins with a keyword"),
        pytest.param("x  # if", 'x  <span class="c"># if</span>', id="comment"),
        pytest.param("rb'#'", "<span class=\"s\">rb'#'</span>", id="a string with a prefix"),
    ],
)
def test_code_is_highlighted(source, marked):
    [line] = listing(source, 1, None)
    assert line.html == marked


def test_a_text_over_several_lines_is_highlighted_on_each_of_them():
    lines = listing('"""a\nb\n"""', 1, None)
    assert all(line.html.startswith('<span class="s">') and line.html.endswith("</span>") for line in lines)


@given(st.text(st.characters() | st.sampled_from("\"'#\\\n<>&def 1_")))
def test_highlighting_changes_nothing_of_the_text(source):
    lines = listing(source, 1, None)
    assert text_of(lines) == harmless(source, LIMIT).rstrip()


@pytest.mark.parametrize(
    "source",
    [
        "a" * 10**5 + '"',
        '"' * 10**5,
        "'\\" * 10**5,
        "#" * 10**5,
        "1" * 10**5,
        "rb" * 10**5 + "'",
        "def " * 10**5,
    ],
    ids=lambda source: source[:4],
)
def test_a_hostile_text_takes_no_longer_than_another(source):
    start = time.perf_counter()
    listing(source, 1, None)
    assert time.perf_counter() - start < 0.5
