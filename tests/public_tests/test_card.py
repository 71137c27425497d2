"""A card has the same words as text and as HTML, which is escaped and readable in any theme."""

from __future__ import annotations

import html
import re
from dataclasses import fields, replace

import numpy as np
import pytest

from grader.comparison.verdict import Verdict
from grader.comparison.words import WORDINGS
from grader.public_tests.card import TONES, Card, Pair, pair_of

WRONG, RIGHT = WORDINGS[Verdict.WRONG_VALUE], WORDINGS[Verdict.PASSED]
FULL = Card(
    "double",
    WRONG,
    (("public-1", WRONG), ("public-2", RIGHT)),
    "public-1",
    "y is wrong in 2 of 2 elements.",
    "half, which this calls, fails its own test: mend that first.",
    "Every element is 2 times the expected value: is `x / 2` missing?",
    Pair("y", "[1 2]", "[2 4]"),
    "double(x=[1])\ny, yours: [1]\ny, expected: [2]",
    "def drive(student, x):\n    return student.double(x)",
)


def words_of(markup: str) -> list[str]:
    """The words of HTML, without marks that only text or only HTML has."""
    return re.findall(r"[\w\[\]().,=*/]+", html.unescape(re.sub("<[^>]*>", " ", markup)))


def test_html_has_the_words_of_the_text() -> None:
    assert words_of(FULL._repr_html_()) == words_of(repr(FULL).replace("`", " "))


def test_the_verdict_comes_first_and_what_to_mend_second() -> None:
    lines = repr(FULL).splitlines()
    assert lines[0] == "✗ double: wrong value; 1 of 2 public tests passed."
    assert lines[1].strip() == FULL.first


def test_what_is_empty_is_left_out() -> None:
    card = Card("double", WRONG, (("public-1", WRONG),), "public-1", "y is wrong.")
    assert repr(card) == "✗ double: wrong value; 0 of 1 public test passed.\n  public-1: y is wrong."


EVIL = '<b onclick="x">&</b>'


@pytest.mark.parametrize("field", [f.name for f in fields(Card) if f.name not in ("shown", "cases")])
def test_all_text_is_escaped(field: str) -> None:
    value = {
        "pair": Pair(EVIL, EVIL, EVIL),
    }.get(field, EVIL)
    markup = replace(FULL, **{field: value})._repr_html_()
    assert html.escape(EVIL) in markup
    assert "<b " not in markup


def test_no_text_has_a_colour_of_its_own() -> None:
    colours = re.findall(r"(?:color|background)[^;\"]*", FULL._repr_html_())
    assert {colour.split(":")[1].strip() for colour in colours} <= {"inherit", "none"}
    assert "<style" not in FULL._repr_html_()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["#ffffff", "#111111", "#1e1e1e", "#383838"])
@pytest.mark.parametrize("tone", TONES)
def test_the_edge_is_seen_in_light_and_dark_themes(tone: str, theme: str) -> None:
    assert contrast(TONES[tone], theme) >= 3


def test_backticks_are_code_if_they_come_in_pairs() -> None:
    assert "<code>x / 2</code>" in FULL._repr_html_()
    assert "a ` b" in replace(FULL, hint="a ` b")._repr_html_()


@pytest.mark.parametrize(
    ("yours", "expected"),
    [
        pytest.param(1.0, np.ones(2), id="no array"),
        pytest.param(np.ones(1), np.zeros(1), id="one number, which the message has"),
        pytest.param(np.ones((2, 2, 2)), np.ones((2, 2)), id="more than a matrix"),
    ],
)
def test_only_vectors_and_matrices_are_shown_side_by_side(yours: object, expected: object) -> None:
    assert pair_of("y", yours, expected) is None


def test_a_large_matrix_is_cut() -> None:
    pair = pair_of("y", np.ones((50, 50)), np.zeros((50, 50)))
    assert pair
    assert len(pair.yours.splitlines()) < 10
    assert "..." in pair.yours
