"""Finds the notebooks among what an instructor points at, and whose they are. All is read as data.

Nothing is unpacked to disk, no link is followed, and no name inside a file is used as a path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UnreadableError, UsageError
from grader.intake.choosing import File, Found, choose, counted
from grader.intake.classmates import Classmates
from grader.intake.decoding import proper
from grader.intake.downloads import claims
from grader.intake.folders import Folders
from grader.intake.names import told_apart
from grader.intake.pattern import Pattern
from grader.intake.places import Place, names_of, places_at
from grader.intake.reading import read_place
from grader.model import Student


@dataclass(frozen=True, slots=True)
class Handed:
    """One file that was handed in. `fault` says why it cannot be read.

    `member` is its name in a zip, and `within` that of the zip, when that is in a zip itself.

    `student` is who handed it in and `submitted` when, as far as the name of a download or a roster says;
    `notes` are remarks on that. `absent` marks a student of the roster who handed in nothing.
    """

    id: str
    path: str
    member: str | None = None
    fault: str = ""
    student: Student | None = None
    late: bool = False
    submitted: str = ""
    notes: tuple[str, ...] = ()
    absent: bool = False
    within: str = ""

    @property
    def file(self) -> str:
        """The name of the file, for people."""
        return proper((self.member or self.path).rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found: what was handed in, and by their endings how many other files there are."""

    handed: list[Handed]
    others: Counter[str]


def find(paths: Sequence[Path], roster: Sequence[Student] = ()) -> list[Handed]:
    """What was handed in; see `survey`."""
    return survey(paths, roster).handed


def survey(paths: Sequence[Path], roster: Sequence[Student] = (), pattern: Pattern | None = None) -> Survey:
    """What was handed in, in the order of the paths and, within a folder or zip, by name.

    A file that was named itself is taken whatever it is called. From folders and zips come notebooks; of a
    student without one the scripts; of one who sent neither, one submission that cannot be read and says
    what there is. In what learning systems name (see `downloads`), the newest attempt of a student counts.
    Ids are those of students or else the file names without their ending, made safe; a repeated one gets
    what tells it apart behind, or its folder in front, or a number. Students of the roster who handed in
    nothing come last.

    Args:
        paths: files, folders and zips.
        roster: the students of the class.
        pattern: how files are named, where no learning system named them.

    Raises:
        UsageError: a path does not exist, or nothing was found.
    """
    files = [file for path in paths for file in _files(path, pattern)]
    if pattern and not any(file.claim and file.claim.by_pattern for file in files):
        first = f"; the first is {files[0].place.name}" if files else ""
        raise UsageError(
            f"--names {pattern.text}: none of {len(files)} files is named so{first}\n"
            "  Write the fields as they stand there; the ending is no part of it."
        )
    if roster:
        classmates = Classmates(roster)
        files = [file.identified(classmates) for file in files]
    chosen = choose(files)
    found = chosen.found
    if not found:
        told = f"; there {'is' if len(files) == 1 else 'are'} {counted(chosen.others)}" if files else ""
        raise UsageError(
            f"No notebooks in {', '.join(map(str, paths))}{told}\n"
            "  Name .ipynb files, or folders or zips of them."
        )
    if roster:
        found = [*_with_absent(found, roster)]
    ids = told_apart([one.ids for one in found])
    handed = [*map(_handed, _counted(found), ids)]
    return Survey(handed, chosen.others)


def read(handed: Handed) -> bytes:
    """The bytes of a file that was handed in.

    Raises:
        UnreadableError: it cannot be had, or is too large.
    """
    if handed.fault:
        raise UnreadableError(handed.fault)
    return read_place(handed.path, handed.member, handed.within)


def _files(path: Path, pattern: Pattern | None) -> Iterator[File]:
    """The files at a path, once for each student who sent them."""
    root = len(names_of(str(path)))
    said = [*claims(places_at(path), pattern, root)]
    named = [(place, (*place.outside, *place.inside)) for place, _ in said]
    folders = Folders(root, named)
    for (place, students), (_, names) in zip(said, named, strict=True):
        below = names[root:-1]
        for claim in students:
            yield File.claimed(place, claim, below)
        if not students:
            yield File(place, None, folders.owner(place, names), below)


def _with_absent(found: Sequence[Found], roster: Sequence[Student]) -> Iterator[Found]:
    """What was handed in, with a note where it is nobody's, and the students who handed in nothing."""
    known = {student.id for student in roster}
    present = set()
    for one in found:
        if one.student and one.student.id in known:
            present.add(one.student.id)
            yield one
        else:
            yield one.noted("The roster does not say whose it is.")
    yield from (Found(None, student=student) for student in roster if student.id not in present)


def _counted(found: Sequence[Found]) -> Iterator[Found]:
    """What was found, with a note where a student handed in several notebooks at once."""
    owners = [one.who for one in found]
    notebooks = Counter(owners)
    for one, owner in zip(found, owners, strict=True):
        if owner and notebooks[owner] > 1:
            note = f"One of {notebooks[owner]} notebooks of this student, each with a mark of its own."
            yield one.noted(note)
        else:
            yield one


def _handed(found: Found, chosen: str) -> Handed:
    place = found.place or Place("")
    known = (found.student, found.late, found.submitted, found.notes)
    absent = found.place is None
    return Handed(chosen, place.path, place.member, place.fault, *known, absent, place.within)
