"""Find the adjustments in force, and apply them and the late policy to reports: pure."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from grader.models.marking import Adjustment, Change, Lateness, LatePolicy, Marking, Ruling
from grader.models.report import Report, Score, StoredReport, StoredScore

Reported = TypeVar("Reported", Report, StoredReport)
Scored = TypeVar("Scored", Score, StoredScore)

DAY = 86_400.0


def in_force(adjustments: Iterable[Adjustment]) -> dict[str, tuple[Adjustment, ...]]:
    """Return the adjustments that count, by student: of those about one subject the last, unless undone.

    An undo of a whole submission takes back its days too. Students of whom all is undone have none.
    """
    latest: dict[str, dict[tuple[str, str, bool], Adjustment]] = {}
    for one in adjustments:
        own = latest.setdefault(one.student, {})
        if one.action == "undo":
            for days in (False, True):
                own.pop((one.student, one.function, days), None)
        else:
            own[one.subject] = one
    return {student: tuple(own.values()) for student, own in latest.items()}


def ruled(report: Reported, marking: Marking) -> Reported:
    """Apply what people decided, and the late policy, to one report.

    Adjustments of functions come first, then the late policy, then adjustments of the whole submission.
    `ruling` of the report, and of each adjusted function, keeps the computed points.

    Args:
        report: a computed report.
        marking: the adjustments of the class, and its late policy.

    Returns:
        the report with the points that count; the same object if nothing applies to it.
    """
    of_functions: dict[str, Adjustment] = {}
    of_whole: Adjustment | None = None
    accepted: Adjustment | None = None
    for one in marking.adjustments.get(report.id, ()):
        if one.function:
            of_functions[one.function] = one
        elif one.action == "late-days":
            accepted = one
        else:
            of_whole = one
    late = _is_late(report, marking.late)
    if not (of_functions or of_whole or accepted or late):
        on_time = late is False and report.late  # by an extension, of which the download knows nothing
        return dataclasses.replace(report, late=False) if on_time else report
    scores: tuple[Any, ...] = tuple(
        _ruled_score(score, of_functions.get(score.name)) for score in report.exercises
    )
    points, most = report.points, report.max_points
    pairs: list[Any] = [*zip(scores, report.exercises, strict=True)]
    if points is not None:
        points += sum(new.points - old.points for new, old in pairs)
        most += sum(new.max_points - old.max_points for new, old in pairs if not new.bonus)
    unused: list[Adjustment] = [
        one for name, one in of_functions.items() if all(score.name != name for score in scores)
    ]
    changes = [Change(one, None, None) for one in (*unused, *([accepted] if accepted else []))]
    lateness = _lateness(report, marking.late, points, accepted) if late and marking.late else None
    if lateness and points is not None:
        points -= lateness.taken
    if of_whole:
        changes.append(Change(of_whole, points, _adjusted(points, of_whole)))
        points = changes[-1].after
    return dataclasses.replace(
        report,
        points=points,
        max_points=most,
        exercises=scores,
        late=late if late is not None else report.late,
        ruling=Ruling(report.points, report.max_points, tuple(changes), lateness, _excuses(of_whole)),
    )


def _ruled_score(score: Scored, adjustment: Adjustment | None) -> Scored:
    if adjustment is None:
        return score
    excused = _excuses(adjustment)
    points = 0.0 if excused else _adjusted(score.points, adjustment) or 0.0
    most = 0.0 if excused else score.max_points
    change = Change(adjustment, score.points, None if excused else points)
    ruling = Ruling(score.points, score.max_points, (change,), excused=excused)
    if isinstance(score, StoredScore):
        return score._replace(points=points, max_points=most, ruling=ruling)
    return dataclasses.replace(score, points=points, max_points=most, ruling=ruling, anywhere=None)


def _excuses(adjustment: Adjustment | None) -> bool:
    return adjustment is not None and adjustment.action == "excuse"


def _adjusted(points: float | None, adjustment: Adjustment) -> float | None:
    """Return the points after an adjustment, never below 0; None if the work is excused."""
    match adjustment.action:
        case "points":
            return adjustment.value
        case "add":
            return max(0.0, (points or 0.0) + adjustment.value)
        case _:
            return None


def _is_late(report: Report | StoredReport, policy: LatePolicy | None) -> bool | None:
    """Return whether work came after its due date and the grace period; None if nobody can tell."""
    if policy is None or not report.submitted:
        return None
    return _seconds_late(report, policy) > policy.grace


def _seconds_late(report: Report | StoredReport, policy: LatePolicy) -> float:
    wanted = datetime.fromisoformat(due(report, policy))
    return (datetime.fromisoformat(report.submitted) - wanted).total_seconds()


def due(report: Report | StoredReport, policy: LatePolicy) -> str:
    """Look up when the work of a student is due.

    Args:
        report: the submission of the student.
        policy: the late policy with its extensions.

    Returns:
        the time in ISO 8601.
    """
    return next((policy.extensions[name] for name in _ids(report) if name in policy.extensions), policy.due)


def of_nobody(policy: LatePolicy | None, reports: Iterable[Report | StoredReport]) -> tuple[str, ...]:
    """Return the students with an extension of whom there is no submission.

    Args:
        policy: the late policy with its extensions.
        reports: the class.

    Returns:
        their ids as course.toml has them.
    """
    if policy is None or not policy.extensions:
        return ()
    known = {name for report in reports for name in _ids(report)}
    return tuple(name for name in policy.extensions if name not in known)


def _ids(report: Report | StoredReport) -> tuple[str, ...]:
    return (report.id, report.student.id) if report.student else (report.id,)


def _lateness(
    report: Report | StoredReport, policy: LatePolicy, points: float | None, adjustment: Adjustment | None
) -> Lateness:
    days = math.ceil(_seconds_late(report, policy) / DAY)
    accepted = int(adjustment.value) if adjustment else 0
    counted = max(0, days - accepted)
    too_late = policy.most_days is not None and counted > policy.most_days
    share = 1.0 if too_late else min(policy.cap, policy.per_day * counted, 1.0)
    return Lateness(due(report, policy), days, accepted, share, share * (points or 0.0))
