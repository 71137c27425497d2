"""The assignments that a service offers, loaded again when their files change."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

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


class Catalogue:
    """The assignments of a course. Threads may share it."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._lock = threading.Lock()
        self._loaded: dict[str, tuple[Stamp, Definition]] = {}
        self._file: tuple[Stamp, CourseFile] | None = None

    def names(self) -> list[str]:
        """Return the names of the assignments."""
        return self.course.names()

    def find(self, name: str) -> Offered | None:
        """Return an assignment by its name; None if there is none, whatever the name is."""
        if name not in self.names():
            return None
        with self._lock:
            stamp = stamp_of(self.course, name)
            known = self._loaded.get(name)
            if known is None or known[0] != stamp:
                known = self._loaded[name] = (stamp, load(self.course, name))
            return Offered(known[1], self._course_file().late.get(name))

    def all(self) -> list[Offered]:
        """Return all assignments, in the order of their names."""
        return [found for name in self.names() if (found := self.find(name))]

    @property
    def course_file(self) -> CourseFile:
        """Return what course.toml says now."""
        with self._lock:
            return self._course_file()

    def _course_file(self) -> CourseFile:
        path = self.course.root / NAME
        stamp = _stamp([path])
        if self._file is None or self._file[0] != stamp:
            self._file = (stamp, read_course_file(path))
        return self._file[1]


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
