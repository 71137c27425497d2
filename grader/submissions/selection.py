"""Which files of each student are graded: notebooks, else scripts; of neither, what there is instead."""

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
    """A file that was found. `owner` is equal for those of one student, None for a file of nobody.

    `below` are the names of the folders and zips that it is in, as far as they were not named themselves. Of
    what is one student's, the first `outer` say whose it is: the others are that student's words.
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
        """A file of which a learning system or a pattern says whose it is."""
        return cls(place, claim, (claim.student.id, *claim.student.keys.items()), below, claim.student)

    @property
    def sender(self) -> tuple[str, ...]:
        """The names to and with that of the folder or zip that is its student's own, if one is."""
        return (*map(folder_stem, self.below[: self.outer]),)

    @property
    def called(self) -> tuple[str, ...]:
        """What whoever handed it in is called by what is not in a folder or zip of a student's."""
        return (self.student.id,) if self.student else self.sender or self._own_names()

    def of(self, student: Student | None) -> File:
        """The same with the student of a roster whose it is, if there is one."""
        return replace(self, student=student, owner=("roster", student.id)) if student else self

    def senders(self) -> Iterator[Student]:
        """Who may have handed it in: as a download says, or else as a folder or a zip is called.

        What lies loose is called so itself.
        """
        if self.student:
            yield self.student
            return
        loose = *map(folder_stem, self.below), self.place.zip, self.place.folder, *self._own_names()
        yield from map(Student, filter(None, self.sender or loose))

    def authors(self) -> Iterator[Student]:
        """Who is named by what is in the folder of somebody whom no list has."""
        if self.student is None and self.outer:
            names = (*map(folder_stem, self.below[self.outer :]), *self._own_names())
            yield from map(Student, filter(None, names))

    def _own_names(self) -> tuple[str, str]:
        stem = self.place.stem
        return stem, original(stem)


def identified(files: Sequence[File], classmates: Classmates) -> list[File]:
    """The files with the students of the roster whose they are.

    What the folder of somebody has in it makes it another's only where no list has that somebody, and the
    other handed in nothing.
    """
    by_sender = [file.of(classmates.first(file.senders())) for file in files]
    present = {file.student.id for file in by_sender if file.student}
    return [
        file if file.student or file.notes or (found := classmates.first(file.authors())) is None
        else file if found.id in present else file.of(found)
        for file in by_sender
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A submission and what is known of it; a student of the roster who handed in nothing has no place.

    `wishes` are what it could be called, the best first; a student's id comes before them.
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
        """What it could be called, with the id of its student in front."""
        if self.student is None:
            return self.wishes
        return self.student.id, *(f"{self.student.id}-{wish}" for wish in self.wishes)

    @property
    def who(self) -> tuple[object, ...] | None:
        """What is equal for submissions of one student."""
        return (self.student.id, *self.student.keys.items()) if self.student else None

    def but(self, called: Mapping[str, int]) -> Found:
        """The same, not called as its file if somebody else is: `called` counts students by name."""
        if self.student or not self.sender:
            return self
        own = {*map(key, self.sender)}
        wishes = (wish for wish in self.wishes if called.get(name := key(wish), 0) <= (name in own))
        return replace(self, wishes=(*wishes,) or self.wishes[-1:])

    def noted(self, note: str) -> Found:
        """The same with one more note."""
        return replace(self, notes=(*self.notes, note))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is graded, and how many other files there are of each ending."""

    found: list[Found]
    others: Counter[str]


def choose(files: Sequence[File]) -> Chosen:
    """What of the files is graded, in their order."""
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
    """What of one student's files is graded, with its number among them, and the files that it stands for."""
    kind = max(file.place.kind for file in own)
    if len(own) == 1 and kind is Kind.NOTEBOOK:  # as most are
        yield 0, _found(own[0]), [own[0].place]
        return
    if kind >= Kind.SCRIPT:
        rivals = [i for i, file in enumerate(own) if file.place.kind is kind]
    else:
        rivals = [*range(len(own))]
    newest, earlier = _newest([own[i].claim for i in rivals])
    kept = [rivals[i] for i in newest]
    # An earlier attempt was seen, though nobody looks into it.
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
    """Which claims are not of an earlier attempt at the same work, and how many such attempts there were."""
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
    """What is said of a newer attempt that has no notebook in it."""
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
    """The submission of a student who sent files, and no notebook among them."""
    place = shown.place
    if shown.claim and shown.claim.by_system:
        reason = "it is what the learning system wrote of an attempt without a file. Ask for the .ipynb."
    else:
        reason = place.fault or not_a_notebook(place.name)
    beside = Counter(ending_of(file.place.name) for file in kept if file.place is not place)
    found = _found(shown)
    if isinstance(shown.owner, Owner) and not shown.owner.stem:
        found = replace(found, wishes=(folder_stem(shown.owner.folder[-1]), *found.wishes))
    told = f"{reason} Beside it: {counted(beside)}." if beside else reason
    return replace(found, place=replace(place, fault=told))


def counted(endings: Counter[str]) -> str:
    """How many files there are of each ending: `3 other files: 2 .pdf, 1 .csv`."""
    count = endings.total()
    kinds = ", ".join(f"{number} {ending or 'without an ending'}" for ending, number in endings.most_common())
    return f"{count} other file{'' if count == 1 else 's'}: {kinds}"
