"""A sandbox that remembers what functions did: a call of an equal function is not run again.

What a function does follows from its own text, its arguments, and what the graded functions answer that it
asks on the way. So a run is remembered with those questions and answers, as digests. It is the run of another
program too when the functions of that one would answer each question alike, which is remembered in the same
way. These are the verifying traces of build systems (Mokhov, Mitchell and Peyton Jones, Build Systems à la
Carte, 2018).
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from grader import wire
from grader.board import Board
from grader.model import Call, Failure, Program, Run, Statement, Status
from grader.sandbox import Sandbox
from grader.sandbox.account import Account
from grader.sandbox.forkserver import encode_call
from grader.sandbox.noting import RECORD

MOST = 8192
"""Calls of which something is kept, those that were asked for last."""

TRACES = 32
"""Ways that are kept in which one call of one function may go, as the functions differ that it asks."""


class Question(NamedTuple):
    """A call of a graded function by another one, and what it answered; both are digests."""

    function: str
    given: bytes
    answered: bytes


Answer = TypeVar("Answer")
Trace = tuple[Question, ...]


class Remembering:
    """Runs in another sandbox what it does not know of the functions of programs that say what they are.

    Args:
        sandbox: where the rest runs.
        board: where other processes tell what they have learned, and are told.
    """

    def __init__(self, sandbox: Sandbox, board: Board | None = None) -> None:
        self.sandbox = sandbox
        self.board = board
        self._runs: _Traces[_Unplaced] = _Traces()
        self._answers: _Traces[bytes] = _Traces()

    def run(self, program: Program, calls: Sequence[Call], account: Account | None = None) -> list[Run]:
        """Return one `Run` for each of `calls`, in order; see `grader.sandbox.Sandbox`."""
        if not program.known_as:
            return list(self.sandbox.run(program, calls, account))
        recalled = self._recalled(program, calls)
        if None in recalled and self._hear():
            recalled = self._recalled(program, calls)
        left = [call for call, run in zip(calls, recalled, strict=True) if run is None]
        ran = self.sandbox.run(program, left, account) if left else ()
        for call, run in zip(left, ran, strict=True):
            self._learn(program, call, run)
        rest = iter(ran)
        return _with_losses(calls, [run or next(rest) for run in recalled])

    # ------------------------------------------------------------ recall

    def _recalled(self, program: Program, calls: Iterable[Call]) -> list[Run | None]:
        asked: dict[tuple[str, bytes], bytes | None] = {}

        def holds(question: Question) -> bool:
            return self._answer(program, question, asked) == question.answered

        return [self._known(program, call, holds) for call in calls]

    def _known(self, program: Program, call: Call, holds: Callable[[Question], bool]) -> Run | None:
        for digest in program.known_as[call.function] or ():
            if found := self._runs.find(digest + _digest(call), holds):
                return found.placed(program)
        return None

    def _answer(
        self, program: Program, question: Question, asked: dict[tuple[str, bytes], bytes | None]
    ) -> bytes | None:
        """What a function of a program would answer; None when that is not known."""
        key = (question.function, question.given)
        if key not in asked:
            asked[key] = None  # a function that would have to know its own answer first
            if known_as := program.known_as.get(question.function):
                asked[key] = self._answers.find(
                    known_as[0] + question.given,
                    lambda further: self._answer(program, further, asked) == further.answered,
                )
        return asked[key]

    # ------------------------------------------------------------ learn

    def _learn(self, program: Program, call: Call, run: Run) -> None:
        """Keep a run that another one would repeat, and what was asked and answered in it."""
        known_as = program.known_as[call.function]
        if known_as is None or run.notes is None or not run.lasting:
            return
        notes, unplaced = _read(run.notes, list(program.known_as)), _Unplaced.of(run, program)
        if notes is None or unplaced is None:
            return
        plain, exact = known_as
        self._keep_and_tell((exact if run.failure else plain) + _digest(call), notes.asked, unplaced)
        for question, asked in notes.within:
            if of_function := program.known_as[question.function]:
                self._keep_and_tell(of_function[0] + question.given, asked, question.answered)

    def _keep_and_tell(self, key: bytes, asked: Trace, did: _Unplaced | bytes) -> None:
        if self._keep(key, asked, did) and self.board:
            with contextlib.suppress(wire.WireError):  # it is too large
                self.board.post(_written(key, asked, did))

    def _hear(self) -> bool:
        """Whether there was anything to learn from others."""
        news = [*self.board.news()] if self.board else []
        for message in news:
            self._keep(*_heard(message))
        return bool(news)

    def _keep(self, key: bytes, asked: Trace, did: _Unplaced | bytes) -> bool:
        """Keep what a run did, or what a function answered; whether that is new."""
        if isinstance(did, bytes):
            return self._answers.keep(key, asked, did)
        return self._runs.keep(key, asked, did)


def _with_losses(calls: Sequence[Call], runs: Sequence[Run]) -> list[Run]:
    """The runs as they are when none is known: a lost child costs its function the calls that are left."""
    lost: dict[str, Run] = {}
    together: list[Run] = []
    for call, run in zip(calls, runs, strict=True):
        if run.status in (Status.TIMED_OUT, Status.CRASHED):
            lost.setdefault(call.function, run)
        together.append(lost.get(call.function, run))
    return together


class _Traces(Generic[Answer]):
    """Answers by what is asked and by the answers to further questions; those that were asked for last."""

    def __init__(self) -> None:
        self._kept: dict[bytes, list[tuple[Trace, Answer]]] = {}

    def find(self, key: bytes, holds: Callable[[Question], bool]) -> Answer | None:
        """The answer of which every further question `holds`, if there is one."""
        traces = self._kept.pop(key, None)
        if traces is None:
            return None
        self._kept[key] = traces
        return next((answer for trace, answer in traces if all(map(holds, trace))), None)

    def keep(self, key: bytes, trace: Trace, answer: Answer) -> bool:
        """Keep an answer; whether it is new."""
        traces = self._kept.setdefault(key, [])
        new = all(trace != other for other, _ in traces)
        if new:
            traces.insert(0, (trace, answer))
            del traces[TRACES:]
        if len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return new


@dataclass(frozen=True, slots=True)
class _Unplaced:
    """A run, and the statements on the way to its failure, wherever they stand.

    With each goes the line of it, counted from its first.
    """

    run: Run
    places: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, run: Run, program: Program) -> _Unplaced | None:
        """A run of a program; None when a place that it names is not one statement alone."""
        kept, places = dataclasses.replace(run, notes=None), []
        for cell, line in run.failure.places if run.failure else ():
            found = [s for s in program.statements if s.has_line(cell, line)]
            if len(found) != 1 or _only(found[0].source, program) is None:
                return None
            places.append((found[0].source, line - found[0].line))
        return cls(kept, tuple(places))

    def placed(self, program: Program) -> Run | None:
        """The same run of another program; None when a statement stands there several times."""
        if not self.places or self.run.failure is None:
            return self.run
        places = []
        for source, line in self.places:
            statement = _only(source, program)
            if statement is None:
                return None
            places.append((statement.cell, statement.line + line))
        failure = dataclasses.replace(self.run.failure, places=tuple(places))
        return dataclasses.replace(self.run, failure=failure)


def _only(source: str, program: Program) -> Statement | None:
    """The one statement of a program that has this text."""
    found = [statement for statement in program.statements if statement.source == source]
    return found[0] if len(found) == 1 else None


# ---------------------------------------------------------------- notes


class _Notes(NamedTuple):
    """What a call asked, and what was asked `within` each question that came up, itself or further down."""

    asked: Trace
    within: Sequence[tuple[Question, Trace]]


def _read(notes: bytes, names: Sequence[str]) -> _Notes | None:
    """The notes of a call; None when they make no sense."""
    levels: list[list[Question]] = [[]]
    within: list[tuple[Question, list[Question]]] = []
    try:
        for number, depth, given, answered in RECORD.iter_unpack(notes):
            question = Question(names[number], given, answered)
            levels[depth].append(question)
            levels[depth + 1 :] = [[]]
            within.append((question, levels[depth + 1]))
    except (struct.error, IndexError):
        return None
    return _Notes(tuple(levels[0]), [(question, tuple(asked)) for question, asked in within])


# ---------------------------------------------------------------- others


def _written(key: bytes, asked: Trace, did: _Unplaced | bytes) -> bytes:
    """What was learned, as bytes for another process.

    Raises:
        WireError: it is too large.
    """
    if isinstance(did, bytes):
        return wire.encode((key, list(map(tuple, asked)), did))
    run, failure = did.run, did.run.failure
    failed = failure and (failure.exception, failure.text)  # it has its places from the program
    ended = (str(run.status), run.value, failed, list(run.changed), run.seconds)
    return wire.encode((key, list(map(tuple, asked)), (ended, list(did.places))))


def _heard(message: bytes) -> tuple[bytes, Trace, _Unplaced | bytes]:
    """What `_written` was given."""
    key, asked, did = wire.decode(message, writable=False)
    trace = tuple(Question(*question) for question in asked)
    if isinstance(did, bytes):
        return key, trace, did
    (status, value, failed, changed, seconds), places = did
    failure = Failure(*failed) if failed else None
    run = Run(Status(status), value, failure, tuple(changed), seconds)
    return key, trace, _Unplaced(run, tuple(tuple(place) for place in places))


@functools.lru_cache(maxsize=1024)
def _digest(call: Call) -> bytes:
    return hashlib.sha256(encode_call(call)).digest()
