"""The messages of the JSON interface, as msgspec encodes and describes them. Fields may be added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from grader.models.marking import Action

Status = Literal["waiting", "graded", "unreadable", "failed"]
"""What became of a submission; `failed` is a fault of the service, and never a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a request was refused or failed. `detail` says what to do."""

    status: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """For whom a token asks."""

    name: str
    role: Literal["student", "assistant", "instructor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An assignment. `due` is the asking student's own due date, with an extension; null if there is none."""

    name: str
    title: str
    max_points: float
    due: datetime | None
    attempts: int
    counts: Literal["last", "best"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A submission that is stored. `address` is its page; look again after `retry_after` seconds."""

    id: str
    assignment: str
    attempt: int
    file: str
    size: int
    sha256: str
    received_at: datetime
    address: str
    before: int
    retry_after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one function earned, and why, in the words of the feedback page."""

    name: str
    points: float
    max_points: float
    bonus: bool
    verdict: str
    message: str
    place: str
    hint: str
    example: str
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Receipt):
    """A submission and what became of it. `counts` says whether it is the attempt that counts."""

    status: Status
    points: float | None
    max_points: float
    counts: bool
    late: bool
    notes: tuple[str, ...]
    functions: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One student at one assignment: the attempt that counts; without one, all of it is null."""

    student: str
    name: str
    section: str
    attempts: int
    id: str | None
    attempt: int | None
    received_at: datetime | None
    status: Status | None
    points: float | None
    max_points: float
    excused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A change of a mark. `function` is empty for the whole submission; `value` is points or days."""

    student: str
    action: Action
    because: str
    function: str = ""
    value: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Another due date for one student, as a time with its zone; null takes an extension back."""

    student: str
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None
    because: str
