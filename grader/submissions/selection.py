"""Select the files of each student to grade: notebooks, else scripts, else one unreadable submission."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.models.submission import Student
from grader.submissions.file_kinds import Kind, ending_of, folder_stem, not_a_notebook, original
from grader.submissions.folder_owners import Owner
from grader.submissions.lms_filenames import Claim
from grader.submissions.places import Place
from grader.submissions.roster_matching import Classmates
from grader.submissions.safe_ids import key

_SCRIPT = "There is no notebook, so the script was read."


@dataclass(frozen=True, slots=True)
class File:
    """A file that was found. `owner` is equal for files of one student, None for a file of nobody.

    `below` are the names of the folders and zips that it is in, below the paths that were named. In a
    student's own folder, the first `outer` of them identify the student; the student chose the others.
    """

    place: Place
    claim: Claim | None
    owner: Hashable
    below: tuple[str, ...]
    student: Student | None = None
    outer: int = 0
    notes: tuple[str, ...] = ()

    @classmethod
    def claimed(cls, place: Place, claim: Claim, below: tuple[str, ...]) -> File:
        """Return a file whose owner a learning system or a pattern names.

        Args:
            place: the file.
            claim: what its name says.
            below: the names of its folders and zips.

        Returns:
            the file.
        """
        return cls(place, claim, (claim.student.id, *claim.student.keys.items()), below, claim.student)

    @property
    def sender(self) -> tuple[str, ...]:
        """Return the names down to the folder or zip that is a student's own; empty if none is."""
        return (*map(folder_stem, self.below[: self.outer]),)

    @property
    def called(self) -> tuple[str, ...]:
        """Return the names of its student, from outside of the student's own folders and zips."""
        return (self.student.id,) if self.student else self.sender or self._own_names()

    def owned_by(self, student: Student | None) -> File:
        """Return the same file with its student of a roster, if there is one."""
        return replace(self, student=student, owner=("roster", student.id)) if student else self

    def senders(self) -> Iterator[Student]:
        """Yield who may have submitted it, by its download's name, else by the names of folders or zips.

        A loose file is identified by its own name.
        """
        if self.student:
            yield self.student
            return
        loose = *map(folder_stem, self.below), self.place.zip, self.place.folder, *self._own_names()
        yield from map(Student, filter(None, self.sender or loose))

    def authors(self) -> Iterator[Student]:
        """Yield the names inside a folder whose own name is in no roster."""
        if self.student is None and self.outer:
            names = (*map(folder_stem, self.below[self.outer :]), *self._own_names())
            yield from map(Student, filter(None, names))

    def _own_names(self) -> tuple[str, str]:
        stem = self.place.stem
        return stem, original(stem)


def identified(files: Sequence[File], classmates: Classmates) -> list[File]:
    """Return the files with their students of the roster.

    A name inside a student's folder makes a file another's only if no roster has the student of the folder,
    and the other submitted nothing.

    Args:
        files: the files.
        classmates: the roster.

    Returns:
        the files, in order.
    """
    by_sender = [file.owned_by(classmates.first(file.senders())) for file in files]
    present = {file.student.id for file in by_sender if file.student}
    return [
        file if file.student or file.notes or (found := classmates.first(file.authors())) is None
        else file if found.id in present else file.owned_by(found)
        for file in by_sender
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A submission; a student of the roster without a submission has no place.

    `wishes` are candidates for its id, the best first; a student's id precedes them.
    """

    place: Place | None
    wishes: tuple[str, ...] = ()
    student: Student | None = None
    late: bool = False
    submitted: str = ""
    notes: tuple[str, ...] = ()
    sender: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the candidates for its id, with that of its student in front."""
        if self.student is None:
            return self.wishes
        return self.student.id, *(f"{self.student.id}-{wish}" for wish in self.wishes)

    @property
    def who(self) -> tuple[object, ...] | None:
        """Return a key that is equal for submissions of one student."""
        return (self.student.id, *self.student.keys.items()) if self.student else None

    def without_names_of(self, called: Mapping[str, int]) -> Found:
        """Return the same without candidates that name other students: `called` counts students by name."""
        if self.student or not self.sender:
            return self
        own = {*map(key, self.sender)}
        wishes = (wish for wish in self.wishes if called.get(name := key(wish), 0) <= (name in own))
        return replace(self, wishes=(*wishes,) or self.wishes[-1:])

    def called_as_sender(self) -> Found:
        """Return the same with the name of its student's own folder or zip as the best candidate."""
        return replace(self, wishes=(*self.sender[-1:], *self.wishes))

    def with_note(self, note: str) -> Found:
        """Return the same with one more note."""
        return replace(self, notes=(*self.notes, note))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files to grade, and the number of other files by extension."""

    found: list[Found]
    others: Counter[str]


def choose(files: Sequence[File]) -> Chosen:
    """Select the files to grade, in order."""
    of_owner: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, file in enumerate(files):
        if file.owner is not None:
            of_owner[file.owner].append(i)
    found: dict[int, Found] = {}
    used = set()
    for numbers in of_owner.values():
        own = [files[i] for i in numbers]
        for i, one, places in _submissions(own):
            found[numbers[i]] = one
            used |= {id(place) for place in places}
    others = {
        id(file.place): ending_of(file.place.name)
        for file in files
        if id(file.place) not in used and not (file.claim and file.claim.by_system)
    }
    return Chosen([found[i] for i in sorted(found)], Counter(others.values()))


def _submissions(own: Sequence[File]) -> Iterator[tuple[int, Found, list[Place]]]:
    """Yield a student's submissions: index among the files, submission, and the places it accounts for."""
    kind = max(file.place.kind for file in own)
    if len(own) == 1 and kind is Kind.NOTEBOOK:  # the usual case
        yield 0, _found(own[0]), [own[0].place]
        return
    if kind >= Kind.SCRIPT:
        rivals = [i for i, file in enumerate(own) if file.place.kind is kind]
    else:
        rivals = [*range(len(own))]
    newest, earlier = _newest([own[i].claim for i in rivals])
    kept = [rivals[i] for i in newest]
    # Earlier attempts are accounted for, though not read.
    left = [own[i].place for i in rivals if i not in kept]
    if kind < Kind.SCRIPT:
        i = max(kept, key=lambda i: (own[i].place.kind is Kind.DOCUMENT, -i))
        yield i, _without_notebook([own[j] for j in kept], own[i]), [file.place for file in own]
        return
    for i, attempts in zip(kept, earlier, strict=True):
        one = _found(own[i])
        notes = (_left_out(attempts), _later(own, own[i]), _SCRIPT if kind is Kind.SCRIPT else "")
        yield i, replace(one, notes=(*one.notes, *filter(None, notes))), [own[i].place, *left]


def _newest(claims: Sequence[Claim | None]) -> tuple[list[int], list[int]]:
    """Return the claims of the latest attempt at each work, and their numbers of earlier attempts."""
    attempts: dict[Hashable, dict[tuple[str | int, ...], tuple[str, ...]]] = {}
    for claim in claims:
        if claim:
            attempts.setdefault(claim.work, {})[claim.attempt] = claim.unit
    last = {work: max(units.items()) for work, units in attempts.items()}
    newest = [
        i
        for i, claim in enumerate(claims)
        if claim is None or (claim.attempt, claim.unit) == last[claim.work]
    ]
    return newest, [len(attempts[claim.work]) - 1 if (claim := claims[i]) else 0 for i in newest]


def _left_out(earlier: int) -> str:
    if not earlier:
        return ""
    return "1 earlier attempt was left out." if earlier == 1 else f"{earlier} earlier attempts were left out."


def _later(own: Iterable[File], chosen: File) -> str:
    """Return the note on a newer attempt without a notebook."""
    claim = chosen.claim
    later = [
        file.place.name
        for file in own
        if claim
        and file.claim
        and file.claim.work == claim.work
        and file.claim.attempt > claim.attempt
        and not file.claim.by_system
    ]
    return f"A later attempt has no notebook in it: {later[0]}." if later else ""


def _found(file: File) -> Found:
    if claim := file.claim:
        return Found(file.place, claim.asides, file.student, claim.late, claim.submitted)
    stem = file.place.stem
    wishes = original(stem), *file.place.wishes
    if sender := file.sender:
        whole = "-".join((sender[-1], *file.below[file.outer :], stem))
        wishes = original(stem), stem, whole, *file.place.wishes[2:-1], whole
    return Found(file.place, wishes, file.student, notes=file.notes, sender=sender)


def _without_notebook(kept: Sequence[File], shown: File) -> Found:
    """Return the submission of a student who sent files, but no notebook."""
    place = shown.place
    if shown.claim and shown.claim.by_system:
        reason = "it is what the learning system wrote of an attempt without a file. Ask for the .ipynb."
    else:
        reason = place.fault or not_a_notebook(place.name)
    beside = Counter(ending_of(file.place.name) for file in kept if file.place is not place)
    found = _found(shown)
    if isinstance(shown.owner, Owner) and not shown.owner.stem:
        found = replace(found, wishes=(folder_stem(shown.owner.folder[-1]), *found.wishes))
    fault = f"{reason} Beside it: {counted(beside)}." if beside else reason
    return replace(found, place=replace(place, fault=fault))


def counted(endings: Counter[str]) -> str:
    """Return the number of files by extension, as in `3 other files: 2 .pdf, 1 .csv`."""
    count = endings.total()
    kinds = ", ".join(f"{number} {ending or 'without an ending'}" for ending, number in endings.most_common())
    return f"{count} other file{'' if count == 1 else 's'}: {kinds}"
