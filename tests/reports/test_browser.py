"""What a real browser makes of the pages: no script runs, nothing overflows, hostile text stays text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from browser import ATTACKS, BROWSER, POLICY, WIDTHS, measured
from samples import GRADED, HEADER, UNREADABLE, WRONG, filled_with

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.submission import Student
from grader.notebooks.rendering import shown_cells
from grader.reports.feedback_page import write_feedback
from grader.reports.notebook_page import write_notebook_page
from grader.reports.sanitize import harmless

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Pages full of attacks, as they are and without the policy that would stop a script anyway."""
    pages = {}
    for name, text in ATTACKS.items():
        report = replace(filled_with(text), student=Student(text, name=text))
        pages[name] = write_feedback(HEADER, report).decode()
        pages[f"{name}, no policy"] = POLICY.sub("", pages[name])
    return measured(pages, tmp_path_factory.mktemp("hostile"))


def test_no_script_runs(hostile):
    assert hostile["title"] == "quiet"
    assert [(page["scripts"], page["handlers"]) for page in hostile["measured"]] == [(0, [])] * len(
        hostile["measured"]
    )


def test_hostile_names_and_code_stay_text(hostile):
    for page in hostile["measured"]:
        text = harmless(ATTACKS[page["name"].removesuffix(", no policy")])
        assert page["text"].count(text) >= 8, page["name"]


def test_hostile_text_makes_no_page_wider_than_its_window(hostile):
    assert [page["name"] for page in hostile["measured"] if page["overflows"]] == []


def test_no_page_is_wider_than_its_window(tmp_path):
    raised = replace(WRONG, verdict=Verdict.DID_NOT_RUN, status=Status.RAISED)
    long = replace(WRONG, name="L_" * 40, source="x = " + "1 + " * 200 + "1\n", example="A=[[1, 2]], " * 40)
    reports = {
        "graded": replace(GRADED, exercises=(*GRADED.exercises, raised, long)),
        "unreadable": UNREADABLE,
    }
    pages = {name: write_feedback(HEADER, report).decode() for name, report in reports.items()}
    shown = measured(pages, tmp_path)["measured"]
    assert len(shown) == len(pages) * len(WIDTHS)
    assert [page["name"] for page in shown if page["overflows"]] == []


def test_an_annotated_notebook_runs_nothing_and_fits_its_window(tmp_path):
    script = ATTACKS["an image"] + ATTACKS["a script at work"]
    wide = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": script, "text/plain": "9 " * 999},
    }
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": f"{script}\n\n![x](https://example.org/x.png) {'w' * 500}",
        },
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [wide],
            "execution_count": 1,
            "source": "x = 1 " * 99,
        },
    ]
    data = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}).encode()
    report = filled_with(script)
    page = write_notebook_page(report, *shown_cells(data)).decode()
    seen = measured({"page": page, "no policy": POLICY.sub("", page)}, tmp_path)
    assert seen["title"] == "quiet"
    for shown in seen["measured"]:
        assert (shown["scripts"], shown["handlers"], shown["overflows"]) == (0, [], False)
        assert script in shown["text"]


def test_the_harness_would_notice_a_script_and_an_overflow(tmp_path):
    page = "<body><script>parent.document.title = 'ran'</script><div style='width:3000px'>x</div></body>"
    seen = measured({"bad": page}, tmp_path)
    assert seen["title"] == "ran"
    assert all(shown["overflows"] and shown["scripts"] == 1 for shown in seen["measured"])
