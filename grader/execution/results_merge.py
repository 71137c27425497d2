"""Merges newly named submissions with those that a results folder has."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.errors import UsageError
from grader.models.submission import Student
from grader.reports.summary import Tally
from grader.submissions import Handed, safe_id
from grader.submissions.places import Place
from grader.submissions.roster_matching import Classmates


@dataclass(frozen=True, slots=True)
class Plan:
    """What a results folder is to have.

    Attributes:
        order: the ids of all submissions, as results.json has them.
        work: what is named now, and so is graded unless it is what was graded before.
        before: what was in the folder, by the id of what takes its place.
        staying: what is not named now, and stays.
        relisted: of those, the ones of whom a roster says now what none said before.
        leaving: what was in the folder, and will not be.
    """

    order: tuple[str, ...]
    work: tuple[Handed, ...]
    before: dict[str, Handed]
    staying: tuple[Handed, ...]
    relisted: tuple[Handed, ...]
    leaving: tuple[Handed, ...]


@dataclass(slots=True)
class Filed:
    """What a grading did to a folder, and the class that is in it now.

    `again` and `kept` are how many were graded again, or not at all; the others are ids. `moved` has a line
    for each that came from another file than before. `reasons` say why some of what was named has no mark.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    again: int = 0
    kept: int = 0
    removed: tuple[str, ...] = ()
    moved: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    @classmethod
    def begun(cls, plan: Plan) -> Filed:
        """Return the counts that are known before anything is graded."""
        kept = sum(not one.absent for one in plan.staying)
        return cls(kept=kept, removed=tuple(one.id for one in plan.leaving if not one.absent))

    def count(self, handed: Handed, before: Handed | None, digests: Mapping[str, str], sha256: str) -> None:
        """Count one submission that was graded.

        Args:
            handed: where it came from.
            before: what was in the folder in its place.
            digests: SHA-256 digests of the files before, by id.
            sha256: the digest of its file now.
        """
        if handed.absent:
            return
        if before is None:
            self.added.append(handed.id)
        elif digests.get(before.id) == sha256:
            self.again += 1
        else:
            self.replaced.append(handed.id)
            if _place(before) != _place(handed):
                now, then = (one.member or one.path for one in (handed, before))
                self.moved.append(f"{handed.id}: {now} is in place of {then}")

    @property
    def joins(self) -> bool:
        """Whether the folder had submissions before."""
        return bool(self.replaced or self.again or self.kept or self.removed)

    def __str__(self) -> str:
        """Return `added 1, kept 39`."""
        counts = {
            "added": len(self.added), "replaced": len(self.replaced), "graded again": self.again,
            "kept": self.kept, "removed": len(self.removed),
        }  # fmt: skip
        return ", ".join(f"{what} {count:,}" for what, count in counts.items() if count)


def joined(earlier: Sequence[Handed], named: Sequence[Handed], *, only: bool = False) -> Plan:
    """Plan how a results folder and newly named submissions become one class.

    A submission takes the place of an earlier one with its id, of the same file, or of the same student of
    a roster. Who has handed in nothing according to the roster, but is in the folder, stays. Everything
    keeps its position and what is new comes last; where nothing stays, the order is that of `named`.

    Args:
        earlier: what is in the folder, in its order.
        named: what is to be graded.
        only: let nothing stay that is not named.

    Returns:
        the plan of the new folder.

    Raises:
        UsageError: an id means one student in the folder and another one now.
    """
    roster = {one.student.id: one.student for one in named if one.student and one.listed}
    earlier_ids = {} if only else _roster_ids(earlier, roster)
    named = [*_told_apart(earlier, named)]
    there = {_key(earlier_ids.get(one.id, one.id)) for one in earlier if not (only or one.absent)}
    work = [one for one in named if not (one.absent and _key(one.id) in there)]
    ids = {_key(one.id): one.id for one in work}
    places = {_place(one): one.id for one in work if not one.absent}
    taken = {
        one.id: ids.get(_key(one.id)) or places.get(_place(one)) or ids.get(_key(earlier_ids.get(one.id, "")))
        for one in earlier
    }
    before = {new: one for one in earlier if (new := taken[one.id]) and not one.absent}
    if not only:
        work = [_known(one, before.get(one.id), roster) for one in work]
        _check_students(earlier, work, before)
    staying = () if only else tuple(one for one in earlier if not taken[one.id])
    relisted = tuple(_relisted(staying, roster, earlier_ids)) if roster else ()
    order = [taken[one.id] or one.id for one in earlier] if staying else []
    kept = dict.fromkeys([*order, *(one.id for one in work)])
    left = {one.id for one in before.values()}
    leaving = tuple(one for one in earlier if one.id not in kept and one.id not in left)
    return Plan(tuple(kept), tuple(work), before, staying, relisted, leaving)


# ---------------------------------------------------------------- what is the same


def _key(name: str) -> str:
    """Return the id as a file system without case compares it; ids share a page if this is equal."""
    return name.casefold()


def _place(handed: Handed) -> tuple[str, str | None, str]:
    return os.path.abspath(handed.path), handed.member, handed.within  # noqa: PTH100  # as `submissions.places`


def _told_apart(earlier: Sequence[Handed], named: Sequence[Handed]) -> Iterator[Handed]:
    """Yield the submissions, with another id where a file has the name of another student's."""
    there = {_key(one.id): one for one in earlier}
    taken = there.keys() | {_key(one.id) for one in named}
    for one in named:
        old = there.get(_key(one.id))
        if old is None or _may_be_of_one_sender(old, one):
            yield one
            continue
        wish = safe_id("-".join((*(one.sender or [_folder(one)]), one.id)))
        numbered = (f"{wish}-{number}" for number in itertools.count(2))
        names = itertools.chain([wish], numbered)
        chosen = next(
            name for name in names if _key(name) not in taken or _is_earlier(there.get(_key(name)), one)
        )
        taken.add(_key(chosen))
        yield replace(one, id=chosen)


def _is_earlier(old: Handed | None, new: Handed) -> bool:
    """Return whether a submission in the folder under another id has the same file name and sender."""
    return old is not None and _stem(old) == _stem(new) and _may_be_of_one_sender(old, new)


def _may_be_of_one_sender(old: Handed, new: Handed) -> bool:
    """Return whether two submissions of one id can be from one student, by their folders."""
    if old.student or new.student or _place(old) == _place(new) or not (old.sender or new.sender):
        return True
    if not (old.sender and new.sender) and _key(new.id) in {*map(_key, old.sender or new.sender)}:
        return True  # one lies loose, and is called as the folder of the other
    ours, theirs = ({*map(_key, one.sender or [_folder(one)])} for one in (old, new))
    return ours <= theirs or theirs <= ours


def _folder(handed: Handed) -> str:
    return Place(handed.path, handed.member, within=handed.within).folder


def _stem(handed: Handed) -> str:
    return handed.file.rpartition(".")[0]


def _roster_ids(earlier: Sequence[Handed], roster: Mapping[str, Student]) -> dict[str, str]:
    """Return the roster ids of students who are in the folder under another id."""
    classmates = Classmates([*roster.values()])
    strangers = (one for one in earlier if not (one.student and one.student.id in roster))
    found = ((one.id, classmates.first(_perhaps(one))) for one in strangers)
    return {name: student.id for name, student in found if student}


def _relisted(
    staying: Iterable[Handed], roster: Mapping[str, Student], earlier_ids: Mapping[str, str]
) -> Iterator[Handed]:
    """Yield the submissions whose place in the roster changes."""
    for one in staying:
        listed = one.id in earlier_ids or bool(one.student and one.student.id in roster)
        if one.listed is not listed:
            yield replace(one, listed=listed)


def _perhaps(handed: Handed) -> Iterator[Student]:
    """Yield the students who may have handed in a submission."""
    if handed.student:
        yield handed.student
    else:
        place = Place(handed.path, handed.member, within=handed.within)
        names = handed.sender or (place.zip, place.folder, place.stem)
        yield from map(Student, filter(None, names))


def _known(handed: Handed, before: Handed | None, roster: Mapping[str, Student]) -> Handed:
    """Return the submission with the student who was known before, where nothing says so now."""
    if handed.student is None and before is not None and before.student is not None:
        listed = before.student.id in roster if roster else before.listed
        return replace(handed, student=before.student, listed=listed)
    return handed


# ---------------------------------------------------------------- what is not


def _check_students(earlier: Sequence[Handed], work: Sequence[Handed], before: dict[str, Handed]) -> None:
    """Refuse to let a submission take the place of somebody else's.

    Raises:
        UsageError: it would, or may, since files of its name are of several students.
    """
    stems = Counter(map(_stem, earlier))
    for one in work:
        old = before.get(one.id)
        if old is None or _place(old) == _place(one):
            continue
        unnamed = one.student is None and safe_id(_stem(one)) == one.id and stems[_stem(one)] > 1
        strangers = one.student and old.student and not _may_be_one(one.student, old.student)
        if unnamed or strangers:
            raise UsageError(
                f"{one.member or one.path}: it may be of another student than {old.member or old.path}, "
                f"which was graded as {old.id}\n"
                "  Name both at once, or a folder that has both, so that they are told apart."
            )


def _may_be_one(one: Student, other: Student) -> bool:
    """Return whether no number of a learning system shows that they are two people."""
    return all(other.keys.get(key, number) == number for key, number in one.keys.items())
