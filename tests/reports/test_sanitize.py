"""What a reader would not see is shown as an escape, and harmless text is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HOSTILE

from grader.reports.sanitize import LIMIT, harmless, one_line, spreadsheet_cell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("x = 1\n\ty", "x = 1\n\ty", id="code stays as it is"),
        pytest.param("Größe ≈ 3 σ 数", "Größe ≈ 3 σ 数", id="letters and signs of all scripts stay"),
        pytest.param("\x1b[31m", "\\x1b[31m", id="ANSI"),
        pytest.param("\u202e", "\\u202e", id="bidirectional override"),
        pytest.param("a\u200bb", "a\\u200bb", id="zero-width space"),
        pytest.param("a\u00a0b", "a\\xa0b", id="a no-break space, which Python rejects"),
        pytest.param("\u3164", "\\u3164", id="a letter that looks like nothing"),
        pytest.param("\U000e0041", "\\U000e0041", id="a tag beyond the first plane"),
        pytest.param("\ud800", "\\ud800", id="lone surrogate"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends"),
    ],
)
def test_what_a_reader_would_not_see_is_shown_as_an_escape(text, shown):
    assert harmless(text) == shown


@given(st.text(st.characters()))
def test_only_what_can_be_seen_is_left(text):
    shown = harmless(text)
    assert all(character.isprintable() or character in "\n\t" for character in shown)
    assert not any(
        unicodedata.category(character) in {"Cc", "Cf", "Cs"}
        for character in shown.replace("\n", "").replace("\t", "")
    )
    shown.encode()


@given(st.text(st.characters()))
def test_harmless_text_is_left_alone(text):
    assert harmless(harmless(text)) == harmless(text)


def test_a_long_text_is_cut_to_the_limit():
    assert harmless("x" * 11, limit=10) == "xxxxxxxxx…"
    assert harmless("x" * 10, limit=10) == "xxxxxxxxxx"
    assert harmless("\r\n" * 10, limit=10) == "\n" * 10
    assert len(harmless("x" * 10**6)) == LIMIT


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_one_line_is_one_line(text):
    assert len(one_line(text).splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"],
)
def test_a_formula_becomes_text(text):
    assert spreadsheet_cell(text).startswith("'")


def test_other_text_gets_no_apostrophe():
    assert spreadsheet_cell("seed_1=learner") == "seed_1=learner"
