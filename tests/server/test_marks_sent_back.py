"""Marks arrive in the gradebook of a learning system: each change, once it counts, whatever fails between."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest
from launching import browser, launched
from learning_system import HOST, LearningSystem
from serving import Service

from grader.server.identity.lti.outbox import FIRST, LONGEST, MOST_TRIES, backoff, deliver_next
from grader.server.identity.lti.tool import Tool
from grader.server.store import deliveries, marks, people
from grader.server.store.people import Person


@pytest.fixture
def tool(connected: Service) -> Tool:
    return Tool(connected.services)


@pytest.fixture
def student(connected: Service, system: LearningSystem) -> Person:
    """A student who came by the link of the assignment."""
    launched(browser(connected), system, "7")
    with connected.database.reading() as connection:
        found = people.with_key(connection, "7@uni.example")
    assert found
    return found


@pytest.fixture
def graded(connected: Service, student: Person, notebooks: dict[str, bytes]) -> Service:
    """The service after the student's wrong notebook was graded."""
    hand_in(connected, student, notebooks["wrong"])
    return connected


def hand_in(service: Service, student: Person, notebook: bytes) -> None:
    client = service.client(student)
    client.post(
        "/assignments/small/submissions", files={"notebook": ("mine.ipynb", notebook)}, follow_redirects=False
    )
    assert service.grade() == 1


def deliver(tool: Tool) -> int:
    """Send what is due now; return how many marks that were."""
    count = 0
    while deliver_next(tool):
        count += 1
        assert count < 50
    return count


def test_a_mark_arrives_for_the_user_of_the_learning_system(
    graded: Service, system: LearningSystem, tool: Tool
):
    assert deliver(tool) == 1
    ((item, score),) = system.scores
    assert system.items[int(item)]["scoreMaximum"] == 5
    assert (score["userId"], score["scoreGiven"], score["scoreMaximum"]) == ("7", 0, 5)
    assert score["gradingProgress"] == "FullyGraded"
    assert deliver(tool) == 0


def test_a_column_that_the_learning_system_has_is_used(
    connected: Service, system: LearningSystem, tool: Tool, notebooks: dict[str, bytes]
):
    system.items.append({"id": f"{HOST}/items/0?type_id=1", "resourceId": "elsewhere"})
    system.line_item = f"{HOST}/items/0?type_id=1"
    launched(browser(connected), system, "7")
    with connected.database.reading() as connection:
        student = people.with_key(connection, "7@uni.example")
    hand_in(connected, student, notebooks["right"])
    deliver(tool)
    assert [score["scoreGiven"] for _, score in system.scores] == [5]
    assert len(system.items) == 1


def test_a_better_attempt_arrives_too(
    graded: Service, student: Person, system: LearningSystem, tool: Tool, notebooks: dict[str, bytes]
):
    deliver(tool)
    graded.clock.wait(seconds=1)
    hand_in(graded, student, notebooks["right"])
    deliver(tool)
    assert [score["scoreGiven"] for _, score in system.scores] == [0, 5]
    stamps = [score["timestamp"] for _, score in system.scores]
    assert stamps == sorted(stamps)
    assert stamps[0] < stamps[1]


def test_an_adjusted_mark_arrives(graded: Service, student: Person, system: LearningSystem, tool: Tool):
    with graded.database.writing() as connection:
        marks.adjust(
            connection, student, "small", "", "add", 3.0, graded.instructor, graded.clock(), "a good idea"
        )
    deliver(tool)
    assert [score["scoreGiven"] for _, score in system.scores] == [3]


def test_nobody_but_those_whom_the_learning_system_sent_is_told_to_it(
    graded: Service, system: LearningSystem, tool: Tool, notebooks: dict[str, bytes]
):
    hand_in(graded, graded.student, notebooks["right"])
    deliver(tool)
    assert [score["userId"] for _, score in system.scores] == ["7"]
    page = graded.client(graded.instructor).get("/ways-in").text
    assert "Ann Lee" in page
    assert "has not named this student" in page


def test_the_members_of_a_course_are_taken_in_and_get_their_marks(
    connected: Service,
    system: LearningSystem,
    tool: Tool,
    notebooks: dict[str, bytes],
    read: Callable[[], str],
):
    launched(browser(connected), system, "10")
    system.people["8"]["email"] = "ann@example.org"
    assert "4 people" in read()
    hand_in(connected, connected.student, notebooks["right"])
    deliver(tool)
    assert [score["userId"] for _, score in system.scores] == ["8"]


@pytest.fixture
def read(connected: Service) -> Callable[[], str]:
    """Read the members of the course."""

    def press() -> str:
        page = connected.client(connected.instructor)
        path = page.get("/ways-in").text.partition('action="/ways-in/courses/')[2].partition("/")[0]
        return page.post(f"/ways-in/courses/{path}/members").text

    return press


def test_a_student_who_is_in_the_course_no_more_stays_and_is_not_listed(
    connected: Service, system: LearningSystem, read: Callable[[], str]
):
    read()
    del system.people["8"]
    read()
    with connected.database.reading() as connection:
        listed = {one.key: one.listed for one in people.all_of(connection, "student")}
    assert listed == {"ann": True, "7@uni.example": True, "8@uni.example": False}


def test_half_a_roster_changes_nobody(connected: Service, system: LearningSystem, read: Callable[[], str]):
    read()
    system.instead = [
        httpx2.Response(200, json={"members": [], "next": f"{HOST}/members?page=2"}),
        httpx2.Response(500),
    ]
    assert "does not give the roster" in read()
    with connected.database.reading() as connection:
        assert all(one.listed for one in people.all_of(connection, "student"))


# ---------------------------------------------------------------- what fails


@pytest.mark.parametrize("status", [500, 503, 429, 401])
def test_a_mark_that_does_not_arrive_is_sent_again(
    graded: Service, system: LearningSystem, tool: Tool, status: int
):
    deliver(tool)
    deliveries_again(graded)
    system.scores.clear()
    system.instead = [httpx2.Response(status), httpx2.Response(status)]
    assert deliver(tool) == 1
    assert system.scores == []
    assert deliver(tool) == 0
    system.instead = []
    graded.clock.wait(seconds=FIRST.total_seconds() + 1)
    assert deliver(tool) == 1
    assert len(system.scores) == 1


def deliveries_again(service: Service) -> None:
    with service.database.writing() as connection:
        deliveries.want_all(connection, service.clock())


def test_the_waits_double_up_to_six_hours():
    waits = [backoff(tries) for tries in range(30)]
    assert waits[:3] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert waits[-1] == LONGEST
    assert sum(wait.total_seconds() for wait in waits[: MOST_TRIES - 1]) > 3 * 86_400


def test_a_learning_system_that_asks_to_wait_is_waited_for(
    graded: Service, system: LearningSystem, tool: Tool
):
    deliver(tool)
    deliveries_again(graded)
    system.instead = [httpx2.Response(429, headers={"Retry-After": "3600"})]
    deliver(tool)
    graded.clock.wait(seconds=3500)
    assert deliver(tool) == 0
    graded.clock.wait(seconds=200)
    assert deliver(tool) == 1


def test_a_mark_that_is_refused_is_shown_and_not_sent_again_by_itself(
    graded: Service, system: LearningSystem, tool: Tool
):
    deliver(tool)
    deliveries_again(graded)
    system.instead = [httpx2.Response(404)]
    deliver(tool)
    graded.clock.wait(days=30)
    assert deliver(tool) == 0
    page = graded.client(graded.instructor)
    assert "it answers 404" in page.get("/ways-in").text
    page.post("/ways-in/marks")
    assert deliver(tool) == 1
    assert "it answers 404" not in page.get("/ways-in").text


def test_after_three_days_a_mark_is_not_sent_by_itself_any_more(
    graded: Service, system: LearningSystem, tool: Tool
):
    system.instead = [httpx2.Response(500) for _ in range(3 * MOST_TRIES)]
    sent = 0
    for _ in range(3 * MOST_TRIES):
        sent += deliver(tool)
        graded.clock.wait(hours=7)
    assert sent == MOST_TRIES
    assert "not by itself" in graded.client(graded.instructor).get("/ways-in").text


def test_a_mark_that_changes_while_it_is_sent_is_sent_again(
    graded: Service, student: Person, system: LearningSystem, tool: Tool, monkeypatch: pytest.MonkeyPatch
):
    from grader.server.identity.lti import outbox

    posting = outbox.post_score

    def changing(*said: object):
        monkeypatch.setattr(outbox, "post_score", posting)
        with graded.database.writing() as connection:
            deliveries.want(connection, student.number, "small", graded.clock())
        return posting(*said)

    monkeypatch.setattr(outbox, "post_score", changing)
    assert deliver(tool) == 2


def test_two_processes_send_a_mark_once(graded: Service):
    with graded.database.writing() as connection:
        assert deliveries.take(connection, graded.clock()) is not None
        assert deliveries.take(connection, graded.clock()) is None


def test_what_a_process_that_was_killed_had_taken_is_sent_by_the_next(graded: Service, tool: Tool):
    with graded.database.writing() as connection:
        deliveries.take(connection, graded.clock())
    graded.clock.wait(minutes=3)
    assert deliver(tool) == 1


def test_no_mark_goes_to_a_course_that_was_disconnected(graded: Service, system: LearningSystem, tool: Tool):
    page = graded.client(graded.instructor)
    public = page.get("/ways-in").text.partition('action="/ways-in/courses/')[2].partition("/")[0]
    page.post(f"/ways-in/courses/{public}/disconnect")
    assert deliver(tool) == 0
    assert system.scores == []
