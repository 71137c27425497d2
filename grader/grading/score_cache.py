"""A cache of scores by the keys of programs, so that an equal program is not run twice.

Nothing is inferred from one program about another. A cache serves one grader process, with one assignment,
seed, time limit and set of versions.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.grading.program_keys import Keys
from grader.models.report import NOWHERE, Score, at_place
from grader.models.submission import Found
from grader.models.values import leaves

MOST = 8192
"""The scores, and the keys known to have occurred, that are kept; least recently used ones are dropped."""

RECENT = 256
"""Scores of which other processes hear, if they ask often enough: more than a chunk of submissions has."""

LARGEST = 16 << 10
"""Bytes of a score, and characters of its program, up to which it is kept."""


class ScoreCache:
    """Scores by the keys of their programs, in bounded memory."""

    def __init__(self) -> None:
        self._scores: dict[bytes, Kept] = {}
        self._met: dict[bytes, int] = {}
        self._seen: dict[bytes, int] = {}
        self._new: deque[Kept] = deque(maxlen=RECENT)

    def seen(self, own: bytes) -> int:
        """Return how many functions of a text there were before, and count this one.

        Args:
            own: the key of the function's own text.

        Returns:
            how many; without any, none of its programs was met, and their keys need not be computed.
        """
        before = self._seen.get(own, 0)
        _put(self._seen, own, before + 1)
        return before

    def find(self, keys: Keys, found: Found, program_sha256: str) -> Score | None:
        """Return the score of an equal program, moved to the position of this function.

        Args:
            keys: the keys of the program.
            found: the position of the function in its own notebook.
            program_sha256: the digest of its own program.

        Returns:
            the score, or None if there is none.
        """
        if keys.loose not in self._met:  # then almost no equivalent program was seen either
            return None
        _put(self._met, keys.loose, self._met[keys.loose])
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
        """Store a score.

        Args:
            keys: the keys of its program.
            score: the score.
            placed: whether it holds only for the same text at the same position, as an error's line does.
        """
        nowhere = replace(score, source="", program_sha256="", anywhere=None, **NOWHERE)
        if max(_size(nowhere), keys.length) <= LARGEST:
            kept = Kept(nowhere, keys, (score.cell, score.line) if placed else None)
            self._store(kept)
            self._new.append(kept)

    def new(self) -> list[Kept]:
        """Return what was stored here since this was asked last, for the caches of other processes."""
        new = [*self._new]
        self._new.clear()
        return new

    def learn(self, news: Sequence[Kept]) -> None:
        """Store what other processes stored.

        Args:
            news: what `new` returned there.
        """
        for kept in news:
            self._store(kept)

    def _store(self, kept: Kept) -> None:
        _put(self._scores, kept.keys.loose if kept.place is None else kept.keys.text, kept)
        _put(self._met, kept.keys.loose, self._met.get(kept.keys.loose, 1))
        _put(self._seen, kept.keys.own, self._seen.get(kept.keys.own, 1))

    def met(self, keys: Keys) -> int:
        """Return how often a program was seen before, and count this time."""
        before = self._met.get(keys.loose, 0)
        _put(self._met, keys.loose, before + 1)
        return before


def _size(score: Score) -> int:
    """Return roughly the bytes of memory that a score occupies by itself."""
    texts = [score.message, score.hint, score.example, *(case.message + case.inputs for case in score.cases)]
    values = [value for case in score.cases for value in (case.actual, case.expected)]
    found = [leaf for value in values for leaf in leaves(value).values()]
    return sum(map(len, texts)) + sum(getattr(leaf, "nbytes", 0) or len(str(leaf)) for leaf in found)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A score without its position, or with the position of its failure when the key includes it.

    The expensive keys are computed only when another program has nearly the same text.
    """

    score: Score
    keys: Keys
    place: tuple[int | None, int | None] | None


def _put(kept: dict[bytes, Any], key: bytes, value: Any) -> None:
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > MOST:
        del kept[next(iter(kept))]


@functools.lru_cache(maxsize=2048)  # one shared object for equal texts
def _written(score: Score, source: str, program_sha256: str) -> Score:
    return replace(score, source=source, program_sha256=program_sha256)
