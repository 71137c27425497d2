"""Import several sources at once, each by one of several processes, in the order of the sources."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.assignments.course import Course
from grader.execution.batch import has_threads
from grader.execution.cores import stay_on_one
from grader.execution.worker_pool import Worker, answers
from grader.importers.importing import Imported, imported, taken
from grader.importers.source import Read, SourceNotebook, Unreadable
from grader.sandbox import Sandbox
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.launcher import FORKED
from grader.sandbox.layers.namespaces import die_with_parent


@dataclass(frozen=True, slots=True)
class Order:
    """How to import: into which course, by which isolation, and whether to strengthen what comes over."""

    course: Course
    isolation: str
    strengthen: bool = False


def all_imported(sources: Iterable[Read], order: Order, jobs: int) -> Iterator[Imported]:
    """Import sources; one that fails is named, and the others go on.

    Each process has a sandbox of its own, since the data files of a source are in its folder.

    Args:
        sources: what readers found.
        order: how to import them.
        jobs: the number of processes.

    Returns:
        an iterator of what came of each, in order.

    Raises:
        IsolationError: this machine does not reach the isolation.
        UsageError: a process was killed.
    """
    tasks = _each_named_once(sources)
    can_fork = FORKED and not has_threads()
    count = max(1, min(jobs if can_fork else 1, sum(isinstance(task, SourceNotebook) for task in tasks)))
    with ExitStack() as stack:
        sandboxes = [stack.enter_context(ForkServer(required=order.isolation)) for _ in range(count)]
        if count == 1:
            yield from (_timed(order, sandboxes[0], task) for task in tasks)
            return
        context, start = multiprocessing.get_context("fork"), partial(_start, order, sandboxes)
        yield from stack.enter_context(closing(answers(context, count, start, tasks, len(tasks), at_hand=1)))


def _each_named_once(sources: Iterable[Read]) -> Sequence[Read]:
    """Return the sources, with a problem in the place of those whose name one before has."""
    found: dict[str, SourceNotebook] = {}
    tasks: list[Read] = []
    for source in sources:
        if isinstance(source, SourceNotebook):
            first = found.setdefault(source.name, source)
            if first is not source:
                tasks.append(Unreadable(source.path, taken(f"{first.path} becomes an assignment")))
                continue
        tasks.append(source)
    return tasks


def _start(order: Order, sandboxes: Sequence[ForkServer], number: int) -> Worker[Read, Imported]:
    """Make what a worker process does, which ends when the process that asked for it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    stay_on_one(number)
    with contextlib.suppress(OSError):
        die_with_parent()
    return Worker(partial(_timed, order, sandboxes[number].elsewhere()))


def _timed(order: Order, sandbox: Sandbox, source: Read) -> Imported:
    """Import a source. Whatever it is, this raises nothing."""
    began = time.perf_counter()
    try:
        made = imported(source, order.course, sandbox, strengthen=order.strengthen)
    except Exception as error:  # noqa: BLE001  # our fault costs no other source
        problem = f"grader failed: {type(error).__name__}: {error}\n  Please report it, with the notebook."
        made = Imported(Path(source.path).stem, source.path, problem=problem)
    return replace(made, seconds=time.perf_counter() - began)
