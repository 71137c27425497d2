"""Pages are for everyone: axe finds nothing, a keyboard reaches all, large text fits, no mark is faint."""

from __future__ import annotations

import functools

import pytest
from accessibility import CONTRAST, KEYBOARD, LANDMARKS, LARGER, violations
from browser import SCHEMES
from page_kinds import LARGE, PAGES

KINDS = {**PAGES, **LARGE}
each_page = pytest.mark.parametrize("name", PAGES)
each_kind = pytest.mark.parametrize("name", KINDS)


@functools.cache
def page(name):
    return KINDS[name]()


@each_page
def test_axe_finds_nothing(name, browser):
    found = browser.show(page(name), violations, schemes=SCHEMES)
    assert {view: problems for view, problems in found.items() if problems} == {}
    assert len(found) == 4


@pytest.mark.parametrize("name", LARGE)
def test_axe_finds_nothing_in_a_large_class(name, browser):
    assert browser.show(page(name), violations, widths=(390,)) == {(390, "light"): []}


@each_page
def test_a_keyboard_reaches_what_scrolls_and_stops_at_nothing_else(name, browser):
    for view, found in browser.show(page(name), KEYBOARD).items():
        assert (view, found) == (view, {"idle": [], "unreached": []})


@each_page
def test_a_page_has_landmarks_and_begins_with_a_link_to_its_content(name, browser):
    assert browser.show(page(name), LANDMARKS, widths=(390,)) == {(390, "light"): [1, 1, True, "en"]}


@each_kind
def test_text_of_twice_the_size_fits_a_telephone(name, browser):
    assert browser.show(page(name), LARGER, widths=(390,)) == {(390, "light"): False}


@each_page
def test_no_mark_is_faint(name, browser):
    for view, found in browser.show(page(name), CONTRAST, widths=(1280,), schemes=SCHEMES).items():
        assert (view, [mark for mark in found if mark[1] < 3]) == (view, [])


BAD = """<!DOCTYPE html><html><head><title>x</title></head><body><div tabindex="0">still</div>
<pre tabindex="-1" style="overflow-x: auto; width: 9em">{}</pre>
<p class="verdict" style="color: #ddd">faint</p></body></html>"""


def test_each_question_would_notice_what_is_wrong(browser):
    """So none of the tests above passes because it looks at nothing."""

    def answer(question):
        return browser.show(BAD.format("x" * 999), question, widths=(390,))[390, "light"]

    assert {rule for rule, _ in answer(violations)} >= {
        "html-has-lang",
        "color-contrast",
        "landmark-one-main",
    }
    assert [len(found) for found in answer(KEYBOARD).values()] == [1, 1]
    assert answer(LANDMARKS) == [0, 0, False, ""]
    assert [mark for mark in answer(CONTRAST) if mark[1] < 3]
