"""Read the small calls of a graded function from the file for `grader check`. Bundled for students."""

from __future__ import annotations

import zlib
from pathlib import Path

from grader.models.decoding import decode
from grader.models.values import finite
from grader.models.wire import WireError
from grader.public_tests.case_file import PublicCase

HANDOUT = "grader_check.bin"
"""The file beside the public cases; `grader.assignments.handout` says what is in it."""


def further_cases(path: Path, name: str) -> tuple[PublicCase, ...]:
    """Return the further calls of a graded function with the reference's answers, the smallest first.

    Args:
        path: the file.
        name: the graded function.

    Returns:
        the calls whose answers have finite numbers; none if the file is absent or damaged.
    """
    try:
        content = decode(zlib.decompress(path.read_bytes()))
        of_one = next(fields["further"] for fields in content["exercises"] if fields["name"] == name)
        calls = [decode(call)[:2] for call in of_one]
    except (OSError, zlib.error, WireError, KeyError, TypeError, StopIteration):
        return ()
    return tuple(
        PublicCase(f"small-{number}", args, answer, 0)
        for number, (args, answer) in enumerate(calls, 1)
        if finite(answer)
    )
