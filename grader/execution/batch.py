"""Grades many submissions with several processes, in the order they were handed in."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import gc
import hashlib
import itertools
import math
import multiprocessing
import platform
import signal
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np

import grader
from grader.assignments.checksums import cases_sha256
from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.handout import Handout
from grader.assignments.loader import load
from grader.errors import UnreadableError
from grader.execution.cores import stay_on_one
from grader.execution.worker_pool import answers
from grader.grading.pipeline import (
    failed,
    grade,
    not_submitted,
    prepare_to_explain,
    repairs,
    unreadable,
)
from grader.grading.reference import prepare
from grader.grading.score_cache import ScoreCache
from grader.models.budget import BUDGET
from grader.models.marking import Adjustment, LatePolicy, Marking
from grader.models.report import Header, Level, Repair, Report, Standing
from grader.models.submission import Student
from grader.notebooks.name_map import parse_name_map
from grader.reports.feedback_page import compile_templates, write_feedback
from grader.results.codec import Packed, pack
from grader.results.comments import with_comments
from grader.results.rulings import in_force, ruled
from grader.sandbox.environment import SECRET
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.launcher import FORKED
from grader.sandbox.layers.namespaces import die_with_parent
from grader.submissions import Handed, read

FEW = 12
"""As many submissions are graded before another process would have started."""

CHUNK = 16
"""Submissions that a worker takes at a time, or fewer of a small class: no worker is to wait for another."""

AHEAD = 4
"""Chunks for each worker that are under way or wait to be written."""

MOST = 8192
"""Scores of which a worker knows that it has sent them."""

GARBAGE = 20_000
"""Objects that a worker makes before it looks for cycles among them; what it keeps is in none."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to grade a batch: plain values, so that any process can carry it out.

    `seed` is what the hidden cases are drawn from, None for the public ones alone; `names` is the text of a
    name map, `names_from` what to call it in an error; `remember` runs equal programs once; `comments` are
    an instructor's, by the groups they are for; `roster` has the students of the class; `adjustments` and
    `late` change marks that were computed. `hints` is how much students are told of the place of a mistake,
    `course_title` what the course is called.
    """

    course: Path
    assignment: str
    seed: str | None
    timeout: float = 2.0
    isolation: str = "strong"
    names: str = ""
    names_from: str = ""
    remember: bool = True
    comments: Mapping[str, str] = field(default_factory=dict)
    roster: tuple[Student, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    late: LatePolicy | None = None
    hints: Level = "none"
    course_title: str = ""

    @property
    def marking(self) -> Marking:
        """Return what changes computed marks."""
        return Marking(in_force(self.adjustments), self.late)


class Job(NamedTuple):
    """One file to grade. `graded` is the digest of the file that was graded under its id before, if any.

    `search` has the functions of a graded file for which repairs are searched, instead of grading it.
    """

    handed: Handed
    graded: str = ""
    search: tuple[str, ...] = ()


class Graded(NamedTuple):
    """One graded submission as it is kept: its report, and its page of feedback.

    Scores that came with a report before it in the same batch may be left out of the report. The page is
    empty for who handed in nothing. `again` marks what is worth grading again: a module was missing that may
    be installed. `repairs` are what was found where a job asked to search; then there is no report.
    """

    standing: Standing
    sha256: str
    report: Packed
    page: bytes
    again: bool = False
    repairs: Mapping[str, Repair | None] = {}


NOTHING = Packed(b"", {})
"""What comes of a search, which makes no report."""

GradedStream = Generator[Graded | None, None, None]
"""What is graded, as it comes; whoever stops listening closes it, which ends the work."""


class Grader:
    """Carries out an order in this process. Use it as a context manager.

    Args:
        order: what to do.
        source: the assignment, if it is loaded already, or what students received of it.
        private: what student code may not read, besides the course.

    Raises:
        UsageError: the assignment, the name map or this machine is at fault.
    """

    def __init__(
        self, order: Order, source: Definition | Handout | None = None, private: Sequence[Path] = ()
    ) -> None:
        source = source or load(Course(order.course), order.assignment)
        self.names = parse_name_map(order.names, source.wanted.functions, order.names_from)
        self.comments, self.marking = order.comments, order.marking
        self.hints = order.hints
        self.course_title = order.course_title
        self.cache = ScoreCache() if order.remember else None
        own = [order.course / name for name in sorted(SECRET)]
        secret = () if isinstance(source, Handout) else (*own, *private)
        self.sandbox = ForkServer(order.timeout, order.isolation, private=secret)
        start = time.perf_counter()
        try:
            self.assignment = (
                source.assignment()
                if isinstance(source, Handout)
                else prepare(source, self.sandbox, order.seed)
            )
        except BaseException:
            self.sandbox.close()
            raise
        took = time.perf_counter() - start
        limits = [exercise.seconds or order.timeout for exercise in self.assignment.exercises]
        self.budget = BUDGET.for_calls(order.timeout, limits, took)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sandbox.close()

    def elsewhere(self) -> Grader:
        """Return the same grader with a sandbox of its own, for a process that was forked from this one."""
        grader = copy.copy(self)
        grader.sandbox = self.sandbox.elsewhere()
        return grader

    @cached_property
    def header(self) -> Header:
        """What all reports of this grading share."""
        return Header(
            grader=grader.__version__,
            assignment=self.assignment.name,
            assignment_sha256=self.assignment.sha256,
            seed_sha256=self.assignment.seed_sha256,
            python=platform.python_version(),
            numpy=np.__version__,
            isolation=self.sandbox.isolation,
            cases_sha256=cases_sha256(self.assignment),
            title=self.assignment.title,
            course=self.course_title,
            order=self.assignment.helpers_first,
        )

    def grade(self, handed: Handed) -> Report:
        """Grade one file that was handed in. Whatever is in it, this returns a report and raises nothing."""
        data = self._read(handed)
        return data if isinstance(data, Report) else self.grade_bytes(handed, data)

    def grade_bytes(self, handed: Handed, data: bytes) -> Report:
        """Grade the bytes of a file. Whatever they are, this returns a report and raises nothing.

        Args:
            handed: where the file came from, and its id.
            data: its bytes.

        Returns:
            the report; one without a mark if the bytes are no notebook, or if grading itself failed.
        """
        try:
            return grade(
                self.assignment,
                self.sandbox,
                data,
                id=handed.id,
                file=handed.file,
                names=self.names,
                cache=self.cache,
                budget=self.budget,
            )
        except Exception as error:  # noqa: BLE001  # our fault costs no other submission
            return failed(self.assignment, handed.id, handed.file, data, error)

    def carry_out(self, job: Job) -> Graded | None:
        """Grade the file of a job; return None if it is the file that was graded before."""
        data = self._read(job.handed)
        if isinstance(data, Report):
            return self._kept(job.handed, data)
        if job.graded and hashlib.sha256(data).hexdigest() == job.graded:
            return None
        return self.carry_out_on(job.handed, data, job.search)

    def carry_out_on(self, handed: Handed, data: bytes, search: Sequence[str] = ()) -> Graded:
        """Grade the bytes of a file that another process read, or search for repairs in it.

        Args:
            handed: where the file came from, and its id.
            data: its bytes.
            search: the functions for which repairs are searched, instead of grading.

        Returns:
            the encoded report and the page of feedback, or the repairs.
        """
        if search:
            return Graded("graded", "", NOTHING, b"", repairs=self.search(handed, data, search))
        return self._kept(handed, self.grade_bytes(handed, data))

    def search(self, handed: Handed, data: bytes, functions: Sequence[str]) -> Mapping[str, Repair | None]:
        """Search for repairs of wrong functions. Whatever goes wrong, this raises nothing: it is a hint.

        Args:
            handed: where the file came from.
            data: its bytes.
            functions: the functions that are wrong.

        Returns:
            function -> the place of the repair; None where none was found.
        """
        try:
            return repairs(
                self.assignment,
                self.sandbox,
                data,
                functions=functions,
                level=self.hints,
                file=handed.file,
                names=self.names,
                cache=self.cache,
                budget=self.budget,
            )
        except Exception:  # noqa: BLE001  # no mark and no page is lost for it
            return dict.fromkeys(functions)

    def _read(self, handed: Handed) -> bytes | Report:
        """Return the bytes of a file, or the report if there is nothing to grade."""
        if handed.absent:
            return not_submitted(self.assignment, handed.id)
        try:
            return read(handed)
        except UnreadableError as error:
            return unreadable(self.assignment, handed.id, handed.file, str(error))

    def _kept(self, handed: Handed, report: Report) -> Graded:
        received = dataclasses.replace(
            report,
            notes=(*report.notes, *handed.notes),
            student=handed.student,
            late=handed.late,
            submitted=handed.submitted,
            listed=handed.listed,
        )
        commented = with_comments(ruled(received, self.marking), self.comments)
        page = b"" if handed.absent else write_feedback(self.header, commented)
        again = any(score.lacks for score in report.exercises)
        return Graded(report.status, report.sha256, pack(received), page, again)


def grade_all(first: Grader, order: Order, work: Sequence[Job], jobs: int) -> GradedStream:
    """Grade many files with several processes.

    Args:
        first: carries out `order` in this process; small batches are graded by it alone.
        order: how the worker processes grade.
        work: what to grade.
        jobs: the number of worker processes.

    Returns:
        an iterator in the order of `work`, with None for a file that was graded before and has not changed.

    Raises:
        UsageError: a worker process was killed; the results before it are yielded first.
    """
    if len(work) <= (1 if work and work[0].search else FEW):
        return (first.carry_out(job) for job in work)
    results = _by_workers(first, order, work, jobs)
    next(results)
    return results


def has_threads() -> bool:
    """Return whether this process has several threads: what is forked from it may wait for one forever."""
    return threading.active_count() > 1


def _by_workers(first: Grader, order: Order, work: Sequence[Job], jobs: int) -> GradedStream:
    """The same by worker processes. Few results wait for their turn, however many there are in all.

    The first thing that comes is None, when the processes are there. So a progress bar has its thread after
    them: what is forked from a process with threads may wait for one of them forever.
    """
    chunk = min(CHUNK, math.ceil(len(work) / (2 * AHEAD * jobs)))
    chunks = [work[start : start + chunk] for start in range(0, len(work), chunk)]
    first.assignment.mistakes()  # somebody makes one: then it is read once, and shared by all who are forked
    prepare_to_explain()
    compile_templates()
    forked = FORKED and not has_threads()
    context = multiprocessing.get_context("fork") if forked else multiprocessing.get_context("spawn")
    start = partial(_start, order, first if forked else None)  # forked, it need not prepare everything again
    with closing(answers(context, jobs, start, chunks, AHEAD * jobs)) as graded:
        yield None
        yield from itertools.chain.from_iterable(graded)


def _start(order: Order, first: Grader | None, number: int) -> Callable[[Sequence[Job]], list[Graded | None]]:
    """Make the grader of a worker process, which ends when the process that asked for it does.

    What a key interrupts is the process that asked, and that ends its workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(GARBAGE)
    gc.freeze()  # what it shares with the process that it was forked from stays shared
    stay_on_one(number)
    with contextlib.suppress(OSError):
        die_with_parent()
    grader = first.elsewhere() if first else Grader(order)
    sent: set[bytes] = set()
    return lambda jobs: [_unsent(grader.carry_out(job), sent) for job in jobs]


def _unsent(graded: Graded | None, sent: set[bytes]) -> Graded | None:
    """Return the result without the scores that were sent before."""
    if graded is None:
        return None
    new = {digest: score for digest, score in graded.report.scores.items() if digest not in sent}
    if len(sent) > MOST:
        sent.clear()
    sent.update(new)
    return graded._replace(report=Packed(graded.report.outline, new))
