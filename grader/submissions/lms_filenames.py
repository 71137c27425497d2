"""Parse the file names of learning systems' downloads: whose a file is, and which attempt.

    Canvas      lovelaceada_LATE_12345_67890_name-1.ipynb     user, file, and a number behind when sent again
    Moodle      Ada Lovelace_12345_assignsubmission_file_/    a folder, or the beginning of a file's name
    Gradescope  submission_123/                               described in submission_metadata.yml beside it
    nbgrader    submitted/ada/ps1/name.ipynb                  with timestamp.txt beside it
    Blackboard  Homework 4_ada_attempt_2025-11-03-10-00-00_name.ipynb   and the same without a name, .txt
    Brightspace 12345-67890 - Ada Lovelace - Nov 3, 2025 1012 AM/       or that and ` - name.ipynb`
    ILIAS       Lovelace_Ada_alove_4711/                      where each user has a folder

Names that students choose are inside those of a learning system, so the outermost name counts, and none in a
zip that was found in a folder or a zip.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from grader.errors import UnreadableError
from grader.models.submission import Student
from grader.submissions.file_kinds import stem_of
from grader.submissions.filename_pattern import Pattern
from grader.submissions.places import Place
from grader.submissions.safe_ids import legible
from grader.submissions.sources import read_place
from grader.submissions.submission_times import Sent, read_brightspace_time, read_time

# A number has three digits: shorter ones in names are sheets or weeks, not users.
_CANVAS = re.compile(
    r"(?s)(?:(?P<name>(?:(?!_assignsubmission_file)\w)+?)_)??(?P<late>LATE_|late_)?"
    r"(?P<user>anon_\w{5}|[1-9][0-9]{2,})_(?P<file>[1-9][0-9]{2,})_(?P<stem>.+?)(?:-[0-9]{1,3})?\.\w+"
)
_MOODLE = re.compile(r"(?s)(?P<name>.+?)_(?P<number>[0-9]+)_assign(?:submission|feedback)_[a-z]+(?:_|$)")
_BLACKBOARD = re.compile(
    r"(?s)(?P<work>(?:(?!_assignsubmission_).)+?)_(?P<user>[^_]+)_attempt_(?P<time>[0-9]{4}(?:-[0-9]{2}){5})(?:_(?P<rest>.+)|\.txt)"
)
_NAME = re.compile(r"\ufeff?Name: (?P<name>[^\n(]{1,200})(?:\((?P<login>[^()\n]{1,100})\))?")
_BRIGHTSPACE = re.compile(
    r"(?s)(?P<number>[0-9]+-[0-9]+) - (?P<name>.+?) - (?P<time>"
    r"(?:[^\W\d_]{3,12}\.? [0-9]{1,2}|[0-9]{1,2}\.? [^\W\d_]{3,12}\.?),? [0-9]{4} "
    r"[0-9]{1,2}(?: ?h ?|[ .:])?[0-9]{2}(?: [AaPp]\.?[Mm]\.?)?)(?:\.\w+| - .+)?"
)
# Names have no digits, and the number is no year: instructors' folders for sheets are not users.
_ILIAS = re.compile(
    r"(?P<last>[^\W\d_][^\d_]*)_(?P<first>[^\W\d_][^\d_]*)_"
    r"(?P<login>[^ ]+)_(?P<user>(?!20[0-9]{2}$)[0-9]{3,})"
)
_ILIAS_LATE = ("Late Submission - ", "Verspaetete Abgabe - ", "Verspätete Abgabe - ")
_GRADESCOPE = re.compile(r"submission_(?P<number>[0-9]+)")
_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 12  # of the numbers of attempts, which are compared as texts
_LONGEST = 255  # of names in a file system; names in a zip can be long enough to make a match slow


def moodle_folder(name: str) -> str | None:
    """Return the folder of a participant in Moodle's downloads, from its name or that of a file in it.

    Before Moodle 3.1 there were no folders, and before 4.1 their names ended in an underscore; every version
    takes back a folder that does.
    """
    match = _MOODLE.match(name) if len(name) <= _LONGEST else None
    return name if match and match.end() == len(name) else f"{match[0].rstrip('_')}_" if match else None


def canvas_name(name: str) -> str | None:
    """Return the name of a file in Canvas's downloads, without its extension; None for other names."""
    match = _CANVAS.fullmatch(name) if len(name) <= _LONGEST else None
    return name.rpartition(".")[0] if match and match["user"].isdigit() and match["name"] else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What the name of a download says of a file.

    Of the notebooks with the same `work`, those with the greatest `attempt` are the newest; those with the
    same `unit` were submitted together. `asides` distinguish students of one id, and works of one student. A
    file that is `by_system` was written by the learning system and shows only that a student submitted. The
    last of the first `depth` names on the path is the one that says so.
    """

    student: Student
    work: tuple[object, ...]
    unit: tuple[str, ...]
    attempt: tuple[str | int, ...] = ()
    asides: tuple[str, ...] = ()
    late: bool = False
    submitted: str = ""
    by_system: bool = False
    by_pattern: bool = False
    depth: int = 0


class Metadata:
    """What files of metadata say of folders, each read once; `faults` says why one could not be read."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._read: dict[tuple[str, str | None, str], dict[str, Sent]] = {}

    def at(self, path: str, member: str | None, within: str) -> dict[str, Sent]:
        """Return what one file says by folder; nothing if it is not there, or cannot be read.

        Args:
            path: the file, or the zip that it is in.
            member: its name in the zip.
            within: the names of the zips in that zip.

        Returns:
            folder -> who sent it and when.
        """
        place = path, member, within
        if place not in self._read:
            self._read[place] = self._parsed(*place)
        return self._read[place]

    def _parsed(self, path: str, member: str | None, within: str) -> dict[str, Sent]:
        from grader.submissions.gradescope_metadata import (
            read_gradescope,  # lazy: YAML is slow to import and rarely needed
        )

        try:
            content = read_place(path, member, within)
        except UnreadableError:
            return {}
        try:
            return read_gradescope(content)
        except UnreadableError as error:
            self.faults.append(f"{member or path}: {error}. So it does not tell whose the submissions are.")
            return {}


def claims(
    places: Iterable[Place],
    pattern: Pattern | None = None,
    root: int = 0,
    metadata: Metadata | None = None,
) -> Iterator[tuple[Place, list[Claim]]]:
    """Yield each place with the claims on it: one per student, several for a group, none if no name says so.

    Args:
        places: the files.
        pattern: an instructor's pattern, which takes precedence.
        root: the number of names on the path to skip for the pattern.
        metadata: reads files of metadata.

    Returns:
        an iterator of places with their claims.
    """
    described = (metadata or Metadata()).at
    for place in places:
        outside = place.outside
        path = _PathNames(place, (*outside, *place.inside), len(outside), described)
        by_pattern = (path.matched(pattern, i) for i in range(root, path.own)) if pattern else ()
        by_name = itertools.takewhile(lambda said: said is not None, map(path.claims, range(path.own)))
        yield place, next(filter(None, itertools.chain(by_pattern, by_name)), [])


@dataclass(frozen=True, slots=True)
class _PathNames:
    """The names on the path to a notebook, its own last; the first `outside` are not in a zip."""

    place: Place
    names: tuple[str, ...]
    outside: int
    described: Callable[[str, str | None, str], dict[str, Sent]]

    @property
    def own(self) -> int:
        """Return how many of the names may identify a student: those in a student's zip may not."""
        return self.outside if self.place.inner else len(self.names)

    def matched(self, pattern: Pattern, i: int) -> list[Claim]:
        """Match the names from index `i` on with a pattern, without the file's extension.

        Args:
            pattern: an instructor's pattern.
            i: the index of the first name.

        Returns:
            at most one claim.
        """
        *folders, name = self.names[i:]
        fields = pattern.match([*folders, stem_of(name)])
        if fields is None or i + pattern.telling > self.own:
            return []
        student = fields.get("id") or fields["name"]
        attempt = _NUMBER.sub(lambda match: match[0].zfill(_DIGITS), fields.get("attempt", ""))
        return [
            Claim(
                Student(student, fields.get("name", "")),
                work=("names", student),
                unit=("names", student, attempt),
                attempt=(attempt,),
                asides=(self.place.stem,),
                by_pattern=True,
                depth=i + 1,
            )
        ]

    def claims(self, i: int) -> list[Claim] | None:
        """Return the claims by the name at index `i`; None if it belongs to an unknown student."""
        name = self.names[i]
        if len(name) > _LONGEST:
            return []
        if self._is_file(i) and (match := _CANVAS.fullmatch(name)):
            return [*self._canvas(i, match)]
        if "_attempt_" in name and self._is_file(i) and (match := _BLACKBOARD.fullmatch(name)):
            return [self._blackboard(i, match)]
        if " - " in name and (match := _BRIGHTSPACE.fullmatch(name)):
            return [self._brightspace(i, match)]
        if "_assign" in name and (match := _MOODLE.match(name)):
            return [self._moodle(i, match)]
        if name[-1:].isdigit() and not self._is_file(i) and (match := _ILIAS.fullmatch(name)):
            return [self._ilias(i, match)]
        if name == "submitted" and i + 3 < len(self.names) and self._is_file(i + 3):
            return [self._nbgrader(i)]
        match = _GRADESCOPE.fullmatch(name)
        return self._gradescope(i, match) if match else []

    def _canvas(self, i: int, match: re.Match[str]) -> Iterator[Claim]:
        name, user = match["name"], match["user"]
        if user.isdigit() and not name:
            return
        yield Claim(
            Student(name, keys={"canvas": user}) if user.isdigit() else Student(user),
            work=("canvas", user, match["stem"].casefold()),
            unit=self.names[: i + 1],
            attempt=(int(match["file"]),),
            asides=(user, match["stem"]),
            late=match["late"] is not None,
            depth=i + 1,
        )

    def _moodle(self, i: int, match: re.Match[str]) -> Claim:
        name, number = match["name"], match["number"]
        student = Student(name if legible(name) else f"participant-{number}", name, keys={"moodle": number})
        unit = self.names[: i + 1]
        return Claim(student, work=unit, unit=unit, asides=(number, self.place.stem), depth=i + 1)

    def _blackboard(self, i: int, match: re.Match[str]) -> Claim:
        user, work, time = match["user"], match["work"], match["time"]
        beginning = self.names[i][: match.end("time")]
        written = _NAME.match(self._content(i, f"{beginning}.txt"))
        name, login = (written["name"].strip(), written["login"]) if written else ("", None)
        if login and f"{work}_{user}".endswith(f"_{login}"):  # one with an underscore in it
            user = login
        return Claim(
            Student(user, name),
            work=("blackboard", work, user),
            unit=(*self.names[:i], beginning),
            attempt=(time,),
            asides=(work, self.place.stem[match.end("time") + 1 :] or self.place.stem),
            by_system=match["rest"] is None,
            depth=i + 1,
        )

    def _brightspace(self, i: int, match: re.Match[str]) -> Claim:
        name, number = match["name"], match["number"]
        time = read_brightspace_time(match["time"])
        unit = (*self.names[:i], self.names[i][: match.end("time")])
        return Claim(
            Student(name, name),
            work=("brightspace", number, name) if time else unit,
            unit=unit,
            attempt=(time,),
            asides=(number, self.place.stem[match.end("time") :].removeprefix(" - ") or self.place.stem),
            depth=i + 1,
        )

    def _ilias(self, i: int, match: re.Match[str]) -> Claim:
        unit = self.names[: i + 1]
        late = self.names[-1].startswith(_ILIAS_LATE)
        student = Student(match["login"], f"{match['first']} {match['last']}")
        asides = (match["user"], self.place.stem)
        return Claim(student, work=unit, unit=unit, asides=asides, late=late, depth=i + 1)

    def _nbgrader(self, i: int) -> Claim:
        student, assignment = self.names[i + 1 : i + 3]
        submitted = read_time(self._content(i + 3, "timestamp.txt"))
        unit = self.names[: i + 3]
        return Claim(
            Student(student),
            work=("nbgrader", student, assignment) if submitted else unit,
            unit=unit,
            attempt=(submitted,),
            asides=(assignment, self.place.stem),
            submitted=submitted,
            depth=i + 1,
        )

    def _gradescope(self, i: int, match: re.Match[str]) -> list[Claim] | None:
        described = self.described(*self._beside(i, "submission_metadata.yml"))
        sent = described.get(match[0], Sent())
        said = [
            Claim(
                student,
                work=("gradescope", student.id),
                unit=self.names[: i + 1],
                attempt=(sent.submitted, int(match["number"])),
                asides=(match[0], self.place.stem),
                submitted=sent.submitted,
                depth=i + 1,
            )
            for student in sent.students
        ]
        return said or (None if described else [])

    def _is_file(self, i: int) -> bool:
        """Return whether a name is that of the notebook, or of the zip that has it."""
        return i in {len(self.names) - 1, self.outside - 1}

    def _beside(self, i: int, name: str) -> tuple[str, str | None, str]:
        """Return the place of a file beside the one with the name at index `i`."""
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
