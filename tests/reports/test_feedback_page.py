"""The page of a student tells all there is to tell of each function, and hostile text stays text."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_page import Page
from samples import CLASS, FAILED, GRADED, HEADER, HOSTILE, RIGHT, UNREADABLE, WRONG, filled_with

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.submission import Student
from grader.reports import wording
from grader.reports.feedback_page import write_feedback
from grader.reports.sanitize import harmless


def source_of(report):
    return write_feedback(HEADER, report).decode()


def page(report):
    return Page(source_of(report))


def test_a_page_tells_marks_verdicts_places_hints_causes_and_notes():
    text = " ".join(page(GRADED).text.split())
    for part in (
        "7.5 of 17.5 points",
        "1 of 2 functions passed.",
        "✗ wrong value",
        "0 of 10 points · cell 12, line 19",
        "dW is wrong in 1 of 4 elements.",
        "Hint: Is the 1/m missing?",
        "✓ passed",
        "backward is wrong; this function is right by itself and loses nothing.",
        "Public cases: 0 of 1 passed. Hidden cases: 0 of 1 passed.",
        "Cell 3 was left out: it has a magic.",
        "Graded by grader 0.1.0 with Python 3.11.7 and NumPy 2.4.6, isolation level full (seccomp, rlimits).",
        "Of a hidden case you see which result is wrong and in which way, and no line, exception or number.",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("count", "says"),
    [
        pytest.param(
            1, "backward is wrong; 1 function that uses it is right by itself and loses nothing.", id="one"
        ),
        pytest.param(
            3,
            "backward is wrong; 3 functions that use it are right by themselves and lose nothing.",
            id="three",
        ),
    ],
)
def test_a_function_at_fault_tells_whom_it_brings_down(count, says):
    users = tuple(replace(RIGHT, name=f"model_{i}") for i in range(count))
    source = source_of(replace(GRADED, exercises=(WRONG, *users)))
    assert says in source
    assert re.findall(r'<li><a href="#(model_\d)">', source) == [user.name for user in users]


def test_who_handed_in_and_when_and_what_the_instructor_says_are_told():
    ann = Student("ann", name="Ann Example")
    scores = (replace(WRONG, comments=("See me.", "Well begun.")), RIGHT)
    report = replace(GRADED, student=ann, late=True, submitted="2026-03-01T10:00:00Z", exercises=scores)
    text = " ".join(page(report).text.split())
    for part in (
        "Ann Example",
        "ann · ann.ipynb",
        "Handed in 2026-03-01T10:00:00Z late",
        "From your instructor: See me.",
        "From your instructor: Well begun.",
    ):
        assert part in text
    assert "Handed in" not in page(GRADED).text


def test_pages_of_equal_functions_are_equal_and_nothing_of_one_student_is_on_anothers():
    first = source_of(GRADED)
    other = replace(GRADED, exercises=(replace(WRONG, comments=("Only for bob.",)), RIGHT))
    assert "Only for bob." in source_of(other)
    assert source_of(GRADED) == first


def test_the_failing_line_is_marked_with_words():
    raised = replace(WRONG, verdict=Verdict.DID_NOT_RUN, status=Status.RAISED)
    source = source_of(replace(GRADED, exercises=(raised,)))
    [before, marked] = re.findall(
        r'<code style="counter-reset: line 16">(.*?)<span class="fails">(.*?)</span>\n', source, re.DOTALL
    )[0]
    assert before.count("\n</span>") == 2
    assert "return" in marked
    assert "fails here" not in source_of(GRADED)


def test_wrong_entries_stand_beside_the_expected_ones():
    source = source_of(GRADED)
    assert re.findall(r"<mark>(.*?)</mark>", source) == ["4.5"]
    assert re.findall(r'<td class="right">(.*?)</td>', source) == ["4"]


def test_a_hidden_case_tells_nothing_but_pass_or_fail():
    hidden = replace(
        WRONG.cases[1],
        message="secret-message",
        path="secret-path",
        actual="secret-a",
        expected="secret-e",
        id="secret-id",
    )
    report = replace(GRADED, exercises=(replace(WRONG, cases=(hidden,)),))
    assert "secret" not in source_of(report)
    assert "Hidden cases: 0 of 1 passed." in page(report).text


@pytest.mark.parametrize("report", [UNREADABLE, FAILED], ids=lambda report: report.status)
def test_what_was_not_graded_has_no_mark_and_a_reason(report):
    text = page(report).text
    assert "No mark" in text
    assert wording.summary(report) in text
    assert text.count(report.notes[0]) == 1


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_told_in_words(verdict):
    found = wording.WORDINGS[verdict]
    text = page(replace(GRADED, exercises=(replace(WRONG, verdict=verdict, cases=()),))).text
    assert text.count(f"{found.sign} {found.words}") == 2


@pytest.mark.parametrize("report", CLASS, ids=lambda report: report.status)
def test_a_page_has_no_script_and_refers_to_nothing_outside(report):
    source = source_of(report)
    assert not {"script", "link", "img", "iframe", "object", "form", "svg", "base"} & set(Page(source).tags)
    assert not re.search(r"https?:|url\(|@import|javascript:|\son\w+=", source)
    assert set(re.findall(r'(?:href|src)="(.)', source)) <= {"#"}
    assert "default-src 'none'" in source


@pytest.mark.parametrize("report", CLASS, ids=lambda report: report.status)
def test_headings_stand_in_order_below_one_title(report):
    levels = [int(tag[1]) for tag in page(report).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_links_lead_to_the_functions():
    source = source_of(GRADED)
    functions = re.findall(r'<article id="(.*?)"', source)
    assert functions == ["backward", "model"]
    assert set(re.findall(r'href="#(.*?)"', source)) == set(functions)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text):
    stays_text(text)


@given(st.text(st.characters() | st.sampled_from("<>&\"'/!-{}%#=`"), min_size=1))
@settings(max_examples=60)
def test_no_text_in_any_field_breaks_out_of_the_page(text):
    stays_text(text)


def signed(text):
    """The hostile sample, of a student and with a comment of that text too."""
    report = filled_with(text)
    scores = (replace(report.exercises[0], comments=(text,)), *report.exercises[1:])
    return replace(report, exercises=scores, student=Student(text, name=text))


def stays_text(text):
    shown = page(signed(text))
    assert shown.frame == page(signed("x")).frame
    assert shown.text.count(harmless(text)) >= 10
    assert all(character.isprintable() or character in "\n\t" for character in shown.text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(scheme):
    source = source_of(GRADED)
    light, dark = re.findall(r":root \{(.*?)\}", source, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", light if scheme == "light" else dark))
    for back in ("page", "card"):
        for front in (
            "text",
            "quiet",
            "link",
            "good",
            "bad",
            "open",
            "comment",
            "keyword",
            "string",
            "number",
            "name",
        ):
            assert contrast(colours[front], colours[back]) >= 4.5, (front, back)
    for front in ("text", "bad", "quiet", "comment", "keyword", "string", "number", "name"):
        assert contrast(colours[front], colours["bad-soft"]) >= 4.5, front
    assert contrast(colours["text"], colours["good-soft"]) >= 4.5
    assert contrast(colours["text"], colours["hint"]) >= 4.5


def contrast(front, back):
    """The contrast ratio of WCAG 2: (lighter + 0.05) / (darker + 0.05), of relative luminances."""
    darker, lighter = sorted(map(luminance, (front, back)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_passed_function_keeps_its_code_folded_and_a_failed_one_shows_it():
    assert "<details open>" in source_of(replace(GRADED, exercises=(WRONG,)))
    assert "<details open>" not in source_of(replace(GRADED, exercises=(RIGHT,)))


def test_the_page_tells_what_the_mark_was_made_with():
    page = source_of(GRADED)
    origin = page.split("Where this mark comes from")[1]
    assert [origin.count(letter * 64) for letter in "abcef"] == [1, 1, 1, 1, 1]
    assert "Where this mark comes from" not in source_of(UNREADABLE)
