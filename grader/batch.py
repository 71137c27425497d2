"""Many submissions to many reports, in the order they were handed in, by several processes."""

from __future__ import annotations

import contextlib
import copy
import itertools
import multiprocessing
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np

import grader
from grader.assignment import Course, load
from grader.errors import UnreadableError
from grader.grading import failed, grade, prepare, unreadable
from grader.intake import Handed, read
from grader.model import Assignment, Report
from grader.notebook.names import parse_name_map
from grader.report.feedback import write_feedback
from grader.report.results import Header
from grader.sandbox.forkserver import ForkServer
from grader.sandbox.layers.namespaces import die_with_parent

FEW = 12
"""As many submissions are graded before another process would have started."""

CHUNK = 4
"""Submissions that a worker takes at a time."""

FORKED = sys.platform == "linux"
CONTEXT = multiprocessing.get_context("fork" if FORKED else "spawn")
"""A forked worker need not import and prepare everything again. It starts a zygote of its own by exec."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to grade a batch: plain values, so that any process can carry it out.

    `names` is the text of a name map, `names_from` what to call it in an error; `public` leaves the
    hidden cases out.
    """

    course: Path
    assignment: str
    seed: str
    timeout: float = 2.0
    isolation: str = "strong"
    names: str = ""
    names_from: str = ""
    public: bool = False


class Graded(NamedTuple):
    """A report, and the page of feedback made from it."""

    report: Report
    page: str


class Grader:
    """Carries out an order in this process. Use it as a context manager.

    Raises:
        UsageError: the assignment, the name map or this machine is at fault.
    """

    def __init__(self, order: Order) -> None:
        definition = load(Course(order.course), order.assignment)
        self.names = parse_name_map(order.names, definition.wanted.functions, order.names_from)
        self.sandbox = ForkServer(order.timeout, order.isolation)
        try:
            prepared = prepare(definition, self.sandbox, order.seed)
        except BaseException:
            self.sandbox.close()
            raise
        self.assignment: Assignment = prepared.public() if order.public else prepared

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sandbox.close()

    def elsewhere(self, order: Order) -> Grader:
        """The same grader in a forked process: what is prepared is kept, the sandbox is one of its own."""
        grader = copy.copy(self)
        grader.sandbox = ForkServer(order.timeout, order.isolation)
        return grader

    @property
    def header(self) -> Header:
        """What is said of a grading as a whole."""
        return Header(
            grader=grader.__version__,
            assignment=self.assignment.name,
            assignment_sha256=self.assignment.sha256,
            seed_sha256=self.assignment.seed_sha256,
            python=platform.python_version(),
            numpy=np.__version__,
            isolation=self.sandbox.isolation,
        )

    def grade_with_page(self, handed: Handed) -> Graded:
        """The report of a file that was handed in, and its page of feedback."""
        report = self.grade(handed)
        try:
            return Graded(report, write_feedback(self.header, report))
        except Exception as error:  # noqa: BLE001  # our fault costs no other submission
            report = failed(self.assignment, handed.id, handed.file, b"", error)
            return Graded(report, write_feedback(self.header, report))

    def grade(self, handed: Handed) -> Report:
        """The report of one file that was handed in; never an exception, whatever is in it."""
        try:
            data = read(handed)
        except UnreadableError as error:
            return unreadable(self.assignment, handed.id, handed.file, str(error))
        try:
            return grade(
                self.assignment, self.sandbox, data, id=handed.id, file=handed.file, names=self.names
            )
        except Exception as error:  # noqa: BLE001  # our fault costs no other submission
            return failed(self.assignment, handed.id, handed.file, data, error)


def grade_all(first: Grader, order: Order, handed: Sequence[Handed], jobs: int) -> Iterator[Graded]:
    """The reports and pages of a batch, in its order. The other processes start at once.

    Args:
        first: carries out `order` in this process; small batches go through it alone.
        order: what the other processes are told.
        handed: what was handed in.
        jobs: how many processes to use.
    """
    if jobs == 1 or len(handed) <= FEW:
        return map(first.grade_with_page, handed)
    cores = CONTEXT.SimpleQueue()
    for core in itertools.islice(itertools.cycle(_cores()), jobs):
        cores.put(core)
    pool = ProcessPoolExecutor(jobs, CONTEXT, _start, (order, first if FORKED else None, cores))
    return _drained(pool, pool.map(_grade, handed, chunksize=CHUNK))


def _drained(pool: ProcessPoolExecutor, graded: Iterator[Graded]) -> Iterator[Graded]:
    with pool:
        yield from graded


_grader: Grader


def _cores() -> list[int | None]:
    """The cores that this process may use; None where a process cannot be kept on one."""
    return [*sorted(os.sched_getaffinity(0))] if hasattr(os, "sched_getaffinity") else [None]


def _start(order: Order, first: Grader | None, cores: SimpleQueue[int | None]) -> None:
    """Make the grader of a worker process, which ends when the process that asked for it does.

    A worker and its children take turns, so they stay on one core: none has to be woken on another.
    """
    global _grader  # noqa: PLW0603  # the one value of a worker process
    core = cores.get()
    if core is not None:
        os.sched_setaffinity(0, {core})
    with contextlib.suppress(OSError):
        die_with_parent()
    _grader = first.elsewhere(order) if first else Grader(order)


def _grade(handed: Handed) -> Graded:
    return _grader.grade_with_page(handed)
