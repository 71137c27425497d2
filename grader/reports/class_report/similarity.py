"""Find submissions that share unusual code. They are places to look at, never a verdict."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from grader.models.report import Report, Score
from grader.reports.class_report.cliques import cliques
from grader.reports.class_report.fingerprints import Hashes, fingerprints

COMMON = 0.05
"""Code in more than this share of a class is common; four submissions may always share it."""

CROWD = 50
"""Fingerprints in more different submissions than this pair none, which bounds the number of pairs."""

LEAST = 8
"""The fewest common fingerprints of a match."""

SHOWN = 12
"""The number of matches that are shown."""


class Passage(NamedTuple):
    """One function in both submissions of a match, with the numbers of the matching lines."""

    left: Score
    left_lines: frozenset[int]
    right: Score
    right_lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class Match:
    """Submissions of which each two share much, shown by the two that share most.

    These share `shared` unusual fingerprints, which are `of_left` and `of_right` of each one's unusual code.
    """

    left: Report
    right: Report
    others: tuple[Report, ...]
    shared: int
    of_left: float
    of_right: float
    passages: tuple[Passage, ...]

    @property
    def members(self) -> tuple[Report, ...]:
        """Return all who share the code."""
        return self.left, self.right, *self.others


def matches(reports: Sequence[Report], given: Mapping[str, str]) -> tuple[Match, ...]:
    """Return the `SHOWN` matches that share most; submissions that all share with each other are one.

    Takes the time of sorting the fingerprints, whatever the number of pairs. Code in `given`, or in more than
    a `COMMON` share of the class, is ignored.

    Args:
        reports: the graded submissions of a class.
        given: sources that were handed out or belong to the solution, by function.

    Returns:
        the matches, those that share most first.
    """
    written = [_hashes((score.name, score.source) for score in report.exercises) for report in reports]
    unusual = _unusual(written, _hashes(given.items()))
    alike: dict[bytes, list[int]] = defaultdict(list)
    for i, hashes in enumerate(unusual):
        if len(hashes) >= LEAST:
            alike[hashes.tobytes()].append(i)
    units = list(alike.values())
    sets = [unusual[unit[0]] for unit in units]
    found = [(len(sets[u]), u, u) for u, unit in enumerate(units) if len(unit) > 1] + _pairs(sets)
    members = [[reports[i] for i in unit] for unit in units]
    return tuple(
        _match([members[unit] for unit in clique], sets[clique[0]], sets[clique[min(1, len(clique) - 1)]])
        for clique in cliques(found, SHOWN)
    )


def _hashes(functions: Iterable[tuple[str, str]]) -> Hashes:
    """Return the sorted set of fingerprints of several functions."""
    return np.unique(np.concatenate([np.empty(0, np.uint64), *(_salted(*each) for each in functions)]))


def _salted(name: str, source: str) -> Hashes:
    """Return the fingerprints of a function, salted with its name."""
    return fingerprints(source).hashes ^ np.uint64(zlib.crc32(name.encode()))


def _unusual(sets: Sequence[Hashes], given: Hashes) -> list[Hashes]:
    """Return each set without the given and common fingerprints."""
    kinds, counts = np.unique(np.concatenate([np.empty(0, np.uint64), *sets]), return_counts=True)
    rare = np.setdiff1d(kinds[counts <= max(4, COMMON * len(sets))], given)
    return [np.intersect1d(hashes, rare, assume_unique=True) for hashes in sets]


def _pairs(sets: Sequence[Hashes]) -> list[tuple[int, int, int]]:
    """Return how many fingerprints each two sets share, by an inverted index: (shared, one, other)."""
    if not sets:
        return []
    hashes = np.concatenate(sets)
    owners = np.repeat(np.arange(len(sets)), [len(s) for s in sets])
    order = np.argsort(hashes, kind="stable")  # the owners of one hash are adjacent and sorted
    hashes, owners = hashes[order], owners[order]
    _, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    few = counts[inverse] <= CROWD
    hashes, owners = hashes[few], owners[few]
    keys = [np.empty(0, np.intp)]
    for step in range(1, CROWD):
        same = hashes[step:] == hashes[:-step]
        keys.append(owners[:-step][same] * len(sets) + owners[step:][same])
    pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
    enough = shared >= LEAST
    ones, others = np.divmod(pairs[enough], len(sets))
    return list(zip(shared[enough].tolist(), ones.tolist(), others.tolist(), strict=True))


# ---------------------------------------------------------------- what is shown


def _match(units: Sequence[Sequence[Report]], one: Hashes, other: Hashes) -> Match:
    """Return the match of all in `units`, of which the first two share most; a single one has several."""
    common = np.intersect1d(one, other)
    everyone = [report for unit in units for report in unit]
    left, right = everyone[0], units[1][0] if len(units) > 1 else everyone[1]
    others = tuple(report for report in everyone if report is not left and report is not right)
    pairs = zip(left.exercises, right.exercises, strict=True)
    passages = (Passage(a, _lines(a, common), b, _lines(b, common)) for a, b in pairs)
    return Match(
        left, right, others, len(common), len(common) / len(one), len(common) / len(other),
        tuple(passage for passage in passages if passage.left_lines and passage.right_lines),
    )  # fmt: skip


def _lines(score: Score, common: Hashes) -> frozenset[int]:
    """Return the numbers in its cell of a function's matching lines."""
    found = np.isin(_salted(score.name, score.source), common)
    return frozenset((fingerprints(score.source).lines[found] + score.first_line - 1).ravel().tolist())
