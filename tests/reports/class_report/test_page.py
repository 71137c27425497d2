"""The page of a class: what stands on it, that it needs nothing else, and that hostile text stays text."""

from __future__ import annotations

import functools
import itertools
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from browser import ATTACKS, BROWSER, POLICY, WIDTHS, measured
from parsed_page import Page
from samples import CLASS, FAILED, GRADED, HEADER, HOSTILE, RIGHT, UNREADABLE, WRONG, filled_with

from grader.comparison.verdict import Verdict
from grader.models.submission import Student
from grader.reports.class_report.page import write_class_report
from grader.reports.sanitize import harmless

SIGNED = replace(WRONG, signature="3f2a1b" + "0" * 58, comments=("See slide 12.",))
LONG = "def backward(dZ, A):\n    x0 = A\n" + "".join(
    f"    x{i} = f(A, dZ[{i}]) + {i} * x{i - 1}\n" for i in range(1, 20)
)


def handed_in(name, *exercises, **changes):
    return replace(GRADED, id=name, student=Student(name, name=name.title()), exercises=exercises, **changes)


EVERYTHING = (
    handed_in("ann", replace(SIGNED, source=LONG), RIGHT, late=True),
    handed_in("bob", replace(SIGNED, source=LONG.replace("x", "y")), RIGHT),
    handed_in("cid", replace(SIGNED, signature="b" * 64), RIGHT),
    handed_in("dan", replace(RIGHT, name="backward", cause=None), RIGHT, points=17.5),
    UNREADABLE,
    FAILED,
    replace(UNREADABLE, id="zoe", status="not_submitted", notes=(), student=Student("zoe", name="Zoe Z.")),
)


def page(reports, given=None):
    return Page(write_class_report(HEADER, reports, given or {}))


def test_the_page_tells_what_a_class_did():
    text = " ".join(" ".join(page(EVERYTHING).texts).split())
    for part in (
        "Class report two_functions",
        "4 graded, 1 late, 1 could not be read, 1 not graded by a fault of the grader, 1 not handed in.",
        "The mean is 10 of 17.5 points, the median 7.5.",
        "90–99 0 100 1",
        "backward 1 3 0 0 25 %",
        "backward model 4",
        "backward-3f2a1b ✗ wrong value 2 submissions dW is wrong in 1 of 4 elements.",
        "Hint: Is the 1/m missing?",
        "Smallest example: dZ=[[2]], A=[[1]]: dW is [[2]], expected [[1]]",
        "Your comment: See slide 12.",
        "Ann (ann)",
        "1 wrong answer of one submission each",
        "backward 0 of 2 0.4 ms 0.5 ms Ann (ann)",
        "model 1 of 1 all",
        "Ann (ann) (100 %) and Bob (bob) (100 %)",
        "bob: bob.ipynb is a web page, not a notebook.",
        "eve: The sandbox broke down.",
        "Zoe Z. (zoe)",
        "Graded by grader 0.1.0",
    ):
        assert part in text


def test_similar_code_is_a_place_to_look_and_its_lines_are_marked():
    source = write_class_report(HEADER, EVERYTHING, {})
    assert "never a verdict" in source
    assert source.count('<span class="same">') >= 30
    assert '<span class="same">' not in write_class_report(HEADER, EVERYTHING, {"backward": LONG})


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param((), id="nobody"),
        pytest.param((UNREADABLE, FAILED), id="nothing was graded"),
        pytest.param((replace(GRADED, exercises=(replace(RIGHT, cause=None),)),), id="all is right"),
        pytest.param((replace(GRADED, exercises=(replace(WRONG, cases=()), RIGHT)),), id="no cases"),
        pytest.param(CLASS, id="a small class"),
        pytest.param(EVERYTHING, id="everything"),
    ],
)
def test_a_page_is_whole_and_needs_nothing_else(reports):
    source = write_class_report(HEADER, reports, {})
    shown = Page(source)
    assert not {"script", "link", "img", "iframe", "object", "form", "base", "image"} & set(shown.tags)
    assert not re.search(r"https?:|url\((?!#)|@import|javascript:|\son\w+=", source)
    assert set(re.findall(r'(?:href|src)="(.)', source)) <= {"#"}
    assert "default-src 'none'" in source
    levels = [int(tag[1]) for tag in shown.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_id_is_there_once_and_every_reference_leads_to_one():
    source = write_class_report(HEADER, EVERYTHING, {})
    ids = Counter(re.findall(r'\sid="([^"]*)"', source))
    assert max(ids.values()) == 1
    assert set(re.findall(r'url\(#(.*?)\)|href="#(.*?)"', source)) <= {(name, "") for name in ids}


def test_every_figure_says_what_it_shows_and_has_a_table():
    source = write_class_report(HEADER, EVERYTHING, {})
    labels = re.findall(r'<svg class="plot" role="img" aria-label="([^"]+)"', source)
    assert len(labels) == source.count("<svg") == 3
    assert all("table" in label for label in labels)


def test_figures_take_their_colours_from_the_page():
    for svg in re.findall(r"<svg.*?</svg>", write_class_report(HEADER, EVERYTHING, {}), re.DOTALL):
        assert not re.search(r"#[0-9a-f]{6}\b(?!\))", re.sub(r"url\(#\w+\)", "", svg))
        assert "var(--" in svg


def test_a_page_is_the_same_in_every_process():
    program = (
        "import hashlib, test_page as t;"
        "page = t.write_class_report(t.HEADER, t.EVERYTHING, {});"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    here = Path(__file__).parent
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=here, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}:{here.parents[1]}"},
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


@functools.cache
def filled_page(text):
    """The page of a class with `text` in each field that a student or an instructor may have a hand in."""
    report = filled_with(text)
    signed = replace(report.exercises[0], signature="a" * 64, source="x", comments=(text,))
    graded = replace(report, exercises=(signed, RIGHT), student=Student(text, name=text))
    return page((graded, replace(UNREADABLE, id=text, notes=(text,))))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text):
    shown = filled_page(text)
    assert shown.frame == filled_page("x").frame
    assert shown.text.count(harmless(text)) >= 5
    assert all(character.isprintable() or character in "\n\t" for character in shown.text)


def test_reports_are_gone_through_once():
    once = iter(EVERYTHING)
    write_class_report(HEADER, once, {})
    assert next(once, None) is None


def test_the_smallest_groups_of_many_are_counted_only():
    wrong = [replace(WRONG, signature=f"{i:06d}", verdict=Verdict.WRONG_SHAPE) for i in range(65)]
    text = page([handed_in(str(i), score, RIGHT) for i, score in enumerate(wrong)]).text
    assert "5 smaller groups more." in text
