"""Questions to a browser about a page: is it for everyone, whatever they see, hear, and type with."""

from __future__ import annotations

from browser import OVERFLOWS, SCHEMES, WIDTHS

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
  const colour = text => (text.match(/rgba?\\([^)]*\\)/) || ["rgba(0, 0, 0, 0)"])[0];
  const parsed = text => colour(text).match(/[\\d.]+/g).map(Number);
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
  const note = (element, front, behind) => found.push([element.outerHTML.slice(0, 80), ratio(front, behind)]);
  const signs = ".verdict, .verdict *, .fates li, .students td, mark, .here";
  for (const element of document.querySelectorAll(signs))
    note(element, parsed(getComputedStyle(element).color), ground(element));
  for (const element of document.querySelectorAll(".bar span, span.bar, .stack span")) {
    const style = getComputedStyle(element);
    const fills = [style.backgroundImage, style.backgroundColor, style.borderTopColor].map(parsed);
    note(element, fills.find(seen), ground(element.parentElement));
  }
  for (const element of document.querySelectorAll("article, .attention, .remark, .comment"))
    note(element, parsed(getComputedStyle(element).borderLeftColor), ground(element.parentElement));
  for (const element of document.querySelectorAll(".fails, .same"))
    note(element, parsed(getComputedStyle(element).boxShadow), ground(element));
  return found;
}"""

LARGER = f"() => {{ document.documentElement.style.fontSize = '200%'; return ({OVERFLOWS})(); }}"

ALIKE = ".students tbody tr:nth-child(n + 10), .names li:nth-child(n + 10)"
FEWER = f"() => document.querySelectorAll('{ALIKE}').forEach(row => row.remove())"
"""Leaves some rows of a large class: axe takes many seconds for those that are alike."""


def violations(shown, scheme):
    """What axe finds; of the second scheme only what depends on colours, which is all that differs."""
    from axe_playwright_python.sync_playwright import Axe

    shown.evaluate(FEWER)
    rules = {} if scheme == "light" else {"runOnly": ["color-contrast"]}
    found = Axe().run(shown, options={"resultTypes": ["violations"], **rules}).response["violations"]
    return [(rule["id"], node["html"][:120]) for rule in found for node in rule["nodes"]]


def heard(page):
    """A list to which a page adds what its policy refused, and its errors."""
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Refused" in message.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    return refused


def asked(page):
    """The answers to all questions about the page that is shown."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    answers = {
        "landmarks": page.evaluate(LANDMARKS),
        "title": page.title(),
        "axe": [],
        "faint": [],
        "wide": [],
    }
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate(OVERFLOWS):
            answers["wide"].append(width)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            answers["axe"] += [(width, scheme, *one) for one in violations(page, scheme)]
            answers["faint"] += [mark for mark in page.evaluate(CONTRAST) if mark[1] < 3]
        answers[f"keyboard {width}"] = page.evaluate(KEYBOARD)
    page.set_viewport_size({"width": 390, "height": 900})
    answers["large text is wide"] = page.evaluate(LARGER)
    return answers


def check_is_for_everyone(found):
    """Check the answers of a page to all questions, with what `heard` found as "refused"."""
    assert found["axe"] == []
    assert found["faint"] == []
    assert found["refused"] == []
    assert found["wide"] == []
    assert not found["large text is wide"]
    assert [found[f"keyboard {width}"] for width in WIDTHS] == [{"idle": [], "unreached": []}] * 2
    assert found["landmarks"] == [1, 1, True, "en"]
    assert found["title"] not in {"", "ran"}
