"""What a person does in a browser, from a link to an export: by keyboard alone, without JavaScript."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from doubling import RIGHT, WRONG
from live_service import Live, listening

from grader.assignments.course import Course
from grader.server.queue.graders import Graders
from grader.server.settings import settings_of

TABS = 60
WITH = """() => {
  const one = document.activeElement;
  const labels = one.labels ? [...one.labels].map(label => label.innerText) : [];
  return (one.getAttribute("aria-label") || labels.join(" ") || one.innerText || "").trim();
}"""
SEEN = (
    "() => document.activeElement.checkVisibility() && getComputedStyle(document.activeElement).outlineStyle"
)

both_widths = pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])


@pytest.fixture(scope="module")
def live(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A service of a course whose files are changed."""
    folder = tmp_path_factory.mktemp("person")
    shutil.copytree(tiny_course.root, folder / "course", ignore=shutil.ignore_patterns("service"))
    (folder / "course" / "course.toml").write_text(
        'title = "Numbers"\n[late]\nper_day = "10 %"\n[assignments.small]\ndue = 2026-12-24T18:00:00+01:00\n'
    )
    course = Course(folder / "course")
    settings = settings_of(course, folder / "data", isolation="weak")
    with Graders(settings) as graders, listening(course, folder / "service", graders) as made:
        yield made


@pytest.fixture
def files(tmp_path: Path, notebook: Callable[..., bytes]) -> dict[str, Path]:
    sources = {"wrong": WRONG, "right": RIGHT, "other": "x = 1"}
    for name, source in sources.items():
        (tmp_path / f"{name}.ipynb").write_bytes(notebook(source))
    return {name: tmp_path / f"{name}.ipynb" for name in sources}


def tab_to(page, name: str) -> None:
    """Press Tab until the focus is on what is called so, and can be seen there."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate(WITH).startswith(name):
            assert page.evaluate(SEEN) not in {False, "none"}, name
            return
    raise AssertionError(f"no key leads to {name!r} on {page.url}: {page.inner_text('body')[:500]}")


def enter(page, name: str) -> None:
    """Go to a link or a button by keyboard, and press it."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def unfold(page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def fill(page, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def alert(page) -> str:
    page.wait_for_function("() => document.activeElement.getAttribute('role') === 'alert'")  # once drawn
    return page.inner_text("[role=alert]")


@both_widths
def test_a_student_submits_sees_feedback_and_submits_again(live, files, browser, width, scheme):
    student = live.person(f"stu{width}", "Stu Dent")

    def walk(page):
        page.goto(live.link(student))
        enter(page, "small")
        tab_to(page, "Your notebook")
        page.set_input_files("#notebook", files["other"])
        enter(page, "Hand in")
        said = alert(page)
        assert "none of the 1 graded functions of small" in said
        assert "Next:" in said
        assert "--map" not in said
        tab_to(page, "Your notebook")
        page.set_input_files("#notebook", files["wrong"])
        enter(page, "Hand in")
        assert "0 of 5 points" in page.inner_text("header")
        assert "One thing to mend" in page.inner_text("main")
        assert "It counts." in page.inner_text(".strip")
        tab_to(page, "Receipt")
        with page.expect_download() as kept:
            page.keyboard.press("Enter")
        receipt = Path(kept.value.path()).read_text()
        enter(page, "Hand in again")
        page.set_input_files("#notebook", files["right"])
        enter(page, "Hand in")
        assert "5 of 5 points" in page.inner_text("header")
        enter(page, "small")
        rows = page.locator("tbody tr").all_inner_texts()
        assert ["counts" in row for row in rows] == [True, False]
        return receipt

    receipt = browser.walk(walk, javascript=False, width=width, scheme=scheme)
    assert "Stu Dent" in receipt
    assert "SHA-256" in receipt


@both_widths
def test_an_instructor_adjusts_comments_extends_and_exports(live, files, browser, width, scheme):
    students = [live.person(f"{name}{width}", f"{name} {width}") for name in ("Uma", "Vic")]
    for i, student in enumerate(students):
        live.submit(student, files["wrong"].read_bytes() + b" " * i)
    live.settled()

    def walk(page):
        page.goto(live.link(live.service.instructor))
        enter(page, "small")
        fill(page, "Find a student", f"uma{width}")
        enter(page, "Find")
        assert page.locator("tbody tr").count() == 1
        enter(page, f"Uma {width}")
        unfold(page, "Adjust a mark")
        fill(page, "Points or days", "nine")
        fill(page, "Why; the student reads it", "Nearly right.")
        enter(page, "Adjust")
        assert "nine is no number" in alert(page)
        fill(page, "Points or days", "2")
        assert page.input_value("#because") == "Nearly right."
        enter(page, "Adjust")
        assert "The mark is adjusted" in page.inner_text("[role=status]")
        assert "2 of 5 points" in page.inner_text("header")
        unfold(page, "Extend the due date")
        page.fill("#until", "2027-01-06T12:00")
        fill(page, "Why", "Ill.")
        enter(page, "Extend")
        assert "Wed 6 Jan 2027, 12:00 (UTC+01:00), extended" in page.inner_text(".strip")
        enter(page, "small")
        enter(page, "The same mistakes")
        fill(page, "Say something to", "Look at slide 12.")
        enter(page, "Say it")
        assert "It is said" in page.inner_text("[role=status]")
        enter(page, "Export")
        tab_to(page, "csv")
        with page.expect_download() as table:
            page.keyboard.press("Enter")
        enter(page, "Who did what")
        return Path(table.value.path()).read_text(), page.inner_text("main")

    table, history = browser.walk(walk, javascript=False, width=width, scheme=scheme)
    assert "Nearly right." in next(row for row in table.splitlines() if row.startswith(f"Uma{width}"))
    assert all(
        what in history for what in ("adjusted", "extended", "said to a group", "exported", "Iris Moe")
    )

    def look(page):
        page.goto(live.link(students[0]))
        assert "extended for you" in page.inner_text("main")
        enter(page, "small")
        enter(page, "Feedback on attempt 1")
        return page.inner_text("main")

    page = browser.walk(look, javascript=False, width=width, scheme=scheme)
    assert "Adjusted: 0 → 2" in page
    assert "Look at slide 12." in page


def test_a_class_is_regraded_when_what_would_change_was_seen(live, files, browser):
    student = live.person("wil", "Wil Yan")
    live.submit(student, files["right"].read_bytes())
    live.settled()
    path = live.service.services.settings.course.root / "testcases" / "small.py"
    path.write_text(path.read_text().replace("points=5", "points=10"))

    def walk(page):
        page.goto(live.link(live.service.instructor))
        enter(page, "small")
        enter(page, "Regrade")
        assert "changed since" in page.inner_text("main")
        enter(page, "Grade again, and compare")
        page.wait_for_selector("table.diff")
        rows = page.locator("tbody tr").all_inner_texts()
        unchanged = mark(page)
        page.goto(f"{live.url}/classes/small/regrade")
        enter(page, "Let these be the marks")
        said = page.inner_text("[role=status]")
        return rows, unchanged, said, mark(page)

    def mark(page) -> str:
        page.goto(f"{live.url}/classes/small?find=wil")
        return page.inner_text("tbody tr td")

    rows, before, said, after = browser.walk(walk, javascript=False)
    assert [row for row in rows if "Wil Yan" in row and "5 → 10" in row]
    assert (before, after) == ("5", "10")
    assert "These are the marks now" in said
