"""Finds the notebooks among what an instructor points at, and whose they are. All is read as data.

Nothing is unpacked to disk, no link is followed, and no name inside a file is used as a path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import UnreadableError, UsageError
from grader.models.submission import Student
from grader.submissions.filename_encoding import proper
from grader.submissions.filename_pattern import Pattern
from grader.submissions.folder_owners import Folders, Owner
from grader.submissions.lms_filenames import claims
from grader.submissions.places import Place, names_of, places_at
from grader.submissions.roster_matching import Classmates
from grader.submissions.safe_ids import key, told_apart
from grader.submissions.selection import File, Found, choose, counted, identified
from grader.submissions.senders import Seen, Senders
from grader.submissions.sources import read_place

_NO_SAY = "Names inside of {} do not say whose it is. Is that a class's? Then name it itself."


@dataclass(frozen=True, slots=True)
class Handed:
    """One file that was handed in. `fault` says why it cannot be read.

    `member` is its name in a zip, and `within` that of the zip, when that is in a zip itself.

    `student` is who handed it in and `submitted` when, as far as the name of a download or a roster says;
    `notes` are remarks on that. `sender` are the names to and with that of the folder or zip in which there
    is only what one student has sent, where no system has named it. `listed` says whether that student
    is in the roster; None where there is no roster. `absent` marks a student of the roster who handed in
    nothing.
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
    sender: tuple[str, ...] = ()
    listed: bool | None = None

    @property
    def file(self) -> str:
        """The name of the file, for people."""
        return proper((self.member or self.path).rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found: what was handed in, and by their endings how many other files there are.

    `paths` are those that were looked at.
    """

    handed: list[Handed]
    others: Counter[str]
    paths: tuple[Path, ...] = ()


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
    files = [*_files(paths, pattern)]
    if pattern and not any(file.claim and file.claim.by_pattern for file in files):
        first = f"; the first is {files[0].place.name}" if files else ""
        raise UsageError(
            f"--names {pattern.text}: none of {len(files)} files is named so{first}\n"
            "  Write the fields as they stand there; the ending is no part of it."
        )
    if roster:
        files = identified(files, Classmates(roster))
    chosen = choose(files)
    found = chosen.found
    if not found:
        told = f"; there {'is' if len(files) == 1 else 'are'} {counted(chosen.others)}" if files else ""
        raise UsageError(
            f"No notebooks in {', '.join(map(str, paths))}{told}\n"
            "  Name .ipynb files, or folders or zips of them."
        )
    if roster:
        found = [*found, *_absent(found, roster)]
    students = {file.called for file in files} | {(student.id,) for student in roster}
    called = Counter(name for names in students for name in {*map(key, names)})
    ids = told_apart([one.but(called).ids for one in found])
    handed = [*map(_handed, _counted(found), ids)]
    if roster:
        known = {student.id for student in roster}
        handed = [replace(one, listed=bool(one.student and one.student.id in known)) for one in handed]
    return Survey(handed, chosen.others, tuple(paths))


def read(handed: Handed) -> bytes:
    """The bytes of a file that was handed in.

    Raises:
        UnreadableError: it cannot be had, or is too large.
    """
    if handed.fault:
        raise UnreadableError(handed.fault)
    return read_place(handed.path, handed.member, handed.within)


def _files(paths: Sequence[Path], pattern: Pattern | None) -> Iterator[File]:
    """The files at paths, once for each student who sent them."""
    at_paths = [_seen(path, pattern) for path in paths]
    senders = Senders([one for seen in at_paths for one in seen])
    for seen in at_paths:
        folders = Folders(seen[0].root if seen else 0, [(one.place, one.names) for one in seen])
        for one in seen:
            yield from _of(one, senders, folders)


def _seen(path: Path, pattern: Pattern | None) -> list[Seen]:
    root = len(names_of(str(path)))
    said = claims(places_at(path), pattern, root)
    return [Seen(place, (*place.outside, *place.inside), root, students) for place, students in said]


def _of(one: Seen, senders: Senders, folders: Folders) -> Iterator[File]:
    place, names, root, said = one
    below = names[root:-1]
    if own := senders.own(one):
        start = min(root, len(own) - 1)  # it may be what was typed
        notes = (_NO_SAY.format(own[-1]),) if said else ()
        yield File(place, None, Owner(own), names[start:-1], outer=len(own) - start, notes=notes)
    elif said:
        yield from (File.claimed(place, claim, below) for claim in said)
    else:
        owner = folders.owner(place, names)
        outer = 0
        if owner:
            limit = len(place.outside) if place.inner else root if owner.stem else len(names)
            outer = max((limit if owner.stem else min(len(owner.folder), limit)) - root, 0)
        yield File(place, None, owner, below, outer=outer)


def _absent(found: Sequence[Found], roster: Sequence[Student]) -> Iterator[Found]:
    """The students of a roster who handed in nothing."""
    present = {one.student.id for one in found if one.student}
    return (Found(None, student=student) for student in roster if student.id not in present)


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
    return Handed(chosen, place.path, place.member, place.fault, *known, absent, place.within, found.sender)
