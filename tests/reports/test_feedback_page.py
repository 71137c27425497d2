"""The page of a student tells all there is to tell of each function, and hostile text stays text."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parsed_page import Page
from samples import CLASS, FAILED, GRADED, HEADER, HOSTILE, RIGHT, UNREADABLE, WRONG, filled_with

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.marking import Ruling
from grader.models.report import Repair
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
        "One thing to mend backward: dW is wrong in 1 of 4 elements. Is the 1/m missing? Go to it",
        "Passed 1: model model 7.5 of 7.5 points",
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
    text = page(replace(GRADED, exercises=(WRONG, *users))).text
    assert f"{says} {', '.join(user.name for user in users)}" in text


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
    text = page(replace(GRADED, exercises=(replace(WRONG, verdict=verdict, cases=()),))).text.casefold()
    assert found.words in text
    assert (f"{found.sign} {found.words}" in text) is (verdict not in (Verdict.PASSED, Verdict.NOT_ATTEMPTED))


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


def test_links_lead_to_what_is_on_the_page():
    blank = replace(WRONG, name="later", verdict=Verdict.NOT_ATTEMPTED, source="", cases=())
    for scores in ((WRONG, RIGHT, blank), (RIGHT, blank)):
        source = source_of(replace(GRADED, exercises=scores))
        ids = re.findall(r' id="(.*?)"', source)
        assert {score.name for score in scores} <= set(ids)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#(.*?)"', source)) <= set(ids)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text):
    stays_text(text)


@example("\r``")
@given(st.text(st.characters() | st.sampled_from("<>&\"'/!-{}%#=`"), min_size=1))
@settings(max_examples=60)
def test_no_text_in_any_field_breaks_out_of_the_page(text):
    stays_text(text)


def signed(text):
    """The hostile sample, of a student and with a comment of that text too."""
    report = filled_with(text)
    scores = (replace(report.exercises[0], comments=(text,)), *report.exercises[1:])
    return replace(report, exercises=scores, student=Student(text, name=text))


def without_code(shown):
    """The elements of a page, but for the `code` that backticks make."""
    return [element for element in shown.frame if element != ("code", ())]


def stays_text(text):
    shown = page(signed(text))
    assert [*map(without_code, (shown, page(signed("x"))))] == [without_code(shown)] * 2
    unquoted = (said.replace("`", "") for said in (shown.text, harmless(text)))  # two of them are `code`
    assert str.count(*unquoted) >= 10
    assert all(character.isprintable() or character in "\n\t" for character in shown.text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(scheme):
    source = source_of(GRADED)
    light, dark = re.findall(r":root\{(.*?)\}", source, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+):(#\w{6})", light if scheme == "light" else dark))
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
    assert "<details open " in source_of(replace(GRADED, exercises=(WRONG,)))
    assert "<details open" not in source_of(replace(GRADED, exercises=(RIGHT,)))


def test_passed_functions_are_folded_unless_a_person_wrote_to_one():
    written_to = replace(RIGHT, comments=("Well done.",))
    assert "<details open>\n<summary>1: model" in source_of(replace(GRADED, exercises=(written_to,)))


def test_what_is_wrong_stands_first_with_helpers_before_what_needs_them():
    blank = replace(WRONG, name="later", verdict=Verdict.NOT_ATTEMPTED, source="", cases=())
    scores = (RIGHT, blank, replace(WRONG, name="caller"), WRONG)
    header = replace(HEADER, order=("backward", "caller", "later", "model"))
    source = write_feedback(header, replace(GRADED, exercises=scores)).decode()
    assert re.findall(r'(?:<li>|<article id="|<code id=")(?:<strong><code>)?(\w+)[<"]', source)[:5] == [
        "backward", "caller", "backward", "caller", "later",
    ]  # fmt: skip
    assert [*re.findall(r"<h2[^>]*>(.*?)</h2>", source)] == [
        "Two things to mend, in this order", "To mend", "Not written yet", "Passed", "Notes",
    ]  # fmt: skip


def test_the_box_names_three_and_what_is_excused_is_not_in_it():
    excused = replace(WRONG, name="excused", ruling=Ruling(0, 10, excused=True))
    scores = (excused, *(replace(WRONG, name=f"f{i}") for i in range(5)))
    box = source_of(replace(GRADED, exercises=scores)).split("</nav>")[0]
    assert re.findall(r'<a href="#(\w+)" aria-label="Go to it', box) == ["f0", "f1", "f2"]
    assert "5 things to mend" in box


def test_who_has_nothing_wrong_is_told_what_is_still_to_write_or_nothing():
    blank = replace(WRONG, name="later", verdict=Verdict.NOT_ATTEMPTED, source="", cases=())
    assert "Still to write" in source_of(replace(GRADED, exercises=(RIGHT, blank, blank)))
    assert '<nav class="mend"' not in source_of(replace(GRADED, exercises=(RIGHT,)))


def test_what_is_still_to_write_is_in_the_box_of_who_has_something_to_mend_too():
    blank = [
        replace(WRONG, name=f"f{i}", verdict=Verdict.NOT_ATTEMPTED, source="", cases=()) for i in range(5)
    ]
    few, many = (page(replace(GRADED, exercises=(WRONG, *blank[:n]))).text for n in (2, 5))
    assert "Still to write: f0, f1" in few
    assert "Still to write: f0, f1, f2 and 2 more" in many
    assert "Still to write" not in page(replace(GRADED, exercises=(RIGHT, WRONG))).text
    source = source_of(replace(GRADED, exercises=(WRONG, blank[0])))
    assert '<a href="#f0">' in source
    assert 'id="f0"' in source


def test_the_title_of_the_notebook_and_the_course_stand_in_place_of_a_name_of_files():
    header = replace(HEADER, title="Your network: <step>", course="Deep Learning & more")
    shown = Page(write_feedback(header, GRADED).decode())
    assert "Deep Learning & more · Your network: <step>" in shown.text
    assert HEADER.assignment not in shown.text
    assert HEADER.assignment in page(GRADED).text, "where there is no title"


def test_one_place_that_makes_it_right_is_told_in_the_box_and_marked_in_the_code():
    repair = Repair((3, 3), "the factor `1 / m`", "factor")
    source = source_of(replace(GRADED, exercises=(replace(WRONG, repair=repair),)))
    assert source.count("Line 19: the factor <code>1 / m</code>.") == 2
    [marked] = re.findall(r'<span class="fails">(.*?look here.*?)\n', source)
    assert "return" in marked


def test_the_smallest_example_stands_in_three_lines_with_their_labels():
    example = "backward(np.array([[2.]]))\ndW, yours: [[2]]\ndW, expected: [[1]]"
    source = source_of(replace(GRADED, exercises=(replace(WRONG, example=example),)))
    assert re.findall(r"<dt>(\w+)</dt><dd><code>(.*?)</code>", source) == [
        ("Call", "backward(np.array([[2.]]))"), ("Yours", "dW = [[2]]"), ("Expected", "dW = [[1]]"),
    ]  # fmt: skip


def test_the_input_of_a_public_case_is_shown_of_the_first_three():
    cases = tuple(replace(WRONG.cases[0], id=f"c{i}", inputs=f"dZ = np.array([{i}.])") for i in range(5))
    text = page(replace(GRADED, exercises=(replace(WRONG, cases=cases),))).text
    assert [f"dZ = np.array([{i}.])" in text for i in range(5)] == [True] * 3 + [False] * 2
    assert all(f"c{i}" in text for i in range(5))


def test_a_place_is_named_as_its_author_finds_it_and_leads_to_the_code():
    source = source_of(replace(GRADED, exercises=(replace(WRONG, where="Exercise 7, In [18]"),)))
    assert '<a href="#backward-code">Exercise 7, In [18], line 19</a>' in source


def test_code_in_a_hint_is_code_and_stays_text():
    hints = {"use `a < b`": "use <code>a &lt; b</code>", "a ` alone": "a ` alone", "`<i>": "`&lt;i&gt;"}
    for hint, shown in hints.items():
        assert f"</strong> {shown}</p>" in source_of(replace(GRADED, exercises=(replace(WRONG, hint=hint),)))


def test_the_page_tells_what_the_mark_was_made_with():
    page = source_of(GRADED)
    origin = page.split("Where this mark comes from")[1]
    assert [origin.count(letter * 64) for letter in "abcf"] == [1, 1, 1, 1]
    assert "backward <code>eeeeeeeeeeee</code>" in origin
    assert "Where this mark comes from" not in source_of(UNREADABLE)
