"""What may repair a wrong function: the reference and the accepted versions, as their files have them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.assignments.right_versions import right_versions

ACCEPTED = "testcases/small/accepted/other.py"


def versions(course: Course) -> list[str]:
    return [*right_versions(load(course, "small"))["double"]]


def test_the_reference_comes_first_and_accepted_versions_follow(small_course: Callable[..., Course]) -> None:
    text = "def helper(x):\n    return x\n\n\ndef double(x):\n    return x + x\n"
    first, second = versions(small_course(**{ACCEPTED: text}))
    assert "y = 2 * x" in first
    assert second == "def double(x):\n    return x + x"


@pytest.mark.parametrize(
    "text", ["def double(x:\n", "x = 1\n"], ids=["it does not parse", "it has no function"]
)
def test_an_accepted_version_that_cannot_help_stops_nothing(
    small_course: Callable[..., Course], text: str
) -> None:
    assert len(versions(small_course(**{ACCEPTED: text}))) == 1
