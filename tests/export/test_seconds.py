"""What a student may see tells nothing of how long a hidden call took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.export.gradescope import write_gradescope
from grader.export.junit import write_junit
from grader.export.plain_text import seconds
from grader.models.report import Header, Report


def slowed(report: Report, by: float, *, public: bool) -> Report:
    scores = tuple(
        replace(
            score,
            cases=tuple(
                replace(case, seconds=case.seconds + by) if case.public is public else case
                for case in score.cases
            ),
        )
        for score in report.exercises
    )
    return replace(report, seconds=report.seconds + by, exercises=scores)


@pytest.mark.parametrize("public", [True, False], ids=["a public call", "a hidden call"])
def test_only_the_seconds_of_public_calls_are_told(graded: Callable[..., Report], *, public: bool) -> None:
    report = graded("def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)")
    header = Header(
        grader="", assignment="", assignment_sha256="", seed_sha256="", python="", numpy="", isolation=None
    )  # type: ignore[arg-type]  # neither file has it
    late = slowed(report, 0.5, public=public)
    for write in (
        lambda r: write_gradescope(header, r),
        lambda r: b"".join(write_junit(header, [r])),
        seconds,
    ):
        assert (write(report) != write(late)) is public
