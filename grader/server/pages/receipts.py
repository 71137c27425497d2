"""Write the receipt of a submission, which its student may keep."""

from __future__ import annotations

from grader.reports.sanitize import one_line
from grader.server.catalogue import Offered
from grader.server.services import Services
from grader.server.store.people import Person
from grader.server.store.submissions import Submission


def receipt(services: Services, offered: Offered, person: Person, found: Submission) -> str:
    """Return a receipt as a text.

    Args:
        services: the service.
        offered: the assignment.
        person: the student.
        found: the submission.

    Returns:
        lines with what was received, when, and the digest by which the file can be known again.
    """
    rows = {
        "Course": services.catalogue.course_file.title,
        "Assignment": f"{offered.title} ({offered.name})",
        "Student": person.called,
        "Attempt": str(found.attempt),
        "Received": f"{found.received_at:%Y-%m-%d %H:%M:%S} UTC",
        "File": f"{found.file}, {found.size:,} bytes",
        "SHA-256": found.sha256,
        "Address": f"{services.settings.base_url}/submissions/{found.public}",
    }
    lines = [f"{name + ':':<12}{one_line(said)}" for name, said in rows.items() if said]
    advice = "The file is yours if `sha256sum FILE` prints the same digest."
    return "\n".join(["Receipt", "", *lines, "", advice, ""])
