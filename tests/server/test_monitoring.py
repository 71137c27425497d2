"""What monitoring is told: whether the service works, and figures without names."""

from __future__ import annotations

import shutil
from typing import NamedTuple

import pytest
from prometheus_client.parser import text_string_to_metric_families
from serving import Service

from grader.server.store import tokens

SUBMIT = "/api/v1/assignments/small/submissions"


class Disk(NamedTuple):
    total: int
    used: int
    free: int


def submitted(service: Service, content: bytes) -> None:
    with service.database.writing() as connection:
        text = tokens.make(connection, service.student, "tests", service.clock(), None)
    client = service.client()
    assert (
        client.post(SUBMIT, content=content, headers={"Authorization": f"Bearer {text}"}).status_code == 201
    )


def test_a_service_that_works_says_so(service: Service, notebooks: dict[str, bytes]):
    submitted(service, notebooks["right"])
    answer = service.client().get("/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "waiting": 1, "problems": []}


def test_a_submission_that_nobody_grades_is_a_problem(service: Service, notebooks: dict[str, bytes]):
    submitted(service, notebooks["right"])
    service.clock.wait(minutes=11)
    answer = service.client().get("/health")

    assert answer.status_code == 503
    assert answer.json()["problems"] == ["A submission waits for more than 10 minutes."]


def test_a_full_disk_is_a_problem(service: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(1 << 40, 1 << 40, 1 << 20))

    assert service.client().get("/health").json()["problems"] == ["The disk is nearly full."]


def test_metrics_count_what_is_there_and_time_requests_by_route(
    service: Service, notebooks: dict[str, bytes]
):
    submitted(service, notebooks["wrong"])
    service.grade()
    submitted(service, notebooks["right"])
    with service.database.writing() as connection:
        text = tokens.make(connection, service.instructor, "tests", service.clock(), None)
    answer = service.client().get("/api/v1/metrics", headers={"Authorization": f"Bearer {text}"})

    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["grader_queue_waiting",] == 1
    assert found["grader_submissions", "small"] == 2
    assert found["grader_gradings", "graded"] == 1
    assert found["grader_people", "student"] == 1
    route = "POST /api/v1/assignments/{assignment}/submissions"
    assert found["grader_request_seconds_count", route, "201"] >= 2
    assert "Ann" not in answer.text
    assert "small/submissions" not in answer.text
