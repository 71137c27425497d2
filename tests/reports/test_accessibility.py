"""Pages are for everyone: axe finds nothing, a keyboard reaches all, large text fits, no mark is faint."""

from __future__ import annotations

import functools

import pytest
from browser import OVERFLOWS, SCHEMES
from page_kinds import LARGE, PAGES

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="it needs axe-playwright-python")

KINDS = {**PAGES, **LARGE}
each_page = pytest.mark.parametrize("name", PAGES)
each_kind = pytest.mark.parametrize("name", KINDS)

KEYBOARD = """() => {
  const natural = "a[href], button, input, select, textarea, summary";
  const shown = [...document.querySelectorAll("body *")].filter(element => element.checkVisibility());
  const scrolls = element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
    && element.scrollWidth > element.clientWidth;
  const named = element => element.outerHTML.slice(0, 100);
  const stops = shown.filter(element => element.tabIndex >= 0 && !element.matches(natural));
  const unreached = shown.filter(element => scrolls(element) && element.tabIndex < 0
    && !element.querySelector(natural + ", [tabindex='0']"));
  return {idle: stops.filter(element => !scrolls(element)).map(named), unreached: unreached.map(named)};
}"""

LANDMARKS = """() => {
  const first = [...document.querySelectorAll("*")].find(element => element.tabIndex >= 0);
  const target = first && first.matches("a[href^='#']") && document.querySelector(first.getAttribute("href"));
  return [document.querySelectorAll("main").length, document.querySelectorAll("h1").length,
    !!target && target.matches("main, main *"), document.documentElement.lang];
}"""

CONTRAST = """() => {
  const parsed = text => (text.match(/rgba?\\([^)]*\\)/) || ["rgba(0, 0, 0, 0)"])[0].match(/[\\d.]+/g).map(Number);
  const seen = colour => colour.length < 4 || colour[3] > 0;
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = parsed(getComputedStyle(element).backgroundColor);
      if (seen(colour)) return colour;
    }
    return [255, 255, 255];
  };
  const luminance = colour => colour.slice(0, 3).map(value => value / 255)
    .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
    .reduce((sum, value, i) => sum + value * [.2126, .7152, .0722][i], 0);
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + .05) / (dark + .05);
  };
  const found = [];
  const note = (element, colour, behind) => found.push([element.outerHTML.slice(0, 80), ratio(colour, behind)]);
  for (const element of document.querySelectorAll(".verdict, .verdict *, .fates li, .students td, mark, .here"))
    note(element, parsed(getComputedStyle(element).color), ground(element));
  for (const element of document.querySelectorAll(".bar span, span.bar, .stack span")) {
    const style = getComputedStyle(element);
    const fills = [style.backgroundColor, style.backgroundImage, style.borderTopColor].map(parsed).filter(seen);
    note(element, style.backgroundImage == "none" ? fills[0] : parsed(style.backgroundImage),
      ground(element.parentElement));
  }
  for (const element of document.querySelectorAll("article, .attention, .remark, .comment"))
    note(element, parsed(getComputedStyle(element).borderLeftColor), ground(element.parentElement));
  for (const element of document.querySelectorAll(".fails, .same"))
    note(element, parsed(getComputedStyle(element).boxShadow), ground(element));
  return found;
}"""

LARGER = f"() => {{ document.documentElement.style.fontSize = '200%'; return ({OVERFLOWS})(); }}"


@functools.cache
def page(name):
    return KINDS[name]()


ALIKE = ".students tbody tr:nth-child(n + 10), .names li:nth-child(n + 10)"
FEWER = f"() => document.querySelectorAll('{ALIKE}').forEach(row => row.remove())"
"""Leaves some rows of a large class: axe takes many seconds for those that are alike."""


def violations(shown, scheme):
    """What axe finds; of the second scheme only what depends on colours, which is all that differs."""
    shown.evaluate(FEWER)
    rules = {} if scheme == "light" else {"runOnly": ["color-contrast"]}
    found = axe.Axe().run(shown, options={"resultTypes": ["violations"], **rules}).response["violations"]
    return [(rule["id"], node["html"][:120]) for rule in found for node in rule["nodes"]]


@each_kind
def test_axe_finds_nothing(name, browser):
    found = browser.show(page(name), violations, schemes=SCHEMES)
    assert {view: problems for view, problems in found.items() if problems} == {}
    assert len(found) == 4


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
