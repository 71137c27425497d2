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
from page_kinds import EVERYTHING, LONG, QUESTIONS, REPAIRED, SIGNED, handed_in
from parsed_page import Page
from samples import CLASS, FAILED, GRADED, HEADER, HOSTILE, RIGHT, UNREADABLE, WRONG, filled_with

from grader.comparison.verdict import Verdict
from grader.models.report import Repair
from grader.models.submission import Student
from grader.reports.class_report.page import write_class_report
from grader.reports.sanitize import harmless


def page(reports, given=None):
    return Page(write_class_report(HEADER, reports, given or {}))


def text_of(reports):
    return " ".join(" ".join(page(reports).texts).split())


def test_the_page_tells_what_a_class_did():
    text = text_of(EVERYTHING)
    for part in (
        "Class report two_functions",
        "8 graded, 1 late, 1 could not be read, 1 not graded by a fault of the grader, 1 not handed in.",
        "The mean is 9.4 of 17.5 points, the median 7.5.",
        "70–79 1 80–89 0 90–99 0 100 1",
        "backward brings down model : 8 submissions",
        "backward Is the 1/m missing? ✗ wrong value 3 submissions dW is wrong in 1 of 4 elements.",
        "Smallest example Call dZ=[[2]], A=[[1]]: dW is [[2]], expected [[1]]",
        "Your comment: See slide 12.",
        "Ann (ann)",
        "2 wrong answers of one submission each",
        "backward 0 of 2 0.4 ms 0.5 ms Ann (ann)",
        "model 1 of 1 all",
        "Ann (ann) (100 %) and Bob (bob) (100 %)",
        "bob : bob.ipynb is a web page, not a notebook.",
        "eve : The sandbox broke down.",
        "Zoe Z. (zoe)",
        "Graded by grader 0.1.0",
    ):
        assert part in text, part


def test_functions_are_sorted_by_the_share_that_failed_with_every_number_in_words():
    text = text_of(EVERYTHING)
    assert (
        "backward 88 % failed ✓ 1 passed ✗ 5 wrong ! 1 did not run – 1 not written discrimination – "
        "Is the 1/m missing? 3 submissions" in text
    )
    assert text.index("backward 88 % failed") < text.index("model 0 % failed")
    harder = (
        handed_in("ann", replace(RIGHT, name="easy"), WRONG),
        handed_in("bob", replace(RIGHT, name="easy"), WRONG),
    )
    assert text_of(harder).index("backward 100 % failed") < text_of(harder).index("easy 0 % failed")


def test_a_group_is_headed_by_what_is_to_be_mended_and_has_a_command_to_paste():
    source = write_class_report(
        HEADER, (handed_in("ann", REPAIRED), handed_in("bob", REPAIRED)), {}, folder="my-results"
    )
    assert "<h3><code>backward</code> The divisor of <code>dW</code>.</h3>" in source
    assert re.search(r'<code>grader comment my-results backward-[0-9a-f]{6} "\.\.\."</code>', source)
    assert source.count("◀ look here") == 1


@pytest.mark.parametrize(
    ("score", "sentence"),
    [
        pytest.param(REPAIRED, "The divisor of <code>dW</code>.", id="the repair"),
        pytest.param(
            replace(REPAIRED, repair=Repair((1, 1), "")), "Is the 1/m missing?", id="it says nothing"
        ),
        pytest.param(SIGNED, "Is the 1/m missing?", id="the hint"),
        pytest.param(replace(SIGNED, hint=""), "dW is wrong in 1 of 4 elements.", id="the message"),
        pytest.param(replace(SIGNED, hint="", message=""), "wrong value", id="the verdict"),
    ],
)
def test_the_sentence_of_a_group_is_the_best_there_is(score, sentence):
    assert f"<h3><code>backward</code> {sentence}</h3>" in write_class_report(
        HEADER, (handed_in("a", score),), {}
    )


def test_links_lead_to_the_results_folder_wherever_the_page_is():
    source = write_class_report(HEADER, EVERYTHING, {}, base="../my%20results/")
    assert '<a href="../my%20results/feedback/ann.html">Ann (ann)</a>' in source


def test_questions_say_how_many_answers_wait():
    assert "q4 : 0 marked, 2 to be marked" in text_of(QUESTIONS)


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
    assert set(re.findall(r'(?:href|src)="(#|feedback/)?', source)) <= {"#", "feedback/"}
    assert "default-src 'none'" in source
    levels = [int(tag[1]) for tag in shown.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_id_is_there_once_and_every_reference_leads_to_one():
    source = write_class_report(HEADER, EVERYTHING, {})
    ids = Counter(re.findall(r'\sid="([^"]*)"', source))
    assert max(ids.values()) == 1
    assert set(re.findall(r'href="#(.*?)"', source)) <= set(ids)


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
