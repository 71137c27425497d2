"""All rooms of pages; each has the function `routes`."""

from __future__ import annotations

from grader.server.pages import (
    class_page,
    class_report_page,
    handouts,
    history,
    home,
    mistakes,
    person_page,
    static,
    student,
)

ROOMS = (home, student, handouts, class_page, person_page, mistakes, class_report_page, history, static)
