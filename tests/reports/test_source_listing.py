"""A listing numbers and highlights lines as they were handed in, and marks the failing one."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SOURCE

from grader.reports.sanitize import harmless
from grader.reports.source_listing import LIMIT, listing

TAG = re.compile(r"<[^>]*>")


def text_of(code):
    return html.unescape(TAG.sub("", code))


def lines_of(source):
    """The HTML of each line, without the element around it."""
    return re.findall(r"<span>(.*)\n</span>", listing(source, 1, None))


def test_lines_are_counted_from_the_first_and_the_failing_one_is_marked():
    code = listing(SOURCE, first_line=17, failing=19)
    assert code.startswith('<code style="counter-reset: line 16"><span><span class="k">def</span>')
    rows = re.split(r"(?<=\n)</span>", code)
    assert ['class="fails"' in row for row in rows] == [False, False, True, False]
    assert "fails here" in rows[2]


@pytest.mark.parametrize("failing", [None, 16, 20], ids=["none", "before", "behind"])
def test_no_line_is_marked_that_is_not_there(failing):
    assert "fails" not in listing(SOURCE, 17, failing)


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
    assert lines_of(source) == [marked]


def test_a_text_over_several_lines_is_highlighted_on_each_of_them():
    lines = lines_of('"""a\nb\n"""')
    assert len(lines) == 3
    assert all(line.startswith('<span class="s">') and line.endswith("</span>") for line in lines)


@given(st.text(st.characters() | st.sampled_from("\"'#\\\n<>&def 1_")))
def test_highlighting_changes_nothing_of_the_text(source):
    assert text_of(listing(source, 1, None)) == harmless(source, LIMIT).rstrip() + "\n"


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
        "def" + " " * 10**5,
        '"""' + '""a' * 10**5,
    ],
    ids=lambda source: source[:4],
)
def test_a_hostile_text_takes_no_longer_than_another(source):
    start = time.perf_counter()
    listing(source, 1, None)
    assert time.perf_counter() - start < 0.5
