"""Which student of a roster a name means, if it means just one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from grader.models.submission import Student


class Classmates:
    """The students of a roster, by all that they are called."""

    def __init__(self, students: Sequence[Student]) -> None:
        self._called: dict[tuple[str, str], Student | None] = {}
        for student in students:
            for key in set(_certain(student)) | set(_by_name(_rotations(student.name))):
                self._called[key] = None if key in self._called else student

    def find(self, known: Student) -> Student | None:
        """The student of whom something is known; None when nobody or more than one could be meant.

        What a learning system numbers counts most, then ids and addresses, then the name.
        """
        name = _by_name([known.name or known.id])
        found = (self._called.get(key) for key in (*_certain(known), *name))
        return next((student for student in found if student and agree(student, known)), None)

    def first(self, perhaps: Iterable[Student]) -> Student | None:
        """The student whom the first of several that is known means."""
        return next(filter(None, map(self.find, perhaps)), None)


def _certain(student: Student) -> Iterator[tuple[str, str]]:
    for key in ("canvas", "moodle"):
        if key in student.keys:
            yield key, student.keys[key]
    for text in (student.email, student.id, student.keys.get("login"), student.keys.get("sis")):
        if text:
            yield "id", text.casefold()


def _by_name(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names without what spellings differ in: case, accents, spaces and marks."""
    for name in names:
        decomposed = unicodedata.normalize("NFKD", name).casefold()
        if letters := "".join(character for character in decomposed if character.isalnum()):
            yield "name", letters


def _rotations(name: str) -> Iterator[str]:
    """`Ada King Lovelace` as it is and with each part first: which is the family's differs."""
    parts = name.replace(",", " ").split()
    for i in range(len(parts)):
        yield " ".join(parts[i:] + parts[:i])


def agree(student: Student, known: Student) -> bool:
    """Whether no number of a learning system says that they are two people."""
    return all(student.keys.get(key, number) == number for key, number in known.keys.items())
