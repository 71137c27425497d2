"""Grades submissions one by one, in this process, as an order says."""

from __future__ import annotations

import copy
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

import grader
from grader.assignments.checksums import cases_sha256
from grader.assignments.course import Course
from grader.assignments.handout import Handout
from grader.errors import UnreadableError
from grader.grading.pipeline import failed, grade, not_submitted, repairs, unreadable
from grader.grading.score_cache import ScoreCache
from grader.models.assignment import Assignment
from grader.models.budget import BUDGET
from grader.models.marking import Adjustment, LatePolicy, Marking
from grader.models.report import Header, Level, Repair, Report
from grader.models.submission import Student
from grader.notebooks.name_map import parse_name_map
from grader.results.rulings import in_force
from grader.sandbox.environment import SECRET
from grader.sandbox.fork_server import ForkServer
from grader.submissions import Handed, read

if TYPE_CHECKING:  # what students received is graded without what defines it
    from grader.assignments.definition import Definition


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
        source = source or _loaded(order)
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
            self.assignment = _ready(source, self.sandbox, order.seed)
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
        data = self.read(handed)
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

    def read(self, handed: Handed) -> bytes | Report:
        """Return the bytes of a file that was handed in, or the report if there is nothing to grade."""
        if handed.absent:
            return not_submitted(self.assignment, handed.id)
        try:
            return read(handed)
        except UnreadableError as error:
            return unreadable(self.assignment, handed.id, handed.file, str(error))


def _loaded(order: Order) -> Definition:
    from grader.assignments.loader import load

    return load(Course(order.course), order.assignment)


def _ready(source: Definition | Handout, sandbox: ForkServer, seed: str | None) -> Assignment:
    """Return the assignment with the answers of its reference; those of a handout are in it."""
    if isinstance(source, Handout):
        return source.assignment()
    from grader.grading.reference import prepare

    return prepare(source, sandbox, seed)
