"""The JSON interface."""

from __future__ import annotations

from starlette.routing import BaseRoute

from grader.server.services import Services


def routes(services: Services) -> list[BaseRoute]:  # noqa: ARG001
    """Return the routes of the JSON interface."""
    return []
