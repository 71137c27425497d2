"""Compute what an earlier edition of an exercise expects in place of the reference's answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.assignments.definition import SUPPORTED, unsupported
from grader.assignments.generators import instructor_errors
from grader.errors import AssignmentError
from grader.models import serialization
from grader.models.values import Value


def in_edition(path: Path, whose: str, expects: Callable[[Any], Any], answer: Value) -> Value:
    """Return what an earlier edition expects in place of an answer.

    Args:
        path: the file of test cases.
        whose: the exercise, or a case of it, for the message.
        expects: computes the edition's answer.
        answer: the answer of the reference.

    Returns:
        the edition's answer.

    Raises:
        AssignmentError: `expects` raises, or returns a value of an unsupported type.
    """
    advice = "It is called with the one result that the solution returns: let it fit that."
    with instructor_errors(path, f"expects of an edition ({whose})", advice):
        found = expects(answer)
    plain: Value = serialization.decode(serialization.encode(found))
    if kind := unsupported(plain):
        place = _line_of(path, expects)
        raise AssignmentError(
            f"{place}: expects of an edition ({whose}) returns a value of type {kind}\n  Return {SUPPORTED}."
        )
    return plain


def _line_of(path: Path, function: Callable[..., Any]) -> str:
    code = getattr(function, "__code__", None)
    return f"{path}, line {code.co_firstlineno}" if code and code.co_filename == str(path) else str(path)
