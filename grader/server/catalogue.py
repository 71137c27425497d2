"""The assignments that a service offers, loaded again when their files change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from grader.assignments.checksums import data_in
from grader.assignments.course import Course
from grader.assignments.course_file import NAME, CourseFile, read_course_file
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.models.marking import LatePolicy


@dataclass(frozen=True, slots=True)
class Offered:
    """One assignment as students meet it; `late` has its due date, if it has one."""

    definition: Definition
    late: LatePolicy | None

    @property
    def name(self) -> str:
        """Return its name, which stands in addresses."""
        return self.definition.name

    @property
    def title(self) -> str:
        """Return what people call it."""
        return self.definition.title or self.definition.name

    @property
    def max_points(self) -> float:
        """Return the points that it has."""
        return sum(exercise.points for exercise in self.definition.exercises if not exercise.bonus)

    @property
    def handout(self) -> Path:
        """Return the folder that students receive; it may be missing before `grader release`."""
        return self.definition.course.root / "assignments" / self.name


Stamp = tuple[tuple[str, int, int], ...]
"""Names, sizes and times of change of files."""

SEEN = 1.0
"""Seconds for which what was seen of the files is good enough: a class asks for them all at once."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """What was read of files with a stamp, and when they were last looked at."""

    at: float
    stamp: Stamp
    value: T

    def is_fresh(self) -> bool:
        """Return whether the files were looked at a moment ago."""
        return time.monotonic() - self.at < SEEN


def seen(known: Seen[T] | None, stamp: Stamp, read: Callable[[], T]) -> Seen[T]:
    """Return what files say that have a stamp now.

    Args:
        known: what was read of them before, if it was.
        stamp: the stamp.
        read: reads them, if they have changed.

    Returns:
        the same value if they have not.
    """
    now = time.monotonic()
    return Seen(now, stamp, known.value if known and known.stamp == stamp else read())


class Catalogue:
    """The assignments of a course. Threads may share it."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._lock = threading.Lock()
        self._names = Seen(-SEEN, (), list[str]())
        self._loaded: dict[str, Seen[Definition]] = {}
        self._file: Seen[CourseFile] | None = None

    def names(self) -> list[str]:
        """Return the names of the assignments."""
        if not self._names.is_fresh():
            self._names = Seen(time.monotonic(), (), self.course.names())
        return self._names.value

    def find(self, name: str) -> Offered | None:
        """Return an assignment by its name; None if there is none, whatever the name is."""
        if name not in self.names():
            return None
        known = self._loaded.get(name)
        if known is None or not known.is_fresh():
            known = self._look_at(name)
        return Offered(known.value, self.course_file.late.get(name))

    def all(self) -> list[Offered]:
        """Return all assignments, in the order of their names."""
        return [found for name in self.names() if (found := self.find(name))]

    @property
    def course_file(self) -> CourseFile:
        """Return what course.toml says now."""
        known = self._file
        if known is None or not known.is_fresh():
            path = self.course.root / NAME
            with self._lock:
                known = self._file = seen(self._file, _stamp([path]), lambda: read_course_file(path))
        return known.value

    def _look_at(self, name: str) -> Seen[Definition]:
        with self._lock:
            known = self._loaded.get(name)
            if known is None or not known.is_fresh():  # another thread may have looked meanwhile
                stamp = stamp_of(self.course, name)
                known = self._loaded[name] = seen(known, stamp, lambda: load(self.course, name))
            return known


def stamp_of(course: Course, name: str) -> Stamp:
    """Return a value that changes when a file of an assignment does.

    Args:
        course: the course folder.
        name: the assignment.

    Returns:
        the names, sizes and times of change of its files.
    """
    own = [course.solution(name), course.testcases(name), course.root / ".grader-secret"]
    return _stamp([*own, *(path for folder in course.folders(name) for path in data_in(folder))])


def _stamp(paths: list[Path]) -> Stamp:
    found = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((str(path), status.st_size, status.st_mtime_ns))
    return tuple(found)
