"""Remembers the scores of functions by what they mean, so that equal ones are run once."""

from __future__ import annotations

import copy
import dataclasses
import functools
import hashlib
from collections.abc import Mapping
from typing import Self

from grader.board import Board
from grader.meaning import Meaning, statements_of
from grader.model import Score, Submission
from grader.report.whole import NOWHERE, at_place, pack_score, unpack_score
from grader.verdict import Verdict

MOST = 4096
"""Meanings whose scores are at hand: dozens of versions of a function, beside as many of those it calls."""

LARGEST = 64 << 10
"""Bytes of a score that is worth keeping: a wrong answer in it may be an array of any size."""

DIGEST = hashlib.sha256().digest_size
"""Bytes of what a function is known by."""


class Memory:
    """Scores by meaning, those that were asked for last.

    A score that was earned is known by what the function means; one that was not, whose report quotes the
    function's own text and lines, by that text too.

    Args:
        known: scores of earlier runs, as `news` had them.
    """

    def __init__(self, known: Mapping[bytes, bytes] | None = None) -> None:
        self._known = known or {}
        self._scores: dict[bytes, Score] = {}
        self._equal: dict[bytes, Score] = {}
        self._news: dict[bytes, bytes] = {}
        self._board: Board | None = None

    def beside(self, board: Board) -> Self:
        """The same for a process that was forked from this one, and tells others what it learns."""
        memory = copy.copy(self)
        memory._board = board
        return memory

    def recall(self, meaning: Meaning) -> Score | None:
        """The score of a function that means this, as `remember` was given it, here or beside."""
        found = self._find(meaning.plain) or self._find(meaning.exact)
        if found is None and self._hear():
            found = self._find(meaning.plain) or self._find(meaning.exact)
        return found

    def _hear(self) -> bool:
        """Whether there was anything to learn from others."""
        news = [*self._board.news()] if self._board else []
        for message in news:
            key, data = message[:DIGEST], message[DIGEST:]
            self._keep(key, self._one(unpack_score(data), data))
        return bool(news)

    def _find(self, key: bytes) -> Score | None:
        score = self._scores.pop(key, None)
        if score is None and key in self._known:
            score = self._one(unpack_score(self._known[key]), self._known[key])
        if score is not None:
            self._keep(key, score)
        return score

    def remember(self, meaning: Meaning, score: Score | None) -> None:
        """Keep a score, if there is one."""
        if score is None:
            return
        data = pack_score(score)
        if len(data) <= LARGEST:
            key = meaning.plain if score.verdict is Verdict.PASSED else meaning.exact
            self._keep(key, self._one(score, data))
            self._news[key] = data
            if self._board:
                self._board.post(key + data)

    def _one(self, score: Score, data: bytes) -> Score:
        """The first of the scores that are equal: what is made of it need not be made of the others."""
        if len(self._equal) >= MOST:
            self._equal.clear()
        return self._equal.setdefault(hashlib.sha256(data).digest(), score)

    def _keep(self, key: bytes, score: Score) -> None:
        if len(self._scores) >= MOST:
            del self._scores[next(iter(self._scores))]
        self._scores[key] = score

    def news(self) -> dict[bytes, bytes]:
        """What was remembered since the last time this was asked."""
        news, self._news = self._news, {}
        return news


def unplaced(score: Score, submission: Submission) -> Score | None:
    """A score without what only one notebook has; None when the place that it names is nowhere in it.

    Its `cell` is the number, from 0, of the statement that failed among the different ones that are run for
    the function, and its `line` that within the statement; both are None for the function as a whole.
    """
    found = submission.functions[score.name]
    cell: int | None = None
    line: int | None = None
    if (score.cell, score.line) != (found.cell, found.line):
        there = [
            (number, (score.line or 0) - statement.line)
            for number, statement in enumerate(statements_of(score.name, submission.parts).values())
            if statement.has_line(score.cell, score.line)
        ]
        if len(there) != 1:
            return None
        cell, line = there[0]
    return dataclasses.replace(
        score, cell=cell, line=line, source="", source_cell=None, first_line=1, program_sha256=""
    )


def placed(score: Score, submission: Submission, program_sha256: str) -> Score:
    """A remembered score as that of the function of this notebook; the same object for the same place."""
    found = submission.functions[score.name]
    cell, line = found.cell, found.line
    if score.cell is not None:
        statement = list(statements_of(score.name, submission.parts).values())[score.cell]
        cell, line = statement.cell, statement.line + (score.line or 0)
    return at_place(_written(score, found.source, program_sha256), cell, line, found.cell, found.line or 1)


@functools.lru_cache(maxsize=2048)
def _written(score: Score, source: str, program_sha256: str) -> Score:
    """A remembered score as that of all who wrote the same text."""
    return dataclasses.replace(score, source=source, program_sha256=program_sha256, **NOWHERE)
