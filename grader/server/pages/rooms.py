"""All rooms of pages; each has the function `routes`."""

from __future__ import annotations

from grader.server.pages import (
    class_page,
    class_report_page,
    entering,
    export_page,
    handouts,
    history,
    home,
    launches,
    mistakes,
    person_page,
    regrade_page,
    static,
    student,
    tokens,
    ways_in,
)

ROOMS = (
    home,
    entering,
    launches,
    ways_in,
    student,
    handouts,
    class_page,
    person_page,
    mistakes,
    class_report_page,
    export_page,
    regrade_page,
    history,
    tokens,
    static,
)
