"""The sandbox of one machine: a fork server with a worker process for each submission."""

from __future__ import annotations

import copy
import functools
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from grader.errors import IsolationError, SandboxError
from grader.models import serialization
from grader.models.execution import Call, Failure, Program, Run, Statement, Status
from grader.models.values import Value
from grader.sandbox.channel import CHUNK, HEADER, LateError, LostError
from grader.sandbox.import_names import needed
from grader.sandbox.isolation import isolation_of, refusal, without
from grader.sandbox.launcher import FORKED, configuration
from grader.sandbox.layers.levels import Layer, Level
from grader.sandbox.metering import Account, not_run, unlimited
from grader.sandbox.privacy import exposed
from grader.sandbox.rounds import Round, Rounds
from grader.sandbox.subprocess_fallback import Subprocess, Subprocesses
from grader.sandbox.zygote_client import Child, FilteredError, Zygote, ZygoteLostError

IMPORTING = 3
"""The definition of a program may take this many time limits of its slowest call: imports are slow."""

HASTE = 0.5
"""Seconds after which a batch of calls is given up and its calls are made one by one."""

SMALL = 16 << 10
"""Bytes up to which a decoded answer is cached."""

MAX_NAME, MAX_TEXT = 100, 2000
"""Characters that are kept of an exception's type and text; reports hold them for a whole class."""

MAX_PLACES = 32
"""Places of a traceback that are accepted."""

RESTARTS = 3
"""How often a lost fork server is replaced during one run before that is an error."""


class ForkServer:
    """Runs programs in worker processes that are forked from a warm process. Use it as a context manager.

    Args:
        timeout: seconds that each call may take that has no limit of its own; the definition of the program
            and its imports may take `IMPORTING` times as long as its slowest call, which does not count.
        required: the minimal level of isolation.
        layers: the isolation layers to apply.
        processes: starts the worker processes, without a fork server where fork is not available.
        private: files and folders that student code must not read. If it can, whatever the layers, the level
            is weak.

    Raises:
        IsolationError: this machine does not reach the required level; the text says why.
    """

    def __init__(
        self,
        timeout: float = 2.0,
        required: str = Level.STRONG,
        layers: Iterable[str] = tuple(Layer),
        processes: type[Zygote | Subprocesses] = Zygote if FORKED else Subprocesses,
        private: Iterable[Path] = (),
    ) -> None:
        self.timeout = timeout
        self._start = processes
        self._config = configuration(layers)
        self._left_alone: frozenset[str] = frozenset()
        try:
            self._processes = self._start(self._config)
        except FilteredError:
            self._config = {**self._config, "careful": True}
            self._processes = self._start(self._config)
        self.isolation = isolation_of(self._processes)
        if private and self.isolation.level != Level.WEAK:
            self._try_to_read(private)
        if not Level(self.isolation.level).reaches(Level(required)):
            self._processes.close()
            raise IsolationError(refusal(self.isolation, required))

    def _try_to_read(self, private: Iterable[Path]) -> None:
        """Discount the layers that let student code read private files."""
        try:
            path = exposed(self, private)
        except BaseException:
            self.close()
            raise
        if path is not None:
            reason = f"student code can read {path}: move it, or what student code imports, to another folder"
            self.isolation = without(self.isolation, {Layer.LANDLOCK, Layer.MOUNTS}, reason)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Terminate the fork server and its worker processes."""
        self._processes.close()

    def elsewhere(self) -> ForkServer:
        """Return a sandbox with worker processes of its own, for a process forked from this one."""
        twin = copy.copy(self)
        try:
            twin._processes = self._processes.elsewhere()
        except ZygoteLostError:
            twin._processes = self._start(self._config)
        return twin

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        then: Sequence[Round] = (),
    ) -> list[Run]:
        """Return one `Run` for each call, in order; see `grader.sandbox.Sandbox`.

        Public calls are sent together, and so are hidden calls of one function: two processes that alternate
        for every call spend most of their time refilling caches. If a batch is not answered in time, its
        calls are made one by one in a new worker process, each with the full time limit. A call whose worker
        process had to be killed costs its function the remaining calls, and other functions nothing. Hidden
        calls of several functions are never sent together: one could read ahead and answer for another.

        Args:
            program: the program that defines the functions.
            calls: the calls of its functions.
            account: the account to charge; unlimited if None.
            then: more calls for the same process, of this program or of others.

        Returns:
            the runs.

        Raises:
            SandboxError: the fork server was lost more than `RESTARTS` times.
        """
        account = account or unlimited()
        rounds = Rounds(program, calls, [*then])
        lost = _Lost()
        restarts = 0
        while rounds.left():
            if reason := account.used_up():
                for _, left in rounds:
                    rounds.runs += [not_run(reason)] * len(left)
                break
            try:
                self._furnish(rounds.programs())
                with self._processes.fork() as child:
                    for run in _serve(child, rounds, lost, self.timeout, account):
                        rounds.runs.append(run)  # kept if the fork server is lost later
            except ZygoteLostError as error:
                restarts += 1
                if restarts > RESTARTS:
                    raise SandboxError(f"the sandbox broke down {restarts} times: {error}") from None
                self._processes.close()
                self._processes = self._start(self._config)
        return rounds.runs

    def _furnish(self, programs: Sequence[Program]) -> None:
        """Place the data files of one assignment's programs, and import what they need of its modules.

        Modules that leave threads, or end the fork server, are left to worker processes from then on.
        """
        self._processes.furnish(programs[0].data)
        if modules := frozenset[str]().union(*map(needed, programs)) - self._left_alone:
            self._left_alone |= modules
            if not self._processes.import_modules(modules):
                raise ZygoteLostError(f"threads are left of {', '.join(sorted(modules))}")
            self._left_alone -= modules


@dataclass(frozen=True, slots=True)
class _Lost:
    """Functions whose calls may have killed a worker process, and are made one by one from then on.

    `runs` has the fatal run of each suspect that was alone in its worker process; its later calls get the
    same run.
    """

    suspects: set[str] = field(default_factory=set)
    runs: dict[str, Run] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Defined:
    """A program that a worker process was given: the statements that failed, and how long that took.

    `lost` is the run of all its calls if the process was lost over it.
    """

    program: Program
    seconds: float
    failures: Any = None
    lost: Run | None = None


def _define(
    child: Child | Subprocess, program: Program, calls: Sequence[Call], timeout: float, account: Account
) -> _Defined:
    """Define a program; what it may take beyond the usual time is no more than the account has left."""
    usual, longest = IMPORTING * timeout, IMPORTING * max(call.seconds or timeout for call in calls)
    start = time.perf_counter()
    reply = _request(child, [_encode_program(program)], max(usual, min(longest, account.left())))
    seconds = time.perf_counter() - start
    account.charge([""], seconds)
    if isinstance(reply, Run):
        return _Defined(program, seconds, lost=reply)
    return _Defined(program, seconds, failures=reply[0])


def _serve(
    child: Child | Subprocess, rounds: Rounds, lost: _Lost, timeout: float, account: Account
) -> Iterator[Run]:
    """Yield the runs of one worker process, until it is lost or the account is used up."""
    served: set[str] = set()
    for defined, together in _defined_batches(child, rounds, lost, timeout, account):
        first, *others = together
        if defined.lost or first.function in lost.runs:
            yield from (defined.lost or lost.runs[first.function] for _ in together)
            continue
        if account.used_up():
            return
        served.update(call.function for call in together)
        limits = [call.seconds or timeout for call in together]
        allowed = min(limits)
        hurried = min(allowed, HASTE * max(1, max(limits) / timeout))
        start = time.perf_counter()
        messages = list(map(encode_call, together))
        replies = _request(child, messages, hurried if others else allowed, defined.seconds)
        elapsed = time.perf_counter() - start
        if isinstance(replies, Run):
            account.charge([call.function for call in together], elapsed)
        else:
            account.charge([call.function for call in together], elapsed, list(map(_size, replies)))
            yield from (
                _in_time(_run(reply, defined.failures, len(call.args), elapsed), limit)
                for reply, call, limit in zip(replies, together, limits, strict=True)
            )
            continue
        lost.suspects.update(call.function for call in together)
        if not others and len(served) == 1:  # else another function may be to blame
            if not first.observed:  # the observer may be
                lost.runs[first.function] = replies
            yield replies
        return


def _defined_batches(
    child: Child | Subprocess, rounds: Rounds, lost: _Lost, timeout: float, account: Account
) -> Iterator[tuple[_Defined, list[Call]]]:
    """Yield calls to send together once the process has their program, until it is lost over one."""
    defined: _Defined | None = None
    for program, calls in rounds:
        if defined is None or defined.program is not program:
            if defined is not None and defined.lost:
                return
            defined = _define(child, program, calls, timeout, account)
        yield from ((defined, batch) for batch in ([list(calls)] if defined.lost else _batches(calls, lost)))


def _batches(calls: Sequence[Call], lost: _Lost) -> Iterator[list[Call]]:
    """Yield calls to send together: public ones, or hidden ones of one function, up to the size of a pipe.

    Calls of a suspect are sent one by one, to learn which of them kills the worker process.
    """

    def together(call: Call) -> tuple[bool, str]:
        apart = not call.public or call.function in lost.suspects
        return call.public, call.function if apart else ""

    for (_, function), group in itertools.groupby(calls, together):
        batch: list[Call] = []
        size = 0
        for call in group:
            size += len(encode_call(call)) + HEADER
            if batch and (size > CHUNK or function in lost.suspects):
                yield batch
                batch, size = [], len(encode_call(call)) + HEADER
            batch.append(call)
        yield batch


def _request(
    child: Child | Subprocess, messages: Sequence[bytes], timeout: float, defining: float = 0.0
) -> list[Any] | Run:
    """Return the replies of a worker process, or a `Run` that says how it was lost.

    Each call defines the program anew, which may take as long again as it took at first (`defining`).
    """
    try:
        return child.request(messages, timeout + defining)
    except LateError:
        return _timed_out(timeout)
    except LostError as error:
        text = str(error) if str(error) != "it ended" else child.ending()
        return Run(Status.CRASHED, failure=Failure("Crash", text))


def _timed_out(limit: float) -> Run:
    text = f"no answer within {limit:g} seconds"
    return Run(Status.TIMED_OUT, failure=Failure("TimeoutError", text), seconds=limit)


def _in_time(run: Run, limit: float) -> Run:
    """Return a run, or that it timed out: it may have used time that is meant for definitions."""
    return run if run.seconds <= limit else _timed_out(limit)


def _run(reply: Any, failures: Any, arguments: int, elapsed: float) -> Run:
    """Parse a reply, which is an untrusted claim."""
    match reply:
        case (str("returned"), float(seconds), bytes(value), list(changed)):
            positions = tuple(i for i in changed if type(i) is int and 0 <= i < arguments)
            took, small = _within(seconds, elapsed), len(value) <= SMALL
            answer = _decoded(value, _shared if small else _alone)
            return Run(Status.RETURNED, answer, changed=positions, seconds=took, shared=small)
        case (str("raised"), float(seconds), failure):
            took = _within(seconds, elapsed)
            return Run(Status.RAISED, failure=_failure(failure), seconds=took)
        case (str("missing"),):
            first = _failure(failures[0]) if isinstance(failures, list) and failures else None
            return Run(Status.MISSING, failure=first)
        case _:
            return Run(Status.CRASHED, failure=Failure("Crash", "its answer makes no sense"))


def _size(reply: Any) -> int:
    """Return the bytes of the answer in a reply, whatever else it claims: `_run` takes any sequence."""
    answered = isinstance(reply, tuple | list) and len(reply) > 2 and isinstance(reply[2], bytes)
    return len(reply[2]) if answered else 0


def _within(seconds: float, elapsed: float) -> float:
    """Return the duration that a worker process claims, limited to the elapsed time."""
    return seconds if 0 <= seconds <= elapsed else elapsed


def _failure(claim: Any) -> Failure:
    match claim:
        case (str(exception), str(text), list(places), list(bases)) if len(places) <= MAX_PLACES:
            numbers = (tuple(place) for place in places if isinstance(place, list | tuple))
            whole = tuple(n for n in numbers if len(n) == 2 and all(type(x) is int for x in n))
            names = tuple(base[:MAX_NAME] for base in bases[:MAX_PLACES] if isinstance(base, str))
            return Failure(exception[:MAX_NAME], text[:MAX_TEXT], whole, names)
        case _:
            return Failure("Exception", "")


def _decoded(value: bytes, decode: Callable[[bytes], Value]) -> Value:
    try:
        return decode(value)
    except serialization.WireError:
        return serialization.Unsupported("value that makes no sense")


def _alone(value: bytes) -> Value:
    return serialization.decode(value, writable=False)


_shared = functools.lru_cache(maxsize=1024)(_alone)
"""Decodes a small answer into one shared object: in a class most answers are equal."""


@functools.lru_cache(maxsize=1024)
def encode_call(call: Call) -> bytes:
    """Encode a call; equal calls have equal encodings."""
    return serialization.encode((call.function, serialization.encode(call.args), call.seed, call.observed))


def _encode_program(program: Program) -> bytes:
    lent = program.stand_ins
    return serialization.encode(
        {
            "statements": _plain(program.statements),
            "modules": _by_text(program.modules),
            "stand_ins": _plain(lent.statements) if lent else [],
            "lent": dict(lent.names) if lent else {},
            "drivers": {name: _plain(driver.statements) for name, driver in program.drivers.items()},
        }
    )


def _by_text(modules: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names of the modules of each text: that of one exercise has a name for each edition."""
    names: dict[str, list[str]] = {}
    for name, text in modules.items():
        names.setdefault(text, []).append(name)
    return names


def _plain(statements: Sequence[Statement]) -> list[tuple[int, int, str]]:
    return [(statement.cell, statement.line, statement.source) for statement in statements]
