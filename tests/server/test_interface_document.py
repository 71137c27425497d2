"""The OpenAPI document of the interface says what the interface does; schemathesis asks in every way."""

from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import booleans
from schemathesis.specs.openapi.checks import positive_data_acceptance
from serving import Service
from starlette.routing import Route

from grader.server.api import v1
from grader.server.api.operations import PREFIX
from grader.server.app import create_app
from grader.server.identity.guard import EVERYBODY, Guarded
from grader.server.store import tokens

DOCUMENT = f"{PREFIX}/openapi.json"
SUBMIT = f"{PREFIX}/assignments/small/submissions"


@pytest.fixture
def document(service: Service) -> dict:
    return service.client().get(DOCUMENT).json()


def test_every_address_of_the_interface_is_in_the_document(service: Service, document: dict):
    routes = [route for route in create_app(service.services).routes if isinstance(route, Route)]
    there = {
        (route.path, method.lower())
        for route in routes
        if route.path.startswith("/api/")
        for method in route.methods or ()
        if method != "HEAD"
    }

    assert there == {(path, method) for path, methods in document["paths"].items() for method in methods}


def test_the_document_says_who_may_use_what(service: Service, document: dict):
    for route in v1.routes(service.services):
        assert isinstance(route, Guarded)
        for method in document["paths"][route.path].values():
            assert method.get("x-roles", []) == sorted(route.who)
            assert bool(method["security"]) == (route.who != EVERYBODY)
            assert method["summary"]


def test_the_document_is_the_same_each_time_and_names_no_machine(service: Service, document: dict):
    assert json.dumps(document) == json.dumps(service.client().get(DOCUMENT).json())
    assert str(service.services.settings.data) not in json.dumps(document)


@pytest.mark.parametrize("name", [one.name for one in v1.operations(None)])  # nobody asks them
def test_whatever_is_asked_is_answered_as_the_document_says(
    service: Service, notebooks: dict[str, bytes], name: str
):
    with service.database.writing() as connection:
        text = tokens.make(connection, service.student, "tests", service.clock(), None)
    client = service.client()
    client.headers["Authorization"] = f"Bearer {text}"
    stored = client.post(SUBMIT, content=notebooks["right"]).json()["id"]
    service.grade()
    limited = service.with_settings(attempts_a_minute=10_000)
    operation = schemathesis.openapi.from_asgi(DOCUMENT, create_app(limited.services)).find_operation_by_id(
        name
    )

    @settings(
        max_examples=12, phases=[Phase.generate], suppress_health_check=[*HealthCheck], derandomize=True
    )
    @given(case=operation.as_strategy(), there=booleans())
    def ask(case: schemathesis.Case, there: bool) -> None:
        if there:  # what is there is asked for, too
            real = {"assignment": "small", "public": stored}
            case.path_parameters.update({key: real[key] for key in case.path_parameters})
        refusing = [positive_data_acceptance] if case.method == "POST" else []  # bytes may be no notebook
        case.call_and_validate(
            headers={**(case.headers or {}), "Authorization": f"Bearer {text}"}, excluded_checks=refusing
        )

    ask()
