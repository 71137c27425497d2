"""Keep processes running: whatever dies is begun again, until a signal ends them all."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from grader.sandbox.launcher import FORKED
from grader.sandbox.layers.namespaces import die_with_parent

LOG = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at what is to be done regularly."""

SHORT = 3.0
"""Seconds: what dies sooner after its start is begun again only after as long."""

GRACE = 20.0
"""Seconds in which a process that is asked to end may finish what it does."""


@dataclass(frozen=True, slots=True)
class Part:
    """A process to keep running: what it does, and what is done when it died.

    `died` is called with its process id and exit status, and again each second until it raises nothing.
    """

    name: str
    run: Callable[[], None]
    died: Callable[[int, int], None] = lambda _pid, _status: None


@dataclass(slots=True)
class _Running:
    part: Part
    process: BaseProcess
    since: float


@dataclass(slots=True)
class Supervisor:
    """Runs parts until it is asked to end. It has no thread, so that it may fork at any time."""

    parts: Sequence[Part]
    _running: list[_Running] = field(default_factory=list)
    _open: list[tuple[Part, int, int]] = field(default_factory=list)
    _asked: bool = False

    def run(self) -> None:
        """Run the parts until SIGTERM or SIGINT."""
        before = {number: signal.signal(number, self._ask) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._running = [self._begun(part) for part in self.parts]
            while not self._asked:
                wait([one.process.sentinel for one in self._running], TICK)
                self._begin_again()
                self._settle()
            self._end()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask(self, _number: int, _frame: object) -> None:
        self._asked = True

    def _begin_again(self) -> None:
        for i, one in enumerate(self._running):
            if one.process.is_alive():
                continue
            one.process.join()
            if not self._asked:
                LOG.warning("%s ended (%s); it is begun again", one.part.name, one.process.exitcode)
            self._note(one)
            self._settle()
            if time.monotonic() - one.since < SHORT:
                time.sleep(TICK)
            self._running[i] = self._begun(one.part)

    def _note(self, one: _Running) -> None:
        self._open.append((one.part, one.process.pid or 0, one.process.exitcode or 0))

    def _settle(self) -> None:
        """Do what is to be done for those that died; what cannot be done now is tried again."""
        still = []
        for part, pid, status in self._open:
            try:
                part.died(pid, status)
            except Exception as error:  # noqa: BLE001  # whatever it is, the parts go on
                LOG.warning("%s: %s", part.name, error)
                still.append((part, pid, status))
        self._open = still

    def _begun(self, part: Part) -> _Running:
        context = multiprocessing.get_context("fork") if FORKED else multiprocessing.get_context("spawn")
        process = context.Process(target=_child, args=(part, os.getpid()), name=part.name)
        process.start()
        return _Running(part, process, time.monotonic())

    def _end(self) -> None:
        for one in self._running:
            one.process.terminate()
        until = time.monotonic() + GRACE
        for one in self._running:
            one.process.join(max(0.0, until - time.monotonic()))
            if one.process.is_alive():
                one.process.kill()
                one.process.join()
            self._note(one)
        self._settle()


def _child(part: Part, parent: int) -> None:
    """Run a part in its process, which ends with the supervisor, however that ends."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: the supervisor ends its parts
    with contextlib.suppress(OSError):
        die_with_parent()
    if os.getppid() == parent:
        _call_it(part.name)
        part.run()


def _call_it(name: str) -> None:
    """Let `ps` and `top` show what a process does, where that is possible."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(name)
