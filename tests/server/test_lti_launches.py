"""Coming in from a learning system that is not of our writing."""

from __future__ import annotations

import pytest
from launching import OURS, browser, launched, refused
from learning_system import HOST, LEARNER, LearningSystem
from serving import Service

from grader.server.identity.lti.messages import CLAIM, DEEP_LINKING
from grader.server.store import people


def test_nobody_comes_from_a_course_that_no_instructor_has_connected(there: Service, system: LearningSystem):
    """Every teacher of a university may set a tool up in a course, and be its teacher there."""
    answer = launched(browser(there), system, "10")
    assert answer.status_code == 403
    assert "Deep learning" in answer.text
    assert "not connected" in answer.text
    page = there.client(there.instructor).get("/ways-in").text
    assert "Deep learning" in page
    assert "Nobody is let in before you connect it" in page


@pytest.mark.parametrize(("user", "role"), [("7", "student"), ("9", "assistant"), ("10", "instructor")])
def test_somebody_comes_in_with_their_role(connected: Service, system: LearningSystem, user: str, role: str):
    client = browser(connected)
    answer = launched(client, system, user)
    assert answer.status_code == 303
    assert answer.headers["location"] == ("/assignments/small" if role == "student" else "/")
    assert f"Name {user}" in client.get("/").text
    with connected.database.reading() as connection:
        assert people.with_key(connection, f"{user}@uni.example").role == role


def test_a_student_of_the_roster_is_the_same_student(connected: Service, system: LearningSystem):
    system.people["7"]["email"] = "Ann@Example.org"
    client = browser(connected)
    launched(client, system, "7")
    with connected.database.reading() as connection:
        assert {one.key for one in people.all_of(connection, "student")} == {"ann"}


def test_a_teacher_with_the_address_of_somebody_here_is_somebody_new(
    connected: Service, system: LearningSystem
):
    system.people["10"]["email"] = "ann@example.org"
    launched(browser(connected), system, "10")
    with connected.database.reading() as connection:
        assert people.with_key(connection, "ann").role == "student"
        assert people.with_key(connection, "ann@example.org").role == "instructor"


def test_a_second_student_with_the_same_address_does_not_get_the_work_of_the_first(
    connected: Service, system: LearningSystem
):
    for user in ("7", "8"):
        system.people[user]["email"] = "ann@example.org"
        launched(browser(connected), system, user)
    with connected.database.reading() as connection:
        assert [one.key for one in people.all_of(connection, "student")] == ["ann", "ann@example.org"]


def test_a_role_that_the_learning_system_takes_away_is_gone_at_the_next_launch(
    connected: Service, system: LearningSystem
):
    client = browser(connected)
    launched(client, system, "10")
    assert client.get("/ways-in").status_code == 200
    system.people["10"]["roles"] = LEARNER
    launched(browser(connected), system, "10")
    assert client.get("/ways-in").status_code == 404


# ---------------------------------------------------------------- frames, choosing, hostile text


def test_a_frame_gets_a_link_that_opens_a_window(there: Service, system: LearningSystem):
    client = browser(there)
    client.headers["sec-fetch-dest"] = "iframe"
    answer = client.get("/lti/login", params=system.login("7"), follow_redirects=False)
    assert answer.status_code == 200
    assert 'target="_blank"' in answer.text
    assert "frame-ancestors https:" in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers


def test_no_other_page_is_shown_in_a_frame(there: Service):
    answer = there.client(there.student).get("/")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def deep_link(system: LearningSystem, back: str = f"{HOST}/deep") -> None:
    system.further = {
        f"{CLAIM}message_type": "LtiDeepLinkingRequest",
        f"{DEEP_LINKING}deep_linking_settings": {"deep_link_return_url": back, "data": "opaque"},
    }


def test_an_instructor_chooses_an_assignment(connected: Service, system: LearningSystem):
    deep_link(system)
    answer = launched(browser(connected), system, "10")
    assert answer.status_code == 200
    assert f"form-action {HOST}" in answer.headers["content-security-policy"]
    signed = answer.text.partition('name="JWT" value="')[2].partition('"')[0]
    (item,) = system.platform.validate_deeplinking_resp({"JWT": signed})
    assert item["custom"]["assignment"] in {"small", "other"}
    assert item["url"] == f"{OURS}/lti/launch"


def test_a_student_chooses_nothing(connected: Service, system: LearningSystem):
    deep_link(system)
    refused(launched(browser(connected), system, "7"), "Only instructors")


@pytest.mark.parametrize("back", ["javascript:alert(1)", "http://evil.example/", "", "//evil.example"])
def test_what_is_chosen_goes_back_to_an_address_of_the_web(
    connected: Service, system: LearningSystem, back: str
):
    deep_link(system, back)
    assert launched(browser(connected), system, "10").status_code == 502


def test_hostile_names_of_a_learning_system_are_shown_as_text(connected: Service, system: LearningSystem):
    system.people["7"]["name"] = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e"
    client = browser(connected)
    launched(client, system, "7")
    page = client.get("/").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page


def test_an_assignment_that_does_not_exist_leads_to_the_first_page(
    connected: Service, system: LearningSystem
):
    system.assignment = "../../etc/passwd"
    assert launched(browser(connected), system, "7").headers["location"] == "/"
