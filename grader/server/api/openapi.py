"""Write the OpenAPI document of the interface from its operations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

import grader
from grader.server.api.messages import Problem
from grader.server.api.operations import PREFIX, Media, Operation
from grader.server.identity.guard import EVERYBODY

SAYS = "Hand notebooks in, read feedback and marks. A token is made on the page *Tokens* of the service."
TOKEN = {"type": "http", "scheme": "bearer", "description": "A token of a person; it may do what they may."}
PROBLEM = "application/problem+json"


def document(operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document.

    Args:
        operations: all operations of the interface.

    Returns:
        an OpenAPI 3.1 document, as JSON has it.
    """
    described = [kind for one in operations for kind in _described(one)]
    unique = list(dict.fromkeys([*described, Problem]))
    schemas, components = msgspec.json.schema_components(unique, ref_template="#/components/schemas/{name}")
    known = dict(zip(unique, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(f"{PREFIX}{one.path}", {})[one.method.lower()] = _operation(one, known)
    return {
        "openapi": "3.1.0",
        "info": {"title": "grader", "version": grader.__version__, "description": SAYS},
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"token": TOKEN}},
    }


def _described(one: Operation) -> Iterable[Any]:
    """Yield the types of an operation that msgspec describes."""
    for body in (one.body, *one.answers.values()):
        if body is not None and not _media(body):
            yield body


def _media(body: Any) -> Sequence[Media]:
    return body if isinstance(body, Sequence) and all(isinstance(part, Media) for part in body) else ()


def _operation(one: Operation, known: Mapping[Any, Any]) -> dict[str, Any]:
    summary, _, more = one.does.partition("\n\n")
    made: dict[str, Any] = {
        "operationId": one.name,
        "summary": summary,
        "responses": {
            **{str(status): _answer(status, body, known) for status, body in one.answers.items()},
            **{str(status): _refusal(status, known) for status in one.refused_with},
        },
        "security": [] if one.who == EVERYBODY else [{"token": []}],
    }
    if more:
        made["description"] = more
    if one.who != EVERYBODY:
        made["x-roles"] = sorted(one.who)
    if one.parameters:
        made["parameters"] = [_parameter(each) for each in one.parameters]
    if one.body is not None:
        made["requestBody"] = {"required": True, "content": _content(one.body, known)}
    return made


def _parameter(each: Any) -> dict[str, Any]:
    return {
        "name": each.name,
        "in": each.inside,
        "required": each.inside == "path",
        "description": each.meaning,
        "schema": dict(each.schema),
    }


def _answer(status: int, body: Any, known: Mapping[Any, Any]) -> dict[str, Any]:
    return {"description": HTTPStatus(status).phrase, "content": _content(body, known)}


def _refusal(status: int, known: Mapping[Any, Any]) -> dict[str, Any]:
    return {"description": HTTPStatus(status).phrase, "content": {PROBLEM: {"schema": known[Problem]}}}


def _content(body: Any, known: Mapping[Any, Any]) -> dict[str, Any]:
    if parts := _media(body):
        return {part.type: {"schema": dict(part.schema)} for part in parts}
    return {"application/json": {"schema": known[body]}}
