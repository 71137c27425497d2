"""Match what is known of a student with the one student of a roster that it means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from grader.models.submission import Student


class Classmates:
    """The students of a roster, by their ids and names."""

    def __init__(self, students: Sequence[Student]) -> None:
        self._called: dict[tuple[str, str], Student | None] = {}
        for student in students:
            for key in set(_certain(student)) | set(_by_name(_rotations(student.name))):
                self._called[key] = None if key in self._called else student

    def find(self, known: Student) -> Student | None:
        """Return the matching student; None if nobody or more than one could be meant.

        Numbers of learning systems take precedence, then ids and addresses, then names.
        """
        name = _by_name([known.name or known.id])
        found = (self._called.get(key) for key in (*_certain(known), *name))
        return next((student for student in found if student and agree(student, known)), None)

    def first(self, perhaps: Iterable[Student]) -> Student | None:
        """Return the student that the first match of several means."""
        return next(filter(None, map(self.find, perhaps)), None)


def _certain(student: Student) -> Iterator[tuple[str, str]]:
    for key in ("canvas", "moodle"):
        if key in student.keys:
            yield key, student.keys[key]
    for text in (student.email, student.id, student.keys.get("login"), student.keys.get("sis")):
        if text:
            yield "id", text.casefold()


def _by_name(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield keys of names without differences of spelling: case, accents, spaces and punctuation."""
    for name in names:
        decomposed = unicodedata.normalize("NFKD", name).casefold()
        if letters := "".join(character for character in decomposed if character.isalnum()):
            yield "name", letters


def _rotations(name: str) -> Iterator[str]:
    """Yield `Ada King Lovelace` with each part first, as the place of the family name differs."""
    parts = name.replace(",", " ").split()
    for i in range(len(parts)):
        yield " ".join(parts[i:] + parts[:i])


def agree(student: Student, known: Student) -> bool:
    """Return whether no number of a learning system shows that two are different people.

    Args:
        student: one of a roster.
        known: what is known of another.

    Returns:
        whether they may be the same.
    """
    return all(student.keys.get(key, number) == number for key, number in known.keys.items())
