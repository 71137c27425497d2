"""Decisions of people about marks, late policies, and what both did to a mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Action = Literal["points", "add", "excuse", "late-days", "undo"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One decision about a mark: who decided, when, and why.

    `student` is the id of a submission; `function` is empty if the whole submission is meant. `value` is the
    number of points or days, 0 where the action needs none.
    """

    student: str
    function: str
    action: Action
    value: float
    by: str
    when: str
    because: str

    @property
    def subject(self) -> tuple[str, str, bool]:
        """Return what it is about: of two adjustments with one subject, the later wins."""
        return self.student, self.function, self.action == "late-days"


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """The due date of an assignment, and what is taken off late work.

    Times are ISO 8601 with a time zone. `per_day` and `cap` are shares of the points earned; `grace` is in
    seconds; work of more than `most_days` days earns nothing. `extensions` has due dates by student.
    """

    due: str
    per_day: float = 0.0
    grace: float = 0.0
    cap: float = 1.0
    most_days: int | None = None
    extensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marking:
    """All that changes computed marks: the adjustments in force by submission, and the late policy.

    A submission whose adjustments were all undone has none, but is a key.
    """

    adjustments: Mapping[str, tuple[Adjustment, ...]] = field(default_factory=dict)
    late: LatePolicy | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one adjustment did: the points before and after it, None where there is no mark."""

    adjustment: Adjustment
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late work was, in days that have begun, and the share and points that the late policy takes off.

    `accepted` days cost nothing.
    """

    due: str
    days: int
    accepted: int
    share: float
    taken: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """What people and the late policy did to a mark; `points` and `max_points` are the computed ones."""

    points: float | None
    max_points: float
    changes: tuple[Change, ...] = ()
    lateness: Lateness | None = None
    excused: bool = False
