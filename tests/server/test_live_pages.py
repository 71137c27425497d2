"""What pages do more where there is JavaScript: a class that fills up, arrow keys, a file that is dropped."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator

import pytest
from doubling import RIGHT, WRONG
from live_service import Live, listening

from grader.assignments.course import Course
from grader.server.queue.graders import Graders

DROP = """bytes => {
  const data = Uint8Array.from(atob(bytes), one => one.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([data], "mine.ipynb"));
  const event = new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true});
  document.body.dispatchEvent(event);
}"""
FOCUSED = "() => document.activeElement.getAttribute('href')"


@pytest.fixture(scope="module")
def live(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory, graders: Graders) -> Iterator[Live]:
    with listening(tiny_course, tmp_path_factory.mktemp("live"), graders) as made:
        yield made


def test_a_notebook_that_is_dropped_is_fed_back_in_a_moment(
    live: Live, notebook: Callable[..., bytes], browser
):
    live.submit(live.person("one", "One"), notebook(RIGHT))  # the first one waits for its grader
    live.settled()
    dropped = base64.b64encode(notebook(WRONG)).decode()

    def walk(page):
        page.goto(live.link(live.service.student))
        page.goto(f"{live.url}/assignments/small")
        begun = time.perf_counter()
        page.evaluate(DROP, dropped)
        page.wait_for_selector("nav.mend")
        return time.perf_counter() - begun, page.title()

    seconds, title = browser.walk(walk)
    assert title == "0 of 5: small, attempt 1"
    assert seconds < 15  # 1.5 on a quiet machine


def test_who_waits_is_told_so_and_sees_the_feedback_without_asking(
    live: Live, notebook: Callable[..., bytes], browser
):
    student, other = live.person("wai", "Wai Ting"), live.person("bef", "Bef Ore")
    live.grading.clear()
    live.submit(other, notebook(RIGHT))
    waiting = live.submit(student, notebook(WRONG))

    def walk(page):
        page.goto(live.link(student))
        page.goto(live.url + waiting)
        told = page.inner_text("[role=status]")
        live.grading.set()
        page.wait_for_selector("nav.mend")
        return told

    assert "1 is before you: about 2 seconds." in browser.walk(walk)


def test_a_class_fills_up_while_somebody_looks_at_it(live: Live, notebook: Callable[..., bytes], browser):
    student = live.person("liv", "Liv Ely")

    def walk(page):
        page.goto(live.link(live.service.instructor))
        page.goto(f"{live.url}/classes/small?find=liv")
        page.focus("tbody th a")
        before = page.inner_text("tbody tr")
        live.submit(student, notebook(WRONG))
        page.wait_for_selector("tbody td.bad")
        return before, page.inner_text("tbody tr"), page.evaluate(FOCUSED)

    before, after, focused = browser.walk(walk)
    assert "not submitted" in before
    assert "✗" in after
    assert focused == f"/classes/small/students/{student.public}"


def test_arrow_keys_go_from_function_to_function_beside_the_table(
    live: Live, notebook: Callable[..., bytes], browser
):
    them = [live.person(key, f"{key} Arrow") for key in ("ar1", "ar2", "ar3")]
    for student, source in zip(them, (WRONG, None, RIGHT), strict=True):
        if source:
            live.submit(student, notebook(source))
    live.settled()

    def walk(page):
        page.goto(live.link(live.service.instructor))
        page.goto(f"{live.url}/classes/small?find=arrow")
        page.click("tbody td a")
        page.wait_for_selector("#beside article.bad")
        first = page.inner_text("#beside h2")
        page.evaluate("() => { window.same = true; }")
        page.keyboard.press("ArrowDown")  # over the one who submitted nothing
        page.wait_for_selector("#beside article.good")
        second = page.inner_text("#beside h2")
        page.keyboard.press("ArrowUp")
        page.wait_for_selector("#beside article.bad")
        chosen = page.inner_text("tr.chosen th")
        page.keyboard.press("ArrowLeft")
        return first, second, chosen, page.evaluate(FOCUSED), page.evaluate("() => window.same === true")

    first, second, chosen, focused, same = browser.walk(walk)
    assert (first, second, chosen) == ("ar1 Arrow", "ar3 Arrow", "ar1 Arrow")
    assert focused == f"/classes/small/students/{them[0].public}"
    assert same  # the page was never loaded again
