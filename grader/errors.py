"""Every exception that the grader raises on purpose, and the question that one asks of a mistyped name.

GraderError
├── UsageError             exit 2: the options, the assignment or this machine is at fault
│   ├── AssignmentError    the solution, the test cases or what is made from them
│   ├── NameMapError       a line of a --map file
│   ├── RosterError        a line of a --roster file, or all of it
│   └── IsolationError     this machine cannot isolate student code well enough
├── UnreadableError        exit 1: a student's file cannot be read; the others are graded
└── SandboxError           exit 1: our own fault while grading; never a score
"""

from __future__ import annotations

from collections.abc import Iterable


class GraderError(Exception):
    """Anything that the grader raises on purpose. The text says what is wrong and what to do."""


class UsageError(GraderError):
    """The options, the assignment or this machine is at fault."""


class AssignmentError(UsageError):
    """A solution, its test cases, or what is made from them, is not right."""


class NameMapError(UsageError):
    """A line of a name map means nothing."""


class RosterError(UsageError):
    """A roster cannot be read, or a line of it means nothing."""


class IsolationError(UsageError):
    """This machine cannot isolate student code as well as was asked for."""


class UnreadableError(GraderError):
    """A student's file is not a notebook that can be graded."""


class SandboxError(GraderError):
    """The sandbox itself broke down."""


def did_you_mean(name: str, there: Iterable[str]) -> str:
    """A question with the name that is most like one that is mistyped or cut; empty when none is like it."""
    import difflib

    typed, spelled = name.casefold(), {known.casefold(): known for known in there}
    cut = [known for known in spelled if typed and known.startswith(typed)]
    alike = difflib.get_close_matches(typed, spelled, 1) or cut
    return f"Did you mean {spelled[alike[0]]}? " if alike else ""
