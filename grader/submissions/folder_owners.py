"""Whose a file is that no name of a learning system says anything of: by where it lies beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from grader.submissions.file_kinds import Kind, is_nobodys, original
from grader.submissions.places import Place

Names = tuple[str, ...]


class Owner(NamedTuple):
    """A student who is known by a folder or a zip, or by the stem of files that lie loose in one."""

    folder: Names
    stem: str = ""


_FLAT = 3
"""So many notebooks side by side are a class, each with its author's own; fewer are one student's."""


class Folders:
    """The folders and zips below a root, as far as they say whose the files in them are.

    A folder with a notebook or two in it is a student's, with all that is below it. So is one without any
    whose neighbours have some: then there is a student who sent something else. What lies loose among the
    notebooks of a class is somebody's if it is a document or a script; the rest is nobody's.
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
        """How many folders deep the class begins, where there is nothing but a folder with it."""
        if len(self._below[folder]) != 1 or max(self._kinds[folder], default=Kind.DATA) > Kind.DATA:
            return 0
        inside = (*folder, *self._below[folder])
        loose = [kind for kind in self._kinds[inside] if kind > Kind.DATA]
        is_class = loose.count(Kind.NOTEBOOK) > 1 or not loose
        return 1 + self._hollow(inside) if is_class else 0

    def owner(self, place: Place, names: Names) -> Owner | None:
        """Whose a file is; None for a file of nobody."""
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
            return None  # what the notebooks of the class read
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
