"""What a real browser makes of the pages: no script runs, nothing overflows, hostile text stays text."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from samples import GRADED, HEADER, HOSTILE, UNREADABLE, WRONG, filled_with

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.submission import Student
from grader.notebooks.rendering import shown_cells
from grader.reports.feedback_page import write_feedback
from grader.reports.notebook_page import write_notebook_page
from grader.reports.sanitize import harmless

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")

WIDTHS = (390, 1280)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

ATTACKS = {
    **{name: text for name, text in HOSTILE.items() if len(text) < 1000},
    "an image": "<img src=x onerror=\"parent.document.title='ran'\">",
    "a script at work": "</pre></style><script>parent.document.title = 'ran'</script>",
    "an attribute at work": '" autofocus tabindex=0 onfocus="parent.document.title=\'ran\'" x="',
    "one long word": "w" * 1500,
}

# Each page stands in a frame of its own width; the harness measures them all once they have loaded.
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><title>quiet</title><body>{frames}<script>
addEventListener("load", () => {{
  const measured = [...document.querySelectorAll("iframe")].map(frame => {{
    const page = frame.contentDocument;
    const attributes = [...page.querySelectorAll("*")].flatMap(element => element.getAttributeNames());
    return {{
      name: frame.name,
      overflows: page.documentElement.scrollWidth > frame.clientWidth,
      scripts: page.querySelectorAll("script, img[src], iframe, object, link, form").length,
      handlers: attributes.filter(name => name.startsWith("on")),
      text: page.body.textContent,
    }};
  }});
  document.body.innerHTML = "<pre></pre>";
  document.body.firstChild.textContent = JSON.stringify({{title: document.title, measured}});
}});
</script>"""


def measured(pages, folder):
    """What a browser says of pages by their names: the title of the harness, and each page at each width."""
    frames = "".join(
        f'<iframe name="{html.escape(name)}" style="border:0; width:{width}px; height:900px"'
        f' srcdoc="{html.escape(page)}"></iframe>'
        for name, page in pages.items()
        for width in WIDTHS
    )
    (folder / "harness.html").write_text(HARNESS.format(frames=frames), encoding="utf-8")
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={folder / 'profile'}", "--window-size=1400,1000", "--virtual-time-budget=5000",
        "--dump-dom", (folder / "harness.html").as_uri(),
    ]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, check=True, timeout=120)
    dumped = ended.stdout.decode()
    return json.loads(html.unescape(re.search(r"<pre>(.*)</pre>", dumped, re.DOTALL)[1]))


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
