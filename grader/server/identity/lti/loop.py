"""The process that sends marks to learning systems, until SIGTERM."""

from __future__ import annotations

import contextlib
import logging
import time

from grader.errors import RefusedError
from grader.server.ending import until_asked
from grader.server.identity.lti.outbox import deliver_next
from grader.server.identity.lti.tool import Tool
from grader.server.services import open_services
from grader.server.settings import Settings

LOG = logging.getLogger(__name__)

IDLE = 2.0
"""Seconds between two looks at an empty outbox."""


def deliver_until_asked(settings: Settings) -> None:
    """Send marks until SIGTERM.

    Args:
        settings: the settings of the service.
    """
    going_on = until_asked()
    services = open_services(settings)
    with contextlib.closing(services.database):
        tool = Tool(services)
        while going_on():
            try:
                if not deliver_next(tool):
                    time.sleep(IDLE)
            except RefusedError as error:
                LOG.warning("%s", error)
                time.sleep(IDLE)
