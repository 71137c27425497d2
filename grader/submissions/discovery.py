"""Find notebooks in the paths an instructor names, and whose they are. All is read as data.

Nothing is unpacked to disk, no link is followed, and no name inside a file is used as a path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import UnreadableError, UsageError
from grader.models.submission import Student
from grader.submissions.file_kinds import Kind, is_in_package, is_module
from grader.submissions.filename_encoding import proper
from grader.submissions.filename_pattern import Pattern
from grader.submissions.folder_owners import Folders, Owner
from grader.submissions.lms_filenames import Metadata, claims
from grader.submissions.places import Place, names_of, places_at
from grader.submissions.roster_matching import Classmates
from grader.submissions.safe_ids import key, unique_ids
from grader.submissions.selection import File, Found, choose, counted, identified
from grader.submissions.senders import Seen, Senders
from grader.submissions.sources import read_place

_NO_SAY = "Names inside of {} do not say whose it is. Is that a class's? Then name it itself."


@dataclass(frozen=True, slots=True)
class Handed:
    """One submitted file. `fault` says why it cannot be read.

    `member` is its name in a zip, and `within` the name of that zip if it is in a zip itself.

    `student` is who submitted it and `submitted` when, as far as a download's name or a roster says; `notes`
    are remarks on that. `sender` has the names of the folders or zips down to the one that holds a single
    student's files, where no learning system named it. `listed` says whether that student is in the roster;
    None without a roster. `absent` marks a student of the roster without a submission.
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
        """Return the name of the file, for people."""
        return proper((self.member or self.path).rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Survey:
    """The submissions found in `paths`, the number of other files by extension, and what cannot be read."""

    handed: list[Handed]
    others: Counter[str]
    paths: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()


def find(paths: Sequence[Path], roster: Sequence[Student] = ()) -> list[Handed]:
    """Return the submissions; see `survey`.

    Args:
        paths: files, folders and zips.
        roster: the students of the class.

    Returns:
        the submissions.
    """
    return survey(paths, roster).handed


def survey(
    paths: Sequence[Path],
    roster: Sequence[Student] = (),
    pattern: Pattern | None = None,
    modules: Collection[str] = (),
    among: Collection[Handed] | None = None,
) -> Survey:
    """Find the submissions, in the order of the paths and, within a folder or zip, by name.

    A file that is named itself is always taken. From folders and zips come notebooks; of a student without
    one the scripts, but not copies of what the assignment provides; of a student with neither, one unreadable
    submission that says what was sent. Where
    learning systems name files (see `lms_filenames`), a student's latest attempt counts. Ids are those of
    students or else file names without extension, made safe; repeated ones get a suffix, a folder in front,
    or a number. Students of the roster without a submission come last.

    Args:
        paths: files, folders and zips.
        roster: the students of the class.
        pattern: how files are named, where no learning system named them.
        modules: the names of the modules that the assignment provides.
        among: leave out all that is not among these submissions of an earlier survey of the same paths. Ids
            are those of students' folders then, so that they are the same in every assignment.

    Returns:
        the submissions, and a count of the other files.

    Raises:
        UsageError: a path does not exist, or nothing was found.
    """
    metadata = Metadata()
    files = [*_files(paths, pattern, modules, metadata)]
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
        others = f"; there {'is' if len(files) == 1 else 'are'} {counted(chosen.others)}" if files else ""
        raise UsageError(
            f"No notebooks in {', '.join(map(str, paths))}{others}\n"
            "  Name .ipynb files, or folders or zips of them."
        )
    if among is not None:
        places = {(one.path, one.member, one.within) for one in among}
        found = [one.called_as_sender() for one in found if one.place and _key(one.place) in places]
    if roster:
        found = [*found, *_absent(found, roster)]
    students = {file.called for file in files} | {(student.id,) for student in roster}
    called = Counter(name for names in students for name in {*map(key, names)})
    ids = unique_ids([one.without_names_of(called).ids for one in found])
    handed = [*map(_handed, _counted(found), ids)]
    if roster:
        known = {student.id for student in roster}
        handed = [replace(one, listed=bool(one.student and one.student.id in known)) for one in handed]
    return Survey(handed, chosen.others, tuple(paths), tuple(metadata.faults))


def _key(place: Place) -> tuple[str, str | None, str]:
    return place.path, place.member, place.within


def read(handed: Handed) -> bytes:
    """Return the bytes of a submitted file.

    Raises:
        UnreadableError: it cannot be read, or is too large.
    """
    if handed.fault:
        raise UnreadableError(handed.fault)
    return read_place(handed.path, handed.member, handed.within)


def _files(
    paths: Sequence[Path], pattern: Pattern | None, modules: Collection[str], metadata: Metadata
) -> Iterator[File]:
    """Yield the files at paths, once for each student who submitted them."""
    at_paths = [_seen(path, pattern, modules, metadata) for path in paths]
    senders = Senders([one for seen in at_paths for one in seen])
    for seen in at_paths:
        folders = Folders(seen[0].root if seen else 0, [(one.place, one.names) for one in seen])
        for one in seen:
            yield from _of(one, senders, folders)


def _seen(path: Path, pattern: Pattern | None, modules: Collection[str], metadata: Metadata) -> list[Seen]:
    root = len(names_of(str(path)))
    said = claims(places_at(path), pattern, root, metadata)
    return [
        Seen(_kept(place, modules, bool(students)), (*place.outside, *place.inside), root, students)
        for place, students in said
    ]


def _kept(place: Place, modules: Collection[str], claimed: bool) -> Place:
    """Return a place; one of a provided module is no submission."""
    copied = place.kind is Kind.SCRIPT and (
        is_module(place.stem, modules, prefixed=claimed)
        or is_in_package((*place.outside, *place.inside), modules)
    )
    return replace(place, kind=Kind.HELPER) if copied else place


def _of(one: Seen, senders: Senders, folders: Folders) -> Iterator[File]:
    place, names, root, said = one
    below = names[root:-1]
    if own := senders.own(one):
        start = min(root, len(own) - 1)  # it may be a named path itself
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
    """Return the students of a roster without a submission."""
    present = {one.student.id for one in found if one.student}
    return (Found(None, student=student) for student in roster if student.id not in present)


def _counted(found: Sequence[Found]) -> Iterator[Found]:
    """Yield the submissions, with a note where a student submitted several notebooks at once."""
    owners = [one.who for one in found]
    notebooks = Counter(owners)
    for one, owner in zip(found, owners, strict=True):
        if owner and notebooks[owner] > 1:
            note = f"One of {notebooks[owner]} notebooks of this student, each with a mark of its own."
            yield one.with_note(note)
        else:
            yield one


def _handed(found: Found, chosen: str) -> Handed:
    place = found.place or Place("")
    known = (found.student, found.late, found.submitted, found.notes)
    absent = found.place is None
    return Handed(chosen, place.path, place.member, place.fault, *known, absent, place.within, found.sender)
