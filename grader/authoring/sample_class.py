"""Make a small class of sample submissions of an assignment, from its solution and its other versions.

`testcases/NAME/samples/class.toml` may say what stands in whose notebook after the solution. Without it,
accepted and broken versions are spread over the class.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.assignments.definition import Definition
from grader.assignments.loader import text_of
from grader.errors import AssignmentError
from grader.notebooks.solution import read_solution, sample

WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>homework</title></head><body>Sign in</body></html>\n"

RIGHT = ("bela", "chidi")
"""The students whose work is right and written in another way."""

WRONG = ("fatima", "goran", "hana", "ivo", "jun", "kofi")

UNFINISHED = 0.6
"""The share of the functions that dora has written."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One student: files with cells that follow the solution, and the functions that are left blank in it."""

    cells: Sequence[Path] = ()
    blank: Sequence[str] = ()


def sample_class(definition: Definition) -> Mapping[str, bytes]:
    """Return the files of a small class, by name.

    Args:
        definition: the assignment.

    Returns:
        a dozen notebooks, one of which is a web page; fewer where the assignment has few versions.

    Raises:
        AssignmentError: class.toml is not as it should be.
    """
    solution = read_solution(definition.course.solution(definition.name))
    functions = definition.wanted.functions
    few = functions[round(UNFINISHED * len(functions)) :]
    students = {"ada": Sample(), "dora": Sample(blank=few), "emil": Sample(blank=functions)}
    students |= _declared(definition) or _spread(definition)
    files = {
        f"{name}.ipynb": sample(
            solution,
            set(functions) - set(student.blank) if student.blank else None,
            [text_of(path) for path in student.cells],
        )
        for name, student in sorted(students.items())
    }
    return {**files, "lena.ipynb": WEB_PAGE}


def _spread(definition: Definition) -> dict[str, Sample]:
    """Return students who have one other version each, evenly chosen."""
    return {
        name: Sample([path])
        for kind, names in (("accepted", RIGHT), ("broken", WRONG))
        for name, path in zip(
            names, _evenly(definition.course.versions(definition.name, kind), len(names)), strict=False
        )
    }


def _evenly(paths: Sequence[Path], number: int) -> Sequence[Path]:
    """Return some of the paths, evenly chosen; all if there are no more."""
    return paths if len(paths) <= number else [paths[i * len(paths) // number] for i in range(number)]


def _declared(definition: Definition) -> dict[str, Sample]:
    """Return the students of class.toml; none if there is no such file.

    Raises:
        AssignmentError: it cannot be read, or names a file that is not there.
    """
    folder = definition.course.folders(definition.name)[1]
    path = folder / "samples" / "class.toml"
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(text_of(path))
        students = {
            name: Sample([folder / f"{cell}.py" for cell in student["cells"]], student.get("blank", ()))
            for name, student in content.items()
        }
    except (tomllib.TOMLDecodeError, TypeError, KeyError, AttributeError) as error:
        is_toml = not isinstance(error, tomllib.TOMLDecodeError)
        raise AssignmentError(
            f"{path}: {'it is not a table for each student' if is_toml else error}\n"
            '  Write for instance: [fatima] and below it cells = ["broken/gradients_are_not_averaged"]'
        ) from None
    for student in students.values():
        for cell in student.cells:
            if not cell.is_file():
                raise AssignmentError(f"{path}: there is no {cell}\n  Name a file without its .py.")
    return students
