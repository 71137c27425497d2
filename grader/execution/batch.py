"""Grades many submissions with several processes, in the order they were handed in."""

from __future__ import annotations

import contextlib
import gc
import itertools
import math
import multiprocessing
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

from grader.execution.cores import stay_on_one
from grader.execution.grader import Grader, Order
from grader.execution.jobs import Graded, GradedStream, Job, carry_out
from grader.execution.worker_pool import Worker, answers
from grader.grading.pipeline import ready_to_explain
from grader.reports.feedback_page import compile_templates
from grader.results.codec import Packed
from grader.sandbox.launcher import FORKED
from grader.sandbox.layers.namespaces import die_with_parent

FEW = 12
"""As many submissions are graded before another process would have started."""

CHUNK = 8
"""The most submissions that a worker takes at a time."""

AHEAD = 4
"""Chunks for each worker that are under way or wait to be written."""

MOST = 8192
"""Scores of which a worker knows that it has sent them."""

GARBAGE = 20_000
"""Objects that a worker makes before it looks for cycles among them; what it keeps is in none."""


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
        return (carry_out(first, job) for job in work)
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
    chunks = [*_chunks(work, jobs)]
    forked = FORKED and not has_threads()
    if forked:
        _share_what_is_needed(first)
    context = multiprocessing.get_context("fork") if forked else multiprocessing.get_context("spawn")
    start = partial(_start, order, first if forked else None)  # forked, it need not prepare everything again
    with closing(answers(context, jobs, start, chunks, AHEAD * jobs)) as graded:
        yield None
        yield from itertools.chain.from_iterable(graded)


def _chunks(work: Sequence[Job], jobs: int) -> Iterator[Sequence[Job]]:
    """Yield what a worker takes at a time: less and less, so that at the end none waits long for another.

    That is guided self-scheduling (Polychronopoulos and Kuck, IEEE Transactions on Computers 36, 1987).
    """
    start = 0
    while start < len(work):
        size = min(CHUNK, math.ceil((len(work) - start) / (AHEAD * jobs)))
        yield work[start : start + size]
        start += size


def _share_what_is_needed(first: Grader) -> None:
    """Read, ask and compile once what each worker process would; some of it while the sandbox answers."""
    with ThreadPoolExecutor(max_workers=1) as beside:  # it has ended before a process is forked
        mistakes, templates = beside.submit(first.assignment.mistakes), beside.submit(compile_templates)
        first.assignment = ready_to_explain(first.assignment, first.sandbox)
        mistakes.result()
        templates.result()


def _start(order: Order, first: Grader | None, number: int) -> Worker[Sequence[Job], list[Graded | None]]:
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

    def graded(jobs: Sequence[Job]) -> list[Graded | None]:
        return [_unsent(carry_out(grader, job), sent) for job in jobs]

    if grader.cache is None:
        return Worker(graded)
    return Worker(graded, grader.cache.new, grader.cache.learn)


def _unsent(graded: Graded | None, sent: set[bytes]) -> Graded | None:
    """Return the result without the scores that were sent before."""
    if graded is None:
        return None
    new = {digest: score for digest, score in graded.report.scores.items() if digest not in sent}
    if len(sent) > MOST:
        sent.clear()
    sent.update(new)
    return graded._replace(report=Packed(graded.report.outline, new))
