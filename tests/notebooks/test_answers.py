"""An answer is the text below its question, up to a heading, the next question, or code."""

from __future__ import annotations

import json

import pytest

from grader.notebooks.answers import CUT, LONGEST, Answer, answers_in

ASKED = "**Question: why** Is it?"


def notebook(*cells: str) -> bytes:
    """Return a notebook; cells that begin with `>>>` are code."""
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 4,
            "metadata": {},
            "cells": [
                {
                    "cell_type": "code" if text.startswith(">>>") else "markdown",
                    "metadata": {},
                    "source": text,
                }
                for text in cells
            ],
        }
    ).encode()


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        pytest.param([f"{ASKED}\n\nYes."], Answer("Is it?\n\nYes.", 1), id="in its cell"),
        pytest.param([ASKED, "Yes.", "So."], Answer("Is it?\n\nYes.\n\nSo.", 3), id="in cells below"),
        pytest.param([ASKED, "Yes.", ">>> 1", "No."], Answer("Is it?\n\nYes.", 2), id="up to code"),
        pytest.param([ASKED, "Yes.", "# Next\nNo."], Answer("Is it?\n\nYes.", 2), id="up to a heading"),
        pytest.param(
            [f"{ASKED}\nYes.\n### Next\nNo."], Answer("Is it?\nYes.", 1), id="up to one in its cell"
        ),
        pytest.param(
            [f"{ASKED}\nYes.\n**Question: how** So?"], Answer("Is it?\nYes.", 1), id="up to a question"
        ),
        pytest.param(
            [">>> 1", "# Why\n" + ASKED, "  ", "No."], Answer("Is it?", 2), id="up to an empty cell"
        ),
        pytest.param([">>> x = '**Question: why**'", "Yes."], None, id="not in code"),
        pytest.param(["**Question: whyever** Is it?"], None, id="another question"),
        pytest.param(["Text."], None, id="not asked"),
    ],
)
def test_an_answer_is_the_text_below_its_question(cells: list[str], answer: Answer | None) -> None:
    assert answers_in(notebook(*cells), ["why"]).get("why") == answer


def test_a_long_answer_is_cut_and_says_so() -> None:
    found = answers_in(notebook(ASKED, "x" * 10 * LONGEST), ["why"])["why"]
    assert len(found.text) == LONGEST
    assert found.text.endswith(CUT)


def test_each_question_has_its_own_answer() -> None:
    found = answers_in(notebook("**Question: a** 1\n**Question: b** 2"), ["a", "b"])
    assert found == {"a": Answer("1", 1), "b": Answer("2", 1)}
