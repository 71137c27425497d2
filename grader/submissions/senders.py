"""Find the folders and zips that are one student's own, inside of which names identify nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from grader.submissions.file_kinds import Kind, is_nobodys
from grader.submissions.folder_owners import Names
from grader.submissions.lms_filenames import Claim
from grader.submissions.places import Place


class Seen(NamedTuple):
    """A file with the names on its path, of which `root` were typed, and the claims that they make."""

    place: Place
    names: Names
    root: int
    said: Sequence[Claim]

    @property
    def depth(self) -> int:
        """Return the number of names up to the one that identifies the student."""
        return self.said[0].depth if self.said else len(self.names)


class Senders:
    """What neighbours show of a folder or zip.

    Learning systems name all files side by side. So a folder with such names in it is a student's, who made
    them up, if it is beside students' folders without any and has no such folders in it; or if it is among at
    least as many loose notebooks as the students it names. Each named path, as in `submissions/*`, may be a
    class's: there folders count as notebooks do. In nbgrader's `submitted/` each folder is a student's.
    """

    def __init__(self, seen: Sequence[Seen]) -> None:
        self._said: defaultdict[Names, set[str]] = defaultdict(set)
        self._plain: set[Names] = set()
        self._loose: Counter[Names] = Counter()
        self._submitted: set[Names] = set()
        for one in seen:
            self._count(one)
        plain = (folder for folder in self._plain if folder not in self._said and not is_nobodys(folder[-1]))
        self._neighbours = Counter(folder[:-1] for folder in plain)

    def _count(self, one: Seen) -> None:
        place, names, root, said = one
        if said:
            for depth in range(root, one.depth):
                self._said[names[:depth]] |= {claim.student.id for claim in said}
            if names[one.depth - 1] == "submitted":
                self._submitted.add(names[: one.depth])
        elif place.kind >= Kind.DOCUMENT and not is_nobodys(names[-1]):
            self._plain.update(names[:depth] for depth in range(root, len(names)))
            self._loose[names[:-1]] += place.kind is Kind.NOTEBOOK

    def own(self, one: Seen) -> Names | None:
        """Return the outermost folder on a file's path that is a student's own, whatever names are inside."""
        for depth in range(max(one.root, 1), min(one.depth, len(one.names))):
            folder = one.names[:depth]
            if folder[:-1] in self._submitted or self._is_students(folder, typed=depth == one.root):
                return folder
        return None

    def _is_students(self, folder: Names, *, typed: bool) -> bool:
        if not (said := len(self._said.get(folder, ()))):
            return False
        neighbours, loose = self._neighbours[folder[:-1]], self._loose[folder[:-1]]
        if typed:
            return neighbours + loose >= said
        return (neighbours > 0 and not self._neighbours[folder]) or loose + self._loose[folder] >= said
