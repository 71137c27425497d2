"""course.toml in a course folder: its title, due dates, late policy, extensions, weights of assignments."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn, cast, get_args

from grader.assignments.course import Course
from grader.errors import PolicyError, did_you_mean
from grader.files.ordinary_files import read_ordinary
from grader.models.marking import LatePolicy
from grader.models.report import Level

NAME = "course.toml"
LEVELS = get_args(Level)
_LATE = ("per_day", "grace", "cap", "most_days")
_ASSIGNMENT = ("due", "weight", "extensions")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")
_DURATION = re.compile(r"([0-9]{1,6}) ?(min|minutes?|h|hours?|days?)")
_SECONDS = {"m": 60.0, "h": 3600.0, "d": 86_400.0}
_NUMBERED = re.compile(r"[0-9]{1,6} ?[^\W0-9_]{1,20}")
_DUE = "Write a time with its zone: due = 2026-11-29T23:59:00+01:00"
_EXTENDED = 'Write "2 days", or a time with its zone.'
_SHARE = 'Write it as "10 %", or as a share from 0 to 1.'


@dataclass(frozen=True, slots=True)
class CourseFile:
    """The late policies of the assignments that have a due date, and the weights of those that have one.

    `title` is what the course is called. `lines` has the line on which the table of each assignment begins.
    `hints` is how much students are told of where a mistake is. `server` is the table of settings that
    `grader serve` reads.
    """

    late: Mapping[str, LatePolicy] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    hints: Level = "kind"
    title: str = ""
    server: Mapping[str, Any] = field(default_factory=dict)


def late_policy_of(course: Course, name: str) -> LatePolicy | None:
    """Look up the late policy of an assignment.

    Args:
        course: the course folder.
        name: the assignment.

    Returns:
        the policy; None if the assignment has no due date.

    Raises:
        PolicyError: course.toml makes no sense.
    """
    return read_course_file(course.root / NAME).late.get(name)


def hints_of(course: Course) -> Level:
    """Look up how much students are told of where a mistake is.

    Raises:
        PolicyError: course.toml makes no sense.
    """
    return read_course_file(course.root / NAME).hints


def course_title(course: Course) -> str:
    """Return what a course is called; empty if its course.toml does not say.

    Raises:
        PolicyError: course.toml makes no sense.
    """
    return read_course_file(course.root / NAME).title


def address_of_service(course: Course) -> str:
    """Return the address at which the service of a course is reached; empty if its course.toml does not say.

    Raises:
        PolicyError: course.toml makes no sense.
    """
    address = read_course_file(course.root / NAME).server.get("base_url", "")
    return address.rstrip("/") if isinstance(address, str) else ""


def of_no_assignment(root: Path, known: Collection[str]) -> Iterator[str]:
    """Yield a warning for each table of a course.toml that is of no assignment; it may be planned.

    Args:
        root: the course folder.
        known: the names of its assignments.

    Returns:
        an iterator of lines.
    """
    path = root / NAME
    for name, line in read_course_file(path).lines.items():
        if known and name not in known:
            yield (
                f"{path}, line {line}: there is no assignment {name} yet, so that table does nothing. "
                f"{did_you_mean(name, known)}The course has: {', '.join(known)}."
            )


def read_course_file(path: Path) -> CourseFile:
    """Return what a course.toml says; a missing one says nothing.

    Raises:
        PolicyError: it cannot be read, or a line of it makes no sense.
    """
    if not path.exists():
        return CourseFile()
    try:
        text = read_ordinary(path).decode("utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise PolicyError(f"{path}: {error.strerror}\n  Let it be a file that you may read.") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{path}: it is not UTF-8\n  Open it, and save it in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        line = re.match(r"line [0-9]+", place)
        where = f", {line[0]}" if line else ""
        hint = _DUE if "date" in problem else "Mend that line; texts stand between quotes."
        raise PolicyError(f"{path}{where}: {_lowered(problem)}\n  {hint}") from None
    return _Reader(path, text).read(content)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Checks the content of a course.toml, and names the line of what makes no sense."""

    path: Path
    text: str

    def read(self, content: Mapping[str, Any]) -> CourseFile:
        """Return what the file says."""
        self._check_keys((), content, ("title", "hints", "late", "assignments", "server"))
        rules = self._late(self._table((), content, "late"))
        late, weights = {}, {}
        assignments = self._table((), content, "assignments")
        lines = {name: self._line(("assignments", name)) for name in assignments}
        for name in assignments:
            place = ("assignments", name)
            own = self._table(("assignments",), assignments, name)
            self._check_keys(place, own, _ASSIGNMENT)
            if "weight" in own:
                weights[name] = self._weight(place, own["weight"])
            given = self._table(place, own, "extensions")
            if "due" in own:
                due = self._time((*place, "due"), own["due"])
                extensions = {
                    student: self._extended((*place, "extensions", student), until, due).isoformat()
                    for student, until in given.items()
                }
                late[name] = LatePolicy(due.isoformat(), **rules, extensions=extensions)
            elif given:
                self._refuse((*place, "extensions"), "there are extensions, but no due date", _DUE)
        return CourseFile(
            late,
            weights,
            lines,
            self._hints(content.get("hints", "kind")),
            self._title(content.get("title", "")),
            self._table((), content, "server"),
        )

    def _hints(self, level: object) -> Level:
        """Return how much students are told of where a mistake is."""
        if level not in LEVELS:
            self._refuse(("hints",), f"{level!r} is no level of hints", f"Write one of {', '.join(LEVELS)}.")
        return cast(Level, level)

    def _title(self, value: Any) -> str:
        if not isinstance(value, str):
            self._refuse(("title",), f"{value!r} is no text", 'Write it as "Deep Learning, autumn 2026".')
        return value

    def _late(self, table: Mapping[str, Any]) -> dict[str, Any]:
        self._check_keys(("late",), table, _LATE)
        rules: dict[str, Any] = {
            key: self._share(("late", key), table[key]) for key in ("per_day", "cap") if key in table
        }
        if "grace" in table:
            rules["grace"] = self._duration(("late", "grace"), table["grace"])
        if "most_days" in table:
            most = table["most_days"]
            if type(most) is not int or most < 0:
                self._refuse(("late", "most_days"), f"{most!r} is no number of days", "Write 0 or more.")
            rules["most_days"] = most
        return rules

    def _table(self, place: Sequence[str], content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        table = content.get(key, {})
        if not isinstance(table, dict):
            name = ".".join((*place, key))
            self._refuse((*place, key), f"{key} is no table", f"Begin one with a line [{name}].")
        return table

    def _check_keys(self, place: Sequence[str], table: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in table:
            if key not in known:
                advice = f"{did_you_mean(key, known)}Write one of: {', '.join(known)}."
                self._refuse((*place, key), f"there is no setting {key}", advice)

    def _weight(self, place: Sequence[str], weight: Any) -> float:
        if type(weight) not in {int, float} or not (math.isfinite(weight) and weight >= 0):
            self._refuse((*place, "weight"), f"{weight!r} is no weight", "Write a number, 0 or more.")
        return float(weight)

    def _time(self, place: Sequence[str], value: Any) -> datetime:
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                self._refuse(place, f"{value!r} is no date", _DUE)
        if not isinstance(value, datetime):
            what = "a date without a time" if isinstance(value, date) else f"{value!r}, which is no date"
            self._refuse(place, f"it is {what}", _DUE)
        if value.tzinfo is None:
            self._refuse(place, f"{value.isoformat()} has no time zone", _DUE)
        return value

    def _extended(self, place: Sequence[str], value: Any, due: datetime) -> datetime:
        if isinstance(value, str) and _DURATION.fullmatch(value):
            return due + timedelta(seconds=self._duration(place, value))
        if isinstance(value, str) and _NUMBERED.fullmatch(value):
            self._refuse(place, f"{value!r} is no length of time", _EXTENDED)
        if isinstance(value, int | float):
            self._refuse(place, f"{value!r} is no date", _EXTENDED)
        return self._time(place, value)

    def _share(self, place: Sequence[str], value: Any) -> float:
        if isinstance(value, str) and (match := _PERCENT.fullmatch(value)):
            value = float(match[1]) / 100
        if type(value) not in {int, float} or not 0 <= value <= 1:
            self._refuse(place, f"{value!r} is no share of the points", _SHARE)
        return float(value)

    def _duration(self, place: Sequence[str], value: Any) -> float:
        match = _DURATION.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            self._refuse(place, f"{value!r} is no length of time", 'Write it as "15 min", "2 h" or "1 day".')
        return int(match[1]) * _SECONDS[match[2][0]]

    def _refuse(self, place: Sequence[str], problem: str, advice: str) -> NoReturn:
        raise PolicyError(f"{self.path}, line {self._line(place)}: {problem}\n  {advice}")

    def _line(self, place: Sequence[str]) -> int:
        """Return the line of a key; of one that is written in an unusual way, the last that comes near."""
        best, found = 0, 1
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.text.splitlines(), 1):
            stripped = line.strip()
            if stripped.startswith("["):
                table = _names(stripped.lstrip("[").partition("]")[0])
                here = table
            else:
                here = (*table, *_names(stripped.partition("=")[0]))
            shared = _shared(here, place)
            if shared > best:
                best, found = shared, number
        return found


def _names(dotted: str) -> tuple[str, ...]:
    """Return the names in a dotted key, of which quoted ones may have dots; none if it is no key."""
    try:
        inner: Any = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    names = []
    while isinstance(inner, dict) and inner:
        [(name, inner)] = inner.items()
        names.append(name)
    return tuple(names)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many names two places begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
