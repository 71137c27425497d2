"""Infer the owners of files that no learning system named, from the folders they are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from grader.submissions.file_kinds import Kind, is_nobodys, original
from grader.submissions.places import Place

Names = tuple[str, ...]


class Owner(NamedTuple):
    """A student known by a folder or zip, or by the stem of loose files in one."""

    folder: Names
    stem: str = ""


_FLAT = 3
"""The fewest notebooks in a folder that are a class, one for each author; fewer are one student's."""


class Folders:
    """The folders and zips below a root, with the owners of their files as far as known.

    A folder with one or two notebooks is a student's, with all below it. So is one without notebooks whose
    neighbours have some: its student sent something else. A loose file among the notebooks of a class has an
    owner if it is a document or a script; the rest has none.
    """

    def __init__(self, root: int, files: Sequence[tuple[Place, Names]]) -> None:
        self._kinds: defaultdict[Names, list[Kind]] = defaultdict(list)
        self._below: defaultdict[Names, set[str]] = defaultdict(set)
        self._greatest: dict[Names, Kind] = {}
        for place, names in files:
            self._kinds[names[:-1]].append(Kind.DATA if is_nobodys(names[-1]) else place.kind)
            for depth in range(root, len(names)):
                folder = names[:depth]
                self._greatest[folder] = max(place.kind, self._greatest.get(folder, place.kind))
                if depth + 1 < len(names):
                    self._below[folder].add(names[depth])
        self._notebooks = {folder: kinds.count(Kind.NOTEBOOK) for folder, kinds in self._kinds.items()}
        self._root = root + self._hollow(files[0][1][:root]) if files else root

    def _hollow(self, folder: Names) -> int:
        """Return the depth at which the class begins, where outer folders hold nothing but the next one."""
        if len(self._below[folder]) != 1 or max(self._kinds[folder], default=Kind.DATA) > Kind.DATA:
            return 0
        inside = (*folder, *self._below[folder])
        loose = [kind for kind in self._kinds[inside] if kind > Kind.DATA]
        is_class = loose.count(Kind.NOTEBOOK) > 1 or not loose
        return 1 + self._hollow(inside) if is_class else 0

    def owner(self, place: Place, names: Names) -> Owner | None:
        """Return the owner of a file.

        Args:
            place: the file.
            names: the names on its path.

        Returns:
            the owner; None for a file of nobody.
        """
        for depth in range(self._root + 1, len(names)):
            folder = names[:depth]
            if self._is_students(folder):
                return Owner(folder)
            if self._greatest[folder] < Kind.NOTEBOOK:
                return self._without_notebook(names, depth)
        return self._loose(place, names)

    def _is_students(self, folder: Names) -> bool:
        return 0 < self._notebooks.get(folder, 0) < _FLAT

    def _without_notebook(self, names: Names, depth: int) -> Owner | None:
        folder, parent = names[:depth], names[: depth - 1]
        if is_nobodys(folder[-1]):
            return None
        if self._notebooks.get(parent) and self._greatest[folder] <= Kind.DATA:
            return None  # data that the notebooks of the class read
        neighbours = ((*parent, name) for name in self._below[parent])
        is_section = not self._kinds[folder] and len(self._below[folder]) > 1
        if is_section and depth + 1 < len(names) and not any(map(self._is_students, neighbours)):
            return self._without_notebook(names, depth + 1)
        return Owner(folder)

    def _loose(self, place: Place, names: Names) -> Owner | None:
        is_somebodys = place.kind not in {Kind.DATA, Kind.HELPER} and not is_nobodys(names[-1])
        if place.kind is Kind.NOTEBOOK or is_somebodys:
            return Owner(names[:-1], original(place.stem).casefold())
        return None
