"""Find which wrong functions make others fail that are right by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.models.report import Report


@dataclass(frozen=True, slots=True)
class Edge:
    """In `count` submissions, `function` fails as written only because of `cause`."""

    cause: str
    function: str
    count: int


def causes(reports: Sequence[Report]) -> tuple[Edge, ...]:
    """Return the edges of the graph, the most frequent first."""
    counts = Counter(
        (score.cause, score.name)
        for report in reports
        for score in report.exercises
        if score.credited == "isolated" and score.cause is not None
    )
    return tuple(Edge(cause, function, n) for (cause, function), n in counts.most_common())
