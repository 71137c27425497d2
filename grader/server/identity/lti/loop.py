"""The process that sends marks to learning systems, until SIGTERM."""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
import time
from typing import NoReturn

from grader.errors import RefusedError
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
    signal.signal(signal.SIGTERM, _end)
    services = open_services(settings)
    with contextlib.closing(services.database):
        tool = Tool(services)
        while True:
            try:
                if not deliver_next(tool):
                    time.sleep(IDLE)
            except RefusedError as error:
                LOG.warning("%s", error)
                time.sleep(IDLE)


def _end(_number: int, _frame: object) -> NoReturn:
    """End at once: what is half sent is sent again by the next."""
    sys.exit()
