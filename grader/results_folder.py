"""The folder that a grading leaves: results.json, grades.csv, and one page of feedback a student."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import grader
from grader.batch import Grader
from grader.errors import UsageError
from grader.model import Report
from grader.report.feedback import write_feedback
from grader.report.gradebook import write_gradebook
from grader.report.results import Header, write_results
from grader.store import write_atomically


def header_of(graded_by: Grader) -> Header:
    """What is said of a grading as a whole."""
    assignment = graded_by.assignment
    return Header(
        grader=grader.__version__,
        assignment=assignment.name,
        assignment_sha256=assignment.sha256,
        seed_sha256=assignment.seed_sha256,
        python=platform.python_version(),
        numpy=np.__version__,
        isolation=graded_by.sandbox.isolation,
    )


def write_folder(folder: Path, header: Header, reports: Sequence[Report]) -> None:
    """Write everything, each file atomically; results.json comes last, when the rest is there.

    Raises:
        UsageError: the folder cannot be written to.
    """
    try:
        feedback = folder / "feedback"
        feedback.mkdir(parents=True, exist_ok=True)
        for report in reports:
            write_atomically(feedback / f"{report.id}.html", write_feedback(header, report).encode())
        write_atomically(folder / "grades.csv", write_gradebook(reports).encode())
        write_atomically(folder / "results.json", write_results(header, reports))
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: {error.strerror}\n  Make room, or choose another folder with --out."
        ) from None
