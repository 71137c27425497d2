"""The roster, columns and scores of a learning system, against one that is not of our writing."""

from __future__ import annotations

import json
import time

import httpx2
import pytest
from learning_system import ASSISTANT, CLIENT, DEPLOYMENT, HOST, LEARNER, TEACHER, LearningSystem

from grader.errors import PlatformError, SignInError
from grader.server.identity.key_sets import KeySets
from grader.server.identity.lti.access import SCORE, Access
from grader.server.identity.lti.line_items import Posted, line_item, post_score, wanted_item
from grader.server.identity.lti.messages import CLAIM, Launch, authorization_url, launch, login, member
from grader.server.identity.lti.roster import members
from grader.server.identity.web_tokens import Expected, new_key, public_keys, sign, verify
from grader.server.web_calls import client

KEY = new_key()
SCORE_BODY = json.dumps({"userId": "ada", "scoreGiven": 90, "scoreMaximum": 100}).encode()
WANTED = wanted_item("task", "Task", 100, "link-1")


@pytest.fixture
def system():
    system = LearningSystem(assignment="task")
    system.trust(public_keys(KEY))
    for user, roles in [
        ("ada", LEARNER),
        ("bo", LEARNER),
        ("cy", ASSISTANT),
        ("di", TEACHER),
        ("eve", ["x"]),
    ]:
        system.enrol(user, roles, name=f"{user} Name", email=f"{user}@uni.example")
    return system


@pytest.fixture
def access(system):
    return Access(client(system.transport()), KEY)


def launched(system: LearningSystem, user: str) -> Launch:
    asked = login(system.login(user))
    url = authorization_url(system.registered, asked, "http://testserver/lti/launch", "state-1", "nonce-1")
    form = system.launch(url)
    assert form["state"] == "state-1"
    keys = KeySets(client(system.transport())).of(f"{HOST}/keys", form["id_token"], time.time())
    claims = verify(form["id_token"], keys, Expected(HOST, CLIENT, "nonce-1"), time.time())
    return launch(claims, system.registered)


@pytest.mark.parametrize(("user", "role"), [("ada", "student"), ("cy", "assistant"), ("di", "instructor")])
def test_a_launch_says_who_somebody_is_and_in_which_role(system, user, role):
    there = launched(system, user)
    assert (there.member.user, there.member.role, there.member.name) == (user, role, f"{user} Name")
    assert (there.context, there.link, there.assignment) == ("course-1", "link-1", "task")


def test_somebody_without_a_role_in_the_course_is_refused(system):
    with pytest.raises(SignInError, match="student or a teacher"):
        launched(system, "eve")


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("deployment_id", "2:other"),
        ("deployment_id", [DEPLOYMENT]),
        ("version", "1.1"),
        ("message_type", "LtiSubmissionReviewRequest"),
        ("context", None),
        ("context", {"id": "x" * 300}),
        ("resource_link", {"id": "line\nbreak"}),
        ("resource_link", []),
    ],
)
def test_a_launch_that_says_something_unexpected_is_refused(system, claim, value):
    system.further = {CLAIM + claim: value}
    with pytest.raises(SignInError):
        launched(system, "ada")


@pytest.mark.parametrize("missing", ["iss", "login_hint"])
def test_a_login_without_what_it_must_say_is_refused(system, missing):
    parameters = system.login("ada")
    del parameters[missing]
    with pytest.raises(SignInError, match=missing):
        login(parameters)


def test_the_roster_is_read_to_its_last_page(system, access):
    found = list(members(access, system.registered, f"{HOST}/members?limit=2", time.time()))
    assert [(one.user, one.role) for one in found] == [
        ("ada", "student"),
        ("bo", "student"),
        ("cy", "assistant"),
        ("di", "instructor"),
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx2.Response(500), "does not give the roster"),
        (httpx2.Response(200, json=["ada"]), "does not give the roster"),
        (httpx2.Response(200, text="<html>"), "does not give the roster"),
        (httpx2.Response(200, json={"members": [], "next": "https://evil.example/"}), "another host"),
        (httpx2.Response(200, content=b" " * 2_000_001), "more than"),
        (httpx2.Response(302, headers={"Location": "https://evil.example/"}), "does not give the roster"),
    ],
)
def test_half_a_roster_is_none(system, access, answer, words):
    system.instead = [answer]
    with pytest.raises(PlatformError, match=words):
        list(members(access, system.registered, f"{HOST}/members", time.time()))


def test_a_roster_without_an_end_is_left(system, access):
    page = {"members": [], "next": f"{HOST}/members"}
    system.instead = [httpx2.Response(200, json=page) for _ in range(501)]
    with pytest.raises(PlatformError, match="without an end"):
        list(members(access, system.registered, f"{HOST}/members", time.time()))


@pytest.mark.parametrize(
    "entry",
    [None, [], {}, {"user_id": 3, "roles": LEARNER}, {"user_id": "x", "roles": LEARNER, "status": "Deleted"}],
)
def test_an_entry_that_is_nobody_of_the_course_is_skipped(entry):
    assert member(entry) is None


def test_a_column_is_made_once_and_found_again(system, access):
    items = launched(system, "ada").line_items
    first = line_item(access, system.registered, items, WANTED, time.time())
    assert first == line_item(access, system.registered, items, WANTED, time.time())
    assert [item["resourceId"] for item in system.items] == ["task"]


def test_a_score_arrives_before_the_parameters_of_an_address(system, access):
    item = line_item(access, system.registered, launched(system, "ada").line_items, WANTED, time.time())
    assert post_score(access, system.registered, item, SCORE_BODY, time.time()).posted is Posted.THERE
    assert system.scores == [("0", json.loads(SCORE_BODY))]
    assert str(system.requests[-1].url) == f"{HOST}/items/0/scores?type_id=1"


@pytest.mark.parametrize(
    ("status", "posted"),
    [
        (409, Posted.THERE),
        (429, Posted.LATER),
        (503, Posted.LATER),
        (408, Posted.LATER),
        (404, Posted.REFUSED),
        (403, Posted.REFUSED),
        (422, Posted.REFUSED),
        (302, Posted.REFUSED),
    ],
)
def test_what_a_status_means_for_a_score(system, access, status, posted):
    system.instead = [httpx2.Response(status)]
    assert post_score(access, system.registered, f"{HOST}/items/0", SCORE_BODY, time.time()).posted is posted


def test_a_token_that_is_not_accepted_any_more_is_asked_for_again(system, access):
    system.items.append({"id": f"{HOST}/items/0", "resourceId": "task"})
    post_score(access, system.registered, f"{HOST}/items/0", SCORE_BODY, time.time())
    system.instead = [httpx2.Response(401)]
    assert (
        post_score(access, system.registered, f"{HOST}/items/0", SCORE_BODY, time.time()).posted
        is Posted.THERE
    )
    assert [request.url.path for request in system.requests].count("/token") == 2


def test_the_wait_that_a_learning_system_asks_for_is_kept(system, access):
    system.instead = [httpx2.Response(429, headers={"Retry-After": "120"})]
    assert post_score(access, system.registered, f"{HOST}/items/0", SCORE_BODY, time.time()).after == 120


def test_a_learning_system_that_does_not_know_our_key_grants_nothing(system):
    stranger = Access(client(system.transport()), new_key())
    with pytest.raises(PlatformError, match="key set address"):
        stranger.call(system.registered, SCORE, "GET", f"{HOST}/items", time.time())


def test_a_machine_that_does_not_answer_is_named():
    def broken(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectTimeout("slow")

    access = Access(client(httpx2.MockTransport(broken)), KEY)
    with pytest.raises(PlatformError, match=r"lms\.example does not answer"):
        access.call(LearningSystem().registered, SCORE, "GET", f"{HOST}/items", time.time())


@pytest.mark.parametrize(
    "url",
    ["http://lms.example/", "file:///etc/passwd", "https://user:pw@lms.example/", "javascript:alert(1)", ""],
)
def test_only_addresses_of_the_web_with_tls_are_called(system, access, url):
    with pytest.raises(PlatformError, match="https"):
        access.call(system.registered, SCORE, "GET", url, time.time())
    assert all(request.url.host == "lms.example" for request in system.requests)


def test_forged_tokens_do_not_make_us_ask_for_keys_again_and_again(system):
    keys = KeySets(client(system.transport()))
    for second in range(30):
        keys.of(f"{HOST}/keys", sign({}, KEY, time.time()), time.time() + second)
    assert len(system.requests) == 1


def test_a_new_key_of_the_issuer_is_found(system):
    keys = KeySets(client(system.transport()))
    keys.of(f"{HOST}/keys", "x", time.time())
    keys.of(f"{HOST}/keys", sign({}, KEY, time.time()), time.time() + 61)
    assert len(system.requests) == 2
