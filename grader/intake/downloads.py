"""Whose a notebook is and which attempt, as Canvas, Moodle, Gradescope and nbgrader name what they hand out.

    Canvas      lovelaceada_LATE_12345_67890_name-1.ipynb     user, file, and a number behind when sent again
    Moodle      Ada Lovelace_12345_assignsubmission_file_/    a folder, or the beginning of a file's name
    Gradescope  submission_123/                               described in submission_metadata.yml beside it
    nbgrader    submitted/ada/ps1/name.ipynb                  with timestamp.txt beside it

What a student may have named lies inside what a learning system has named, so the outermost name counts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from grader.errors import UnreadableError
from grader.intake.names import legible
from grader.intake.places import Place
from grader.intake.reading import read_place
from grader.intake.sent import Sent, read_time
from grader.model import Student

# A number has three digits, so that no sheet or week which students write into names is taken for a user.
_CANVAS = re.compile(
    r"(?s)(?:(?P<name>(?:(?!_assignsubmission_file)\w)+?)_)??(?P<late>LATE_|late_)?"
    r"(?P<user>anon_\w{5}|[1-9][0-9]{2,})_(?P<file>[1-9][0-9]{2,})_(?P<stem>.+?)(?:-[0-9]{1,3})?\.\w+"
)
_MOODLE = re.compile(r"(?s)(?P<name>.+?)_(?P<number>[0-9]+)_assignsubmission_file(?:_|$)")
_GRADESCOPE = re.compile(r"submission_(?P<number>[0-9]+)")
_LONGEST = 255  # of names in a file system; those in a zip can be long enough to keep an expression busy


@dataclass(frozen=True, slots=True)
class Claim:
    """What the name of a download says of a notebook.

    Of the notebooks with the same `work`, those with the greatest `attempt` are the newest; those with the
    same `unit` were handed in together. `asides` tell apart students of one id, and works of one student.
    """

    student: Student
    work: tuple[object, ...]
    unit: tuple[str, ...]
    attempt: tuple[str | int, ...] = ()
    asides: tuple[str, ...] = ()
    late: bool = False
    submitted: str = ""


def claims(places: Iterable[Place]) -> Iterator[tuple[Place, list[Claim]]]:
    """Each place with whose it is: one claim a student, several for a group, none when no name says so."""
    described = functools.cache(_described)
    for place in places:
        outside = place.outside
        way = _Way(place, (*outside, *place.inside), len(outside), described)
        yield place, next(filter(None, map(way.claims, range(len(way.names)))), [])


def _described(path: str, member: str | None, within: str) -> dict[str, Sent]:
    from grader.intake.gradescope import read_gradescope  # the parser of YAML takes longer than most classes

    try:
        return read_gradescope(read_place(path, member, within))
    except UnreadableError:
        return {}


@dataclass(frozen=True, slots=True)
class _Way:
    """The names on the way to a notebook, its own at the end; the first `outside` are not in a zip."""

    place: Place
    names: tuple[str, ...]
    outside: int
    described: Callable[[str, str | None, str], dict[str, Sent]]

    def claims(self, i: int) -> list[Claim]:
        """What the name at `i` says."""
        name = self.names[i]
        if len(name) > _LONGEST:
            return []
        if self._is_file(i) and (match := _CANVAS.fullmatch(name)):
            return [*self._canvas(i, match)]
        if match := _MOODLE.match(name):
            return [self._moodle(i, match)]
        if name == "submitted" and i + 3 < len(self.names) and self._is_file(i + 3):
            return [self._nbgrader(i)]
        match = _GRADESCOPE.fullmatch(name)
        return [*self._gradescope(i, match)] if match else []

    def _canvas(self, i: int, match: re.Match[str]) -> Iterator[Claim]:
        name, user = match["name"], match["user"]
        if user.isdigit() and not name:
            return
        yield Claim(
            Student(name, keys={"canvas": user}) if user.isdigit() else Student(user),
            work=(self._rivals(i), "canvas", user, match["stem"].casefold()),
            unit=self.names[: i + 1],
            attempt=(int(match["file"]),),
            asides=(user, match["stem"]),
            late=match["late"] is not None,
        )

    def _moodle(self, i: int, match: re.Match[str]) -> Claim:
        name, number = match["name"], match["number"]
        student = Student(name if legible(name) else f"participant-{number}", name, keys={"moodle": number})
        unit = self.names[: i + 1]
        return Claim(student, work=unit, unit=unit, asides=(number, self.place.stem))

    def _nbgrader(self, i: int) -> Claim:
        student, assignment = self.names[i + 1 : i + 3]
        submitted = read_time(self._content(i + 3, "timestamp.txt"))
        unit = self.names[: i + 3]
        return Claim(
            Student(student),
            work=(self._rivals(i), "nbgrader", student, assignment) if submitted else unit,
            unit=unit,
            attempt=(submitted,),
            asides=(assignment, self.place.stem),
            submitted=submitted,
        )

    def _gradescope(self, i: int, match: re.Match[str]) -> Iterator[Claim]:
        sent = self.described(*self._beside(i, "submission_metadata.yml")).get(match[0], Sent())
        for student in sent.students:
            yield Claim(
                student,
                work=(self._rivals(i), "gradescope", student.id),
                unit=self.names[: i + 1],
                attempt=(sent.submitted, int(match["number"])),
                asides=(match[0], self.place.stem),
                submitted=sent.submitted,
            )

    def _rivals(self, i: int) -> str | None:
        """Where a newer attempt counts: inside of the zip that a student may have made, or outside of any."""
        inside = self.place.inner and i >= self.outside
        return "/".join((self.place.path, self.place.within)) if inside else None

    def _is_file(self, i: int) -> bool:
        """Whether a name is that of the notebook, or of the zip that it is in."""
        return i in {len(self.names) - 1, self.outside - 1}

    def _beside(self, i: int, name: str) -> tuple[str, str | None, str]:
        """Where a file beside the one with the name at `i` would be."""
        own = len(Place(self.place.path).outside)
        if i < own:
            return "/".join((*self.names[:i], name)), None, ""
        if i < self.outside:
            return self.place.path, "/".join((*self.names[own:i], name)), ""
        return self.place.path, "/".join((*self.names[self.outside : i], name)), self.place.within

    def _content(self, i: int, name: str) -> str:
        try:
            return read_place(*self._beside(i, name)).decode("utf-8", "replace")
        except UnreadableError:
            return ""
