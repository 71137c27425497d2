"""Group submissions that make the same mistake: that need the same edit, or give the same wrong answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.grading.answer_fingerprint import groups_of
from grader.models.report import Report, Score
from grader.reports.wording import worded


@dataclass(frozen=True, slots=True)
class Group:
    """Submissions whose version of a function has the same mistake, shown by the first of them."""

    id: str
    shown: Score
    members: tuple[Report, ...]

    @property
    def is_single(self) -> bool:
        """Return whether only one submission has this mistake."""
        return len(self.members) == 1

    @property
    def sentence(self) -> str:
        """Return what is wrong: what the repair says, or else the hint, the message or the verdict."""
        score = self.shown
        says = score.repair.says if score.repair else ""
        return (
            (says and f"{says[0].upper()}{says[1:]}.")
            or score.hint
            or score.message
            or worded(score.verdict, score.message).words
        )

    @property
    def mend(self) -> range:
        """Return the numbers of the lines to mend in the version that is shown, if they are known."""
        score = self.shown
        first, last = score.repair.lines if score.repair else (1, 0)
        return range(score.first_line + first - 1, score.first_line + last)


def groups(reports: Sequence[Report]) -> tuple[Group, ...]:
    """Return the groups, the largest first, with groups of one included.

    Each score is in the larger of its groups: the same edit may be written in many ways, and the same answers
    may come of several mistakes.
    """
    sizes = Counter(group for report in reports for score in report.exercises for group in groups_of(score))
    shown: dict[str, Score] = {}
    members: dict[str, list[Report]] = {}
    for report in reports:
        for score in report.exercises:
            if group := max(groups_of(score), key=sizes.__getitem__, default=""):
                shown.setdefault(group, score)
                members.setdefault(group, []).append(report)
    found = (Group(id, shown[id], tuple(members[id])) for id in shown)  # noqa: A001  # the template's name for it
    return tuple(sorted(found, key=lambda group: -len(group.members)))


def largest(found: Sequence[Group]) -> dict[str, Group]:
    """Return, by function, the first group of several submissions."""
    first: dict[str, Group] = {}
    for group in found:
        if not group.is_single:
            first.setdefault(group.shown.name, group)
    return first
