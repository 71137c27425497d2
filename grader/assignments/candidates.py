"""Find the assignments that a notebook may be of: in a course, beside the notebook, in the package."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import grader
from grader.assignments.course import Course
from grader.assignments.handout import NAME, Handout, read_handout
from grader.errors import UsageError, did_you_mean
from grader.models.assignment import Wanted
from grader.notebooks.assignment_detection import (
    Traits,
    marked_functions,
    recognise,
    traits_of_assignment,
)

OLDER = "public_cases.h5"
"""The file that marks a folder released before there was a file for `grader check`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An assignment, with the course folder that defines it or the handout that students received.

    `traits` tell its notebooks from others. `outdated` marks a folder that was handed out without the file
    that `grader check` needs.
    """

    name: str
    root: Path
    traits: Traits
    handout: Handout | None = None
    outdated: bool = False


def candidates(course: Course | None, folders: Sequence[Path]) -> list[Candidate]:
    """Return the available assignments, the nearest first and one for each name.

    Args:
        course: an instructor's course with solutions, if there is one.
        folders: folders that students may have received.

    Returns:
        the candidates.

    Raises:
        AssignmentError: a file that students received cannot be read.
    """
    nearest: dict[str, Candidate] = {}
    found = (*_of_course(course), *_handed_out(folders), *_handed_out(_shipped()), *_outdated(folders))
    for candidate in found:
        nearest.setdefault(candidate.name, candidate)
    return list(nearest.values())


def chosen(available: Sequence[Candidate], name: str | None, notebook: Traits, file: str) -> Candidate:
    """Return the candidate with a name, or else the one that a notebook is of.

    Args:
        available: the candidates; of several that it may be of, the first is taken.
        name: the name, if it is known.
        notebook: the traits of the notebook.
        file: the name of its file.

    Returns:
        the candidate.

    Raises:
        UsageError: there is none, or its folder is outdated.
    """
    named = {candidate.name: candidate for candidate in available}
    recognised = recognise(notebook, {candidate.name: candidate.traits for candidate in available}, file)
    found = name or next(iter((*recognised.names, *recognised.perhaps)), "")
    if found in named and named[found].outdated:
        raise UsageError(
            f"{named[found].root / OLDER}: it was released by an earlier version of grader\n"
            f"  Ask your instructor for the folder again, as `grader release {found}` writes it now."
        )
    if found in named:
        return named[found]
    what = f"there is no assignment {name} here" if name else "it has graded functions of no assignment here"
    raise UsageError(
        f"{file}: {what}\n"
        f"  {did_you_mean(name, named) if name else ''}Keep it in the folder that you received it in, "
        f"or name one with --assignment: {', '.join(named)}."
    )


def _traits(name: str, functions: Iterable[str]) -> Traits:
    return traits_of_assignment(name, Wanted(tuple(functions), {}, {}))


def _of_course(course: Course | None) -> Iterator[Candidate]:
    if course is not None:
        from grader.assignments.loader import solution_cells  # only here: students have no course

        for name in course.names():
            functions = marked_functions(solution_cells(course.solution(name)))
            yield Candidate(name, course.root, _traits(name, functions))


def _handed_out(folders: Sequence[Path]) -> Iterator[Candidate]:
    for folder in folders:
        if (folder / NAME).is_file():
            handout = read_handout(folder / NAME)
            yield Candidate(handout.name, folder, traits_of_assignment(handout.name, handout.wanted), handout)


def _outdated(folders: Sequence[Path]) -> Iterator[Candidate]:
    for folder in folders:
        if (folder / OLDER).is_file() and not (folder / NAME).exists():
            from grader.public_tests.case_file import read_public  # only here: h5py is slow to import

            with contextlib.suppress(OSError, KeyError):
                functions = [exercise.name for exercise in read_public(folder / OLDER)]
                name = folder.resolve().name
                yield Candidate(name, folder, _traits(name, functions), outdated=True)


def _shipped() -> list[Path]:
    """Return the students' folders of the exercises that come with the package."""
    package = Path(grader.__file__).parent
    inside = package / "exercises"  # in a checkout they are beside the package
    return sorted((inside if inside.is_dir() else package.parent / "assignments").glob("*/"))
