"""Scores of graded functions by the keys of their programs: an equal program is not run again.

Nothing is inferred from one program to another. A cache serves one grader, whose assignment, seed, time limit
and versions are the same for all.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import Any

from grader.grading.program_keys import Keys
from grader.models.report import NOWHERE, Score, at_place
from grader.models.submission import Found
from grader.models.values import leaves

MOST = 2048
"""Scores that are kept, and keys of which it is known that they were met: those that came up last."""

LARGEST = 16 << 10
"""Bytes of a score that is kept, and characters of its program."""


class ScoreCache:
    """Scores by their keys, in bounded memory."""

    def __init__(self) -> None:
        self._scores: dict[bytes, _Kept] = {}
        self._met: dict[bytes, None] = {}

    def find(self, keys: Keys, found: Found, program_sha256: str) -> Score | None:
        """The score of an equal program, as that of the function that was `found` in another notebook."""
        if keys.loose not in self._met:  # nor was any program of the same trees, but for few
            return None
        _put(self._met, keys.loose, None)
        for key in (keys.loose, keys.text):
            kept = self._scores.get(key)
            if kept is None or (key == keys.loose and kept.keys.exact != keys.exact):
                continue
            _put(self._scores, key, kept)
            cell, line = kept.place or (found.cell, found.line)
            score = _written(kept.score, found.source, program_sha256)
            return at_place(score, cell, line, found.cell, found.line or 1)
        return None

    def keep(self, keys: Keys, score: Score, *, placed: bool) -> None:
        """Keep a score; `placed` says that it holds for the same text at the same place alone."""
        nowhere = replace(score, source="", program_sha256="", anywhere=None, **NOWHERE)
        if max(_size(nowhere), keys.length) <= LARGEST:
            place = (score.cell, score.line) if placed else None
            _put(self._scores, keys.text if placed else keys.loose, _Kept(nowhere, keys, place))
            _put(self._met, keys.loose, None)

    def met(self, keys: Keys) -> bool:
        """Whether a program was met before; from now on it was."""
        before = keys.loose in self._met
        _put(self._met, keys.loose, None)
        return before


def _size(score: Score) -> int:
    """About how many bytes of memory a score takes that another one may not."""
    texts = [score.message, score.hint, score.example, *(case.message for case in score.cases)]
    values = [value for case in score.cases for value in (case.actual, case.expected)]
    found = [leaf for value in values for leaf in leaves(value).values()]
    return sum(map(len, texts)) + sum(getattr(leaf, "nbytes", 0) or len(str(leaf)) for leaf in found)


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """A score without its place; with the place where it failed, when that is in the key.

    What takes time of its keys is found out when another program has nearly the same text.
    """

    score: Score
    keys: Keys
    place: tuple[int | None, int | None] | None


def _put(kept: dict[bytes, Any], key: bytes, value: Any) -> None:
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > MOST:
        del kept[next(iter(kept))]


@functools.lru_cache(maxsize=2048)  # one object for all who wrote the same text
def _written(score: Score, source: str, program_sha256: str) -> Score:
    return replace(score, source=source, program_sha256=program_sha256)
