"""Group submissions that give the same wrong answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.grading.answer_fingerprint import group_of
from grader.models.report import Report, Score


@dataclass(frozen=True, slots=True)
class Group:
    """Submissions whose version of a function gives the same wrong answers, shown by the first of them."""

    id: str
    shown: Score
    members: tuple[Report, ...]

    @property
    def is_single(self) -> bool:
        """Return whether only one submission gives these answers."""
        return len(self.members) == 1


def groups(reports: Sequence[Report]) -> tuple[Group, ...]:
    """Return the groups, the largest first, with groups of one included."""
    shown: dict[str, Score] = {}
    members: dict[str, list[Report]] = {}
    for report in reports:
        for score in report.exercises:
            group = group_of(score)
            if group is not None:
                shown.setdefault(group, score)
                members.setdefault(group, []).append(report)
    found = (Group(id, shown[id], tuple(members[id])) for id in shown)  # noqa: A001  # the template's name for it
    return tuple(sorted(found, key=lambda group: -len(group.members)))
