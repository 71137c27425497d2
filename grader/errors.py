"""Every exception that the grader raises on purpose, and a suggestion for a mistyped name.

GraderError
├── UsageError             exit 2: the options, the assignment or this machine is at fault
│   ├── AssignmentError    the solution, the test cases or what is made from them
│   ├── NameMapError       a line of a --map file
│   ├── RosterError        a line of a --roster file, or all of it
│   ├── AdjustmentError    a line of adjustments.csv, or what was typed to add one
│   ├── PolicyError        a line of course.toml
│   └── IsolationError     this machine cannot isolate student code well enough
├── RefusedError           a request of the service is refused, or cannot be done now
│   ├── SignInError        a link, a sign-in or a launch of a learning system is not accepted
│   └── PlatformError      a learning system or a university does not answer as its standard says
├── UnreadableError        exit 1: a student's file cannot be read; the others are graded
└── SandboxError           exit 1: our own fault while grading; never a score
"""

from __future__ import annotations

from collections.abc import Iterable


class GraderError(Exception):
    """An exception that the grader raises on purpose. The text says what is wrong and what to do."""


class UsageError(GraderError):
    """The options, the assignment or this machine is at fault."""


class AssignmentError(UsageError):
    """A solution, its test cases, or a file made from them is faulty."""


class NameMapError(UsageError):
    """A line of a name map is invalid."""


class RosterError(UsageError):
    """A roster, or a line of it, is invalid."""


class AdjustmentError(UsageError):
    """An adjustment of a mark is invalid."""


class PolicyError(UsageError):
    """A line of course.toml is invalid."""


class IsolationError(UsageError):
    """This machine cannot isolate student code at the required level."""


class UnreadableError(GraderError):
    """A student's file is not a notebook that can be graded."""


class SandboxError(GraderError):
    """The sandbox itself broke down."""


class RefusedError(GraderError):
    """The service refuses a request, or cannot do now what it asks.

    Args:
        status: the HTTP status.
        text: what is wrong, and what to do; shown to whoever asked.
        retry_after: seconds after which to ask again; 0 if asking again is of no use.
    """

    def __init__(self, status: int, text: str, retry_after: int = 0) -> None:
        super().__init__(text)
        self.status = status
        self.retry_after = retry_after


class SignInError(RefusedError):
    """A link, a sign-in or a launch is not accepted.

    Args:
        text: why, and what to do; shown to whoever tried it.
    """

    def __init__(self, text: str) -> None:
        super().__init__(403, text)


class PlatformError(RefusedError):
    """A learning system or an identity provider does not answer, or not as its standard says.

    Args:
        text: which, and how it answers.
    """

    def __init__(self, text: str) -> None:
        super().__init__(502, text)


def did_you_mean(name: str, there: Iterable[str]) -> str:
    """Return a question with the known name that is most similar to a mistyped or truncated one.

    Args:
        name: the name as typed.
        there: the known names.

    Returns:
        the question, or "" if no name is similar.
    """
    import difflib

    typed, spelled = name.casefold(), {known.casefold(): known for known in there}
    cut = [known for known in spelled if typed and known.startswith(typed)]
    alike = difflib.get_close_matches(typed, spelled, 1) or cut
    return f"Did you mean {spelled[alike[0]]}? " if alike else ""
