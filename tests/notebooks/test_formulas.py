"""Formulas become MathML of known elements; text in them stays text, and none keeps us busy."""

from __future__ import annotations

import re
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.notebooks.formulas import LONGEST, mathml
from grader.notebooks.markdown import MOST, prose

TAG = re.compile(r"<(/?)(\w+)((?: [a-z]+=\"[\w .%-]*\")*)>")


def shown(*texts: str) -> list[str]:
    return msgspec.json.decode(prose(msgspec.json.encode(texts)), type=list[str])


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        pytest.param("W^{[l]}", "<msup><mi>W</mi>", id="superscript"),
        pytest.param(r"\frac{1}{m}", "<mfrac>", id="fraction"),
        pytest.param(r"\begin{bmatrix}1 & 2\\3 & 4\end{bmatrix}", "<mtd><mn>4</mn></mtd>", id="matrix"),
        pytest.param(r"\sum_{i=1}^{m} \alpha", "∑", id="symbols"),
        pytest.param("a < b", "&lt;", id="a sign of HTML"),
    ],
)
def test_a_formula_is_mathml(tex: str, part: str) -> None:
    assert part in mathml(tex, block=False)
    assert mathml(tex, block=True).startswith('<math display="block">')


@pytest.mark.parametrize(
    "tex",
    [
        pytest.param(r"\text{<script>alert(1)</script>}", id="a script in a text"),
        pytest.param(r"\text{&lt;img src=x onerror=alert(1)&gt;}", id="one spelled with references"),
        pytest.param(r"\mathrm{</math><img src=x>}", id="an end"),
        pytest.param(r"\href{javascript:alert(1)}{x}", id="a link"),
        pytest.param(r"\style{position:fixed}{x} \class{remark}{y}", id="styles and classes"),
        pytest.param(r"\color{red\" onclick=\"alert(1)}{x}", id="an attribute"),
        pytest.param(r"\hspace{-9999em}\rule{9999em}{9999em}", id="a place elsewhere"),
    ],
)
def test_nothing_works_in_a_formula(tex: str) -> None:
    check_inert(mathml(tex, block=False))


@given(
    st.lists(st.sampled_from([*r"\{}^_&<>\"'[]ab1 ", r"\text", r"\href", r"\style", r"\begin{matrix}"])).map(
        "".join
    )
)
@settings(max_examples=150, deadline=None)
def test_any_formula_is_inert(tex: str) -> None:
    check_inert(mathml(tex, block=False))


def check_inert(made: str) -> None:
    assert re.sub("[^<>]", "", TAG.sub("", made)) == ""
    for _, name, attributes in TAG.findall(made):
        assert name == "math" or name.startswith("m")
        assert not re.search(r"href|style|class|id=|on\w+=|9999", attributes)


@pytest.mark.parametrize(
    "tex",
    [
        pytest.param(r"\nosuchcommand{x}", id="a command that nobody knows"),
        pytest.param(r"\left( x", id="half a bracket"),
        pytest.param("x" * (LONGEST + 1), id="too long"),
        pytest.param("{" * LONGEST, id="nested deeply"),
        pytest.param("a_{b^{" * (LONGEST // 6), id="indices of indices"),
        pytest.param(r"\begin{matrix}" * (LONGEST // 14), id="matrices in matrices"),
    ],
)
def test_what_cannot_be_read_stays_as_it_is_written(tex: str) -> None:
    assert mathml(tex, block=False) == ""
    [page] = shown(f"so ${tex}$.")
    assert "<math" not in page
    assert tex in page


def test_many_formulas_take_little_time() -> None:
    began = time.process_time()
    page = "".join(shown(*(f"$x_{{{i}}} {'&' * 300}$" for i in range(1000))))
    assert time.process_time() - began < 8
    assert 0 < page.count("<math") <= MOST // 300
    assert page.count("$") // 2 + page.count("<math") == 1000


def test_a_formula_in_an_attribute_stays_as_it_is_written() -> None:
    [page] = shown('![$x<y$ " onload=1](data:image/png;base64,aa "t $z$") [$a$](https://a.b/$c$)')
    attributes = re.findall(r'="([^"]*)"', page)
    assert "$x&lt;y$ &quot; onload=1" in attributes
    assert not any("<" in value or "math" in value for value in attributes)
    assert "<math><mrow><mi>a</mi></mrow></math></a>" in page


def test_code_has_no_formulas() -> None:
    assert shown("`$x$`", "    $x$") == ["<p><code>$x$</code></p>\n", "<pre><code>$x$</code></pre>\n"]


def test_headings_of_a_notebook_are_of_one_level_below_the_title_of_the_page() -> None:
    assert shown("# a\n\n#### b\n\n<h1>c</h1>")[0].count("<h2>") == 3
