"""Count the test cases of each function in a class: which failed a submission, and how long calls took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from grader.comparison.verdict import Verdict
from grader.models.report import CaseResult, Report, Score

NO_ANSWER = frozenset({Verdict.DID_NOT_RUN, Verdict.NOT_ATTEMPTED})


@dataclass(slots=True)
class Cases:
    """The test cases of one function.

    `caught` has the ids, among all `ids`, of those that some wrong answer failed. `slowest` is the longest
    call in seconds, made by the submission `whose`.
    """

    function: str
    ids: dict[str, None] = field(default_factory=dict)
    caught: set[str] = field(default_factory=set)
    calls: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    whose: Report | None = None

    @property
    def silent(self) -> tuple[str, ...]:
        """Return the cases that failed no function which gave an answer."""
        return tuple(id for id in self.ids if id not in self.caught)  # noqa: A001  # the model's name for it

    @property
    def mean(self) -> float:
        """Return the mean duration of a call in seconds."""
        return self.seconds / self.calls if self.calls else 0.0

    def add(self, report: Report, score: Score) -> None:
        """Count one submission's score.

        Args:
            report: the submission.
            score: its score of this function.
        """
        self.ids.update(dict.fromkeys(case.id for case in score.cases))
        if score.verdict is not Verdict.PASSED:
            self.caught.update(case.id for case in score.cases if _is_wrong(case))
        taken = [case.seconds for case in score.cases]
        self.calls += len(taken)
        self.seconds += sum(taken)
        if taken and max(taken) > self.slowest:
            self.slowest, self.whose = max(taken), report


def _is_wrong(case: CaseResult) -> bool:
    return case.verdict is not Verdict.PASSED and case.verdict not in NO_ANSWER


def without_cases(reports: Iterable[Report], counted: dict[str, Cases]) -> Iterator[Report]:
    """Yield the reports without their cases, which are counted by function.

    Args:
        reports: the class.
        counted: the counts, which are updated.

    Returns:
        an iterator of smaller reports.
    """
    for report in reports:
        small = replace(report, exercises=tuple(replace(score, cases=()) for score in report.exercises))
        for score in report.exercises:
            counted.setdefault(score.name, Cases(score.name)).add(small, score)
        yield small
