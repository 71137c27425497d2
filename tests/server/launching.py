"""Coming from a learning system: a browser that follows its links, and a service that it is connected to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from learning_system import ASSISTANT, CLIENT, DEPLOYMENT, HOST, LEARNER, TEACHER, LearningSystem
from serving import Service
from starlette.testclient import TestClient

from grader.server.identity.lti.tool import KEY_FILE
from grader.server.identity.web_tokens import new_key
from grader.server.store import platforms
from grader.server.web_calls import client as web_client

OURS = "https://grader.example"
OUR_KEY = new_key()
"""To make one takes as long as a launch."""

SAID = {
    "kind": "other",
    "name": "Our LMS",
    "issuer": HOST,
    "client_id": CLIENT,
    "deployments": DEPLOYMENT,
    "login_url": f"{HOST}/auth",
    "token_url": f"{HOST}/token",
    "keys_url": f"{HOST}/keys",
}
"""What an instructor types."""


def new_system() -> LearningSystem:
    """A learning system with two students, an assistant and a teacher."""
    system = LearningSystem(tool=OURS, assignment="small")
    for user, roles in [("7", LEARNER), ("8", LEARNER), ("9", ASSISTANT), ("10", TEACHER)]:
        system.enrol(user, roles, name=f"Name {user}", email=f"{user}@uni.example")
    return system


def set_up(service: Service, system: LearningSystem) -> Service:
    """The service behind HTTPS, with the learning system set up in its page, at the time of its library."""
    service.clock.time = datetime.now(UTC)
    (service.services.settings.data / KEY_FILE).write_text(OUR_KEY)
    secure = service.with_settings(base_url=OURS)
    secure = replace(secure, services=replace(secure.services, web=lambda: web_client(system.transport())))
    answer = secure.client(service.instructor).post("/ways-in/platforms", data=SAID, follow_redirects=False)
    assert answer.status_code == 303
    system.trust(secure.client().get("/lti/keys").json())
    return secure


def browser(service: Service) -> TestClient:
    """A browser that comes from another site."""
    client = service.client()
    client.headers["sec-fetch-site"] = "cross-site"
    return client


def begun(client: TestClient, system: LearningSystem, user: str) -> str:
    """Follow a link of the learning system until it asks who it is; return the address it is asked at."""
    answer = client.get("/lti/login", params=system.login(user), follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def launched(client: TestClient, system: LearningSystem, user: str, **more: str) -> Any:
    form = {**system.launch(begun(client, system, user)), **more}
    form.pop("launch_url")
    return client.post("/lti/launch", data=form, follow_redirects=False)


def connect(service: Service, system: LearningSystem) -> None:
    """Let the course of the learning system in, which has asked by a launch."""
    assert launched(browser(service), system, "10").status_code == 403
    with service.database.reading() as connection:
        (course,) = platforms.courses(connection)
    service.client(service.instructor).post(f"/ways-in/courses/{course.public}/connect")


def refused(answer: Any, words: str) -> None:
    """Check that nobody was let in, and that it is said why."""
    assert answer.status_code == 403
    assert words in answer.text
    assert "__Host-grader" not in answer.headers.get("set-cookie", "")
