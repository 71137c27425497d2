"""Count a class: submissions by status, and functions by verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from grader.models.report import Report, Score, Standing, StoredReport, StoredScore
from grader.reports import wording

Counted = TypeVar("Counted", bound=Report | StoredReport)

PACKAGES = {
    "scipy": "scipy", "pandas": "pandas", "matplotlib": "matplotlib", "seaborn": "seaborn", "sympy": "sympy",
    "numba": "numba", "tqdm": "tqdm", "h5py": "h5py", "torch": "torch", "tensorflow": "tensorflow",
    "keras": "keras", "sklearn": "scikit-learn", "skimage": "scikit-image", "PIL": "pillow",
    "cv2": "opencv-python-headless",
}  # fmt: skip
"""Modules that students use, and the package to install; no other name from a notebook is suggested to pip.
"""

NEWER = re.compile(r"it needs Python (\d\.\d+); this is")
"""Matches the note on a cell that needs a newer Python."""

ABSENT: dict[Standing, str] = {
    "unreadable": "could not be read",
    "failed": "not graded by a fault of the grader",
    "not_submitted": "not handed in",
}
"""Descriptions of submissions without a mark, by status."""

UNMARKED = frozenset({"unreadable", "failed"})
"""The statuses of submitted work without a mark."""


@dataclass(slots=True)
class FunctionTally:
    """The verdicts of one graded function by their sign, and its points, over all graded submissions."""

    max_points: float
    signs: Counter[str] = field(default_factory=Counter)
    points: float = 0.0

    @property
    def mean(self) -> float:
        """Return the mean of the points."""
        return self.points / self.signs.total()

    def add(self, score: Score | StoredScore) -> None:
        """Count one more score."""
        self.signs[wording.WORDINGS[score.verdict].sign] += 1
        self.points += score.points


def why(report: Report | StoredReport) -> str:
    """Return why a submission has no mark, prefixed with its id unless the notes begin with it."""
    notes = " ".join(report.notes)
    return notes if notes.startswith(report.id) else f"{report.id}: {notes}"


def remedy(module: str) -> str:
    """Return what to do about a module that notebooks import and this machine does not have."""
    if module in PACKAGES:
        return f"pip install {PACKAGES[module]} and grade again"
    return "if you know and trust it, install it and grade again"


def standing(reports: Iterable[Report | StoredReport]) -> str:
    """Return how many submissions of a class are graded, late, or without a mark, as a sentence."""
    statuses: Counter[Standing] = Counter()
    late = 0
    for report in reports:
        statuses[report.status] += 1
        late += report.late
    absent = [f"{statuses[status]:,} {what}" for status, what in ABSENT.items() if statuses[status]]
    return ", ".join([f"{statuses['graded']:,} graded", *([f"{late:,} late"] if late else []), *absent]) + "."


@dataclass(slots=True)
class Tally:
    """The counts of a class, and why some submissions have no mark.

    `strangers` has the ids of submissions of nobody in the roster; `lacking` counts the submissions that need
    a missing module, `newer` those that need a newer Python, by version.
    """

    statuses: Counter[Standing] = field(default_factory=Counter)
    functions: dict[str, FunctionTally] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    lacking: Counter[str] = field(default_factory=Counter)
    newer: Counter[str] = field(default_factory=Counter)

    def add(self, report: Report | StoredReport) -> None:
        """Count one more submission."""
        self.statuses[report.status] += 1
        if report.status in UNMARKED:
            self.reasons.append(why(report))
        if wording.stranger(report):
            self.strangers.append(report.id)
        self.lacking.update({score.lacks for score in report.exercises if score.lacks})
        self.newer.update({version for note in report.notes for version in NEWER.findall(note)})
        for score in report.exercises:
            if score.name not in self.functions:
                self.functions[score.name] = FunctionTally(score.max_points)
            self.functions[score.name].add(score)

    def counting(self, reports: Iterable[Counted]) -> Iterator[Counted]:
        """Yield the reports, and count each."""
        for report in reports:
            self.add(report)
            yield report

    def advice(self) -> Iterator[str]:
        """Yield what this machine lacks for some notebooks, and what to do about it."""
        for module, count in sorted(self.lacking.items()):
            who = "1 notebook imports" if count == 1 else f"{count:,} notebooks import"
            yield f"{who} {module}, which is not installed here: {remedy(module)}."
        for version, count in sorted(self.newer.items()):
            who = "1 notebook has" if count == 1 else f"{count:,} notebooks have"
            yield f"{who} syntax of Python {version}: to read it, install grader there and grade again."

    def __str__(self) -> str:
        """Return the counts by status, such as `1,000 graded, 2 unreadable`."""
        counts = {"graded": self.statuses["graded"], **self.statuses}
        return ", ".join(f"{count:,} {wording.STATUSES[status]}" for status, count in counts.items())
