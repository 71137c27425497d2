"""Finds the notebooks among what an instructor points at, and whose they are. All is read as data.

Nothing is unpacked to disk, no link is followed, and no name inside a file is used as a path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import UnreadableError, UsageError
from grader.intake.classmates import Classmates
from grader.intake.downloads import Claim, claims
from grader.intake.names import told_apart
from grader.intake.places import Place, places_at
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
        return (self.member or self.path).rpartition("/")[2]


def find(paths: Sequence[Path], roster: Sequence[Student] = ()) -> list[Handed]:
    """What was handed in, in the order of the paths and, within a folder or zip, by name.

    A file that was named itself is taken whatever it is called; from folders and zips come `.ipynb`
    files, but for Jupyter's own checkpoints. In what learning systems name (see `downloads`), the newest
    attempt of a student counts. Ids are those of students or else the file names without their ending,
    made safe; a repeated one gets what tells it apart behind, or its folder in front, or a number.
    Students of the roster who handed in nothing come last.

    Raises:
        UsageError: a path does not exist, or nothing was found.
    """
    places = [place for path in paths for place in places_at(path)]
    if not places:
        raise UsageError(
            f"No notebooks in {', '.join(map(str, paths))}\n  Name .ipynb files, or folders or zips of them."
        )
    found = [*_newest([(place, claim) for place, said in claims(places) for claim in said or (None,)])]
    if roster:
        found = [*_identified(found, roster)]
    ids = told_apart([one.ids for one in found])
    return [one.handed(chosen) for one, chosen in zip(_counted(found), ids, strict=True)]


def read(handed: Handed) -> bytes:
    """The bytes of a file that was handed in.

    Raises:
        UnreadableError: it cannot be had, or is too large.
    """
    if handed.fault:
        raise UnreadableError(handed.fault)
    return read_place(handed.path, handed.member, handed.within)


# ---------------------------------------------------------------- whose, and which attempt


@dataclass(frozen=True, slots=True)
class _Found:
    """A notebook and what is known of it; a student of the roster who handed in nothing has no place.

    `wishes` are what it could be called, the best first; a student's id comes before them.
    """

    place: Place | None
    wishes: tuple[str, ...] = ()
    student: Student | None = None
    late: bool = False
    submitted: str = ""
    notes: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        if self.student is None:
            return self.wishes
        return self.student.id, *(f"{self.student.id}-{wish}" for wish in self.wishes)

    @property
    def who(self) -> tuple[object, ...] | None:
        """What is equal for notebooks of one student."""
        return (self.student.id, *self.student.keys.items()) if self.student else None

    def noted(self, note: str) -> _Found:
        return replace(self, notes=(*self.notes, note))

    def handed(self, chosen: str) -> Handed:
        place = self.place or Place("")
        known = (self.student, self.late, self.submitted, self.notes)
        absent = self.place is None
        return Handed(chosen, place.path, place.member, place.fault, *known, absent, place.within)


def _newest(claimed: Sequence[tuple[Place, Claim | None]]) -> Iterator[_Found]:
    """What was handed in, without the earlier attempts of a student at the same work."""
    attempts: dict[tuple[object, ...], dict[tuple[str | int, ...], tuple[str, ...]]] = {}
    for _, claim in claimed:
        if claim:
            attempts.setdefault(claim.work, {})[claim.attempt] = claim.unit
    last = {work: max(units.items()) for work, units in attempts.items()}
    for place, claim in claimed:
        if claim is None:
            stem = place.stem
            yield _Found(place, (stem, f"{place.folder}-{stem}"))
        elif (claim.attempt, claim.unit) == last[claim.work]:
            found = _Found(place, claim.asides, claim.student, claim.late, claim.submitted)
            earlier = len(attempts[claim.work]) - 1
            yield found.noted(_left_out(earlier)) if earlier else found


def _left_out(earlier: int) -> str:
    return "1 earlier attempt was left out." if earlier == 1 else f"{earlier} earlier attempts were left out."


def _identified(found: Iterable[_Found], roster: Sequence[Student]) -> Iterator[_Found]:
    """What was handed in with the students of the roster, and those of them who handed in nothing."""
    classmates = Classmates(roster)
    present = set()
    for one in found:
        student = next(filter(None, map(classmates.find, _perhaps(one))), None)
        if student:
            present.add(student.id)
            yield replace(one, student=student)
        else:
            yield one.noted("The roster does not say whose it is.")
    yield from (_Found(None, student=student) for student in roster if student.id not in present)


def _perhaps(one: _Found) -> Iterator[Student]:
    """Who may have handed it in: as a download says, or else as the zip, the folder or the file is called."""
    if one.student:
        yield one.student
    elif one.place:
        yield from map(Student, filter(None, (one.place.zip, one.place.folder, one.place.stem)))


def _counted(found: Sequence[_Found]) -> Iterator[_Found]:
    """What was found, with a note where a student handed in several notebooks at once."""
    owners = [one.who for one in found]
    notebooks = Counter(owners)
    for one, owner in zip(found, owners, strict=True):
        if owner and notebooks[owner] > 1:
            note = f"One of {notebooks[owner]} notebooks of this student, each with a mark of its own."
            yield one.noted(note)
        else:
            yield one
