"""Tasks that several processes do, answered in order. When one of them is killed, nobody waits for it.

The pools of Python's library wait forever for a process that was killed while it sent an answer, since all
of its processes hold the same pipe open. Here each has a pipe of its own, and hears with its next task what
the others have found out.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, NamedTuple, TypeVar

from grader.errors import UsageError

AT_HAND = 2
"""Tasks that a process has: the one that it does, and the next."""

Task = TypeVar("Task")
Answer = TypeVar("Answer")
News = list[Any]


def _unheard(_news: News) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Worker(Generic[Task, Answer]):
    """What one process does: its tasks; and what it tells the others, and hears from them."""

    do: Callable[[Task], Answer]
    tell: Callable[[], News] = list
    hear: Callable[[News], None] = _unheard


Start = Callable[[int], Worker[Task, Answer]]


def answers(
    context: ForkContext | SpawnContext,
    count: int,
    start: Start[Task, Answer],
    tasks: Sequence[Task],
    ahead: int,
    at_hand: int = AT_HAND,
) -> Generator[Answer, None, None]:
    """Start worker processes and yield the results of tasks in order, as they come.

    A process pool that raises if a worker dies; those of the standard library wait for it forever.

    Args:
        context: how processes are started.
        count: the number of processes.
        start: is called in each process with its number from 0, and returns what it does.
        tasks: given to each process at its start; afterwards their numbers, the results and news cross.
        ahead: how many tasks are given out beyond the one whose result comes next.
        at_hand: how many of them one process has: 1 if some take much longer than others.

    Returns:
        an iterator of the results.

    Raises:
        UsageError: a process was killed; all results before the next one have been yielded.
        Exception: what a task raised, with the traceback from there as a note.
    """
    results = _answers(context, count, start, tasks, ahead, at_hand)
    next(results)
    return results


def _answers(
    context: ForkContext | SpawnContext,
    count: int,
    start: Start[Task, Answer],
    tasks: Sequence[Task],
    ahead: int,
    at_hand: int,
) -> Generator[Answer, None, None]:
    workers: list[_Process[Task, Answer]] = []
    try:
        for number in range(count):
            workers.append(_Process(context, number, start, tasks))  # noqa: PERF401  # those that started end
        yield None  # type: ignore[misc]  # `answers` takes it
        given, answered = 0, dict[int, Answer]()
        for number in range(len(tasks)):
            while number not in answered:
                while given < min(number + ahead, len(tasks)) and (free := _free(workers, at_hand)):
                    free.give(given)
                    given += 1
                for worker in _answering(workers):
                    answered[worker.at_hand.popleft()], told = worker.answer()
                    for other in workers:
                        if told and other is not worker:
                            other.news.append(told)
            yield answered.pop(number)
    finally:
        for worker in workers:
            worker.end()


class _Process(Generic[Task, Answer]):
    """The asker's side of one process. `at_hand` has the numbers of the tasks that it was given.

    `news` is what the others have told since it was given the last one: pickled by who tells it, for this
    process has to pass it on to each of the others.
    """

    def __init__(
        self,
        context: ForkContext | SpawnContext,
        number: int,
        start: Start[Task, Answer],
        tasks: Sequence[Task],
    ) -> None:
        self.at_hand: deque[int] = deque()
        self.news: list[bytes] = []
        self.connection, theirs = context.Pipe()
        with theirs:  # its end is open nowhere else: it is closed when the process is gone
            self._process = context.Process(target=_serve, args=(start, number, tasks, theirs), daemon=True)
            self._process.start()

    def give(self, task: int) -> None:
        """Ask for one more task to be done. Who is gone has perhaps said why: that is read in its turn."""
        with suppress(OSError):
            self.connection.send((task, self.news))
        self.at_hand.append(task)
        self.news = []

    def answer(self) -> tuple[Answer, bytes]:
        """What is answered to the first task at hand, and what the process tells the others."""
        try:
            answer: tuple[Answer, bytes] | _Failed = self.connection.recv()
        except (EOFError, OSError):
            raise _killed() from None
        if isinstance(answer, _Failed):
            raise answer.error
        return answer

    def end(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _free(workers: Sequence[_Process[Task, Answer]], at_hand: int) -> _Process[Task, Answer] | None:
    """Who has the fewest tasks, if that is not enough."""
    worker = min(workers, key=lambda worker: len(worker.at_hand))
    return worker if len(worker.at_hand) < at_hand else None


def _answering(workers: Sequence[_Process[Task, Answer]]) -> list[_Process[Task, Answer]]:
    """Wait for an answer; return who has one, or is gone."""
    ready = wait([worker.connection for worker in workers])
    return [worker for worker in workers if worker.connection in ready]


def _killed() -> UsageError:
    return UsageError(
        "A process that was grading was killed, perhaps for want of memory.\n"
        "  Run the same command again: it goes on from here."
    )


class _Failed(NamedTuple):
    """What comes instead of an answer when a task raises."""

    error: Exception


def _serve(start: Start[Task, Answer], number: int, tasks: Sequence[Task], connection: Connection) -> None:
    """Do tasks, in a process of its own, until that is ended."""
    try:
        worker = start(number)
        while True:
            task, told = connection.recv()
            for news in told:
                worker.hear(ForkingPickler.loads(news))
            answer, news = worker.do(tasks[task]), worker.tell()
            connection.send((answer, bytes(ForkingPickler.dumps(news)) if news else b""))
    except Exception as error:  # noqa: BLE001  # whatever it is, the asker is to hear it
        with suppress(OSError):  # unless nobody asks any more
            connection.send(_Failed(_portable(error)))


def _portable(error: Exception) -> Exception:
    """The same for another process: with its traceback, and, if it cannot go there, as its text."""
    told = "".join(traceback.format_exception(error))
    try:
        same: Exception = ForkingPickler.loads(ForkingPickler.dumps(error))  # as the connection does
    except Exception:  # noqa: BLE001  # an exception may be made of anything
        same = RuntimeError(f"{type(error).__name__}: {error}")
    same.add_note(told)
    return same
