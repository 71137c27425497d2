"""Every page of the service in a browser: axe finds nothing, a keyboard reaches all, all fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from accessibility import asked, check_is_for_everyone, heard
from browser import ATTACKS
from live_service import Live, listening

from grader.assignments.course import Course
from grader.server.queue.graders import Graders

CLASS = "/classes/small"
PAGES = {
    "home of a student": ("ann", "/"),
    "an assignment": ("ann", "/assignments/small"),
    "an assignment not begun": ("ann", "/assignments/other"),
    "feedback": ("ann", "{graded}"),
    "a submission that waits": ("ann", "{waiting}"),
    "home of those who mark": ("iris", "/"),
    "a class": ("iris", CLASS),
    "a class, one function beside it": ("iris", CLASS + "?at={ann}.0"),
    "a class without work": ("iris", "/classes/other"),
    "a student of a class": ("iris", CLASS + "/students/{ann}"),
    "a student without work": ("iris", CLASS + "/students/{eve}"),
    "the same mistakes": ("iris", CLASS + "/mistakes"),
    "export": ("iris", CLASS + "/export"),
    "regrade": ("iris", CLASS + "/regrade"),
    "who did what": ("iris", CLASS + "/history"),
    "ways in": ("iris", "/ways-in"),
    "tokens": ("iris", "/tokens"),
    "the class of an assistant": ("ben", CLASS),
    "nothing": ("ann", CLASS),
    "the way in": ("", "/"),
}


HOSTILE = tuple(ATTACKS[name] for name in ("an image", "a script at work", "an attribute at work"))
"""What people are called, and what they write, here."""


@pytest.fixture(scope="module")
def live(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory, graders: Graders) -> Iterator[Live]:
    with listening(tiny_course, tmp_path_factory.mktemp("everyone"), graders) as made:
        yield made


@pytest.fixture(scope="module")
def places(live: Live, notebook: Callable[..., bytes]) -> dict[str, str]:
    """A class with work that is graded, work that cannot be read, and work that waits; its addresses."""
    ann, iris = live.service.student, live.service.client(live.service.instructor)
    them = [live.person(f"c{i}", name) for i, name in enumerate(HOSTILE)]
    eve = live.person("eve", "Eve <b>Fox</b> " + "w" * 60)
    wrong = notebook("def double(x):\n    return 3 * x")
    graded = live.submit(ann, wrong)
    for i, student in enumerate(them):
        live.submit(student, wrong + b" " * i, HOSTILE[i])
    live.settled()
    iris.post(
        f"{CLASS}/mistakes", data={"group": group_in(iris.get(f"{CLASS}/mistakes").text), "text": HOSTILE[1]}
    )
    live.grading.clear()
    waiting = live.submit(ann, notebook("def double(x):\n    return 2 * x"))
    iris.post(
        f"{CLASS}/students/{ann.public}/adjust",
        data={
            "function": "double",
            "action": "points",
            "value": "2",
            "because": HOSTILE[0],
        },
    )
    return {"graded": graded, "waiting": waiting, "ann": ann.public, "eve": eve.public}


def group_in(page: str) -> str:
    return page.partition('name="group" value="')[2].partition('"')[0]


@pytest.fixture(scope="module")
def visited(live: Live, places: dict[str, str], browser) -> dict[str, dict]:
    """What a browser finds on each page, by its name: all questions are asked in one visit."""

    def visit(page):
        found, refused = {}, heard(page)
        who = ""
        for name, (key, path) in sorted(PAGES.items(), key=lambda item: item[1][0]):
            if key != who:
                page.context.clear_cookies()
                page.goto(live.link(people[key]))
                who = key
            status = page.goto(live.url + path.format(**places)).status
            found[name] = {**asked(page), "refused": [*refused], "status": status}
            refused.clear()
        return found

    service = live.service
    people = {"ann": service.student, "ben": service.assistant, "iris": service.instructor}
    return browser.walk(visit)


each_page = pytest.mark.parametrize("name", PAGES)


@each_page
def test_a_page_of_the_service_is_for_everyone(name: str, visited: dict[str, dict]):
    found = visited[name]
    assert found["status"] == (404 if name == "nothing" else 200)
    check_is_for_everyone(found)


def test_pages_tell_by_their_titles_which_they_are(visited: dict[str, dict]):
    alike = {"home of a student", "home of those who mark", "a class, one function beside it"}
    alike |= {"the class of an assistant", "an assignment not begun", "an assignment"}
    titles = [found["title"] for name, found in visited.items() if name not in alike]
    assert sorted(set(titles)) == sorted(titles)
