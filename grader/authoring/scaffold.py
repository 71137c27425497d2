"""Create a small assignment that works as it is, for an instructor to edit."""

from __future__ import annotations

import re
from pathlib import Path

from grader.assignments.course import Course
from grader.errors import AssignmentError
from grader.files.atomic_files import write_atomically

TEMPLATES = Path(__file__).with_name("template")
KINDS = tuple(sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir()))
"""The kinds of assignment that there is a template of."""


def make_new(course: Course, name: str, kind: str = "function") -> list[Path]:
    """Write the solution, test cases, broken and accepted versions of a new assignment.

    Args:
        course: the course folder.
        name: the name of the assignment.
        kind: what it is an example of, one of `KINDS`.

    Returns:
        the paths that were written.

    Raises:
        AssignmentError: the name is invalid or taken, or a file cannot be written.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise AssignmentError(
            f"{name!r} is no name for an assignment\n  Use small letters, digits and _, a letter first."
        )
    template = TEMPLATES / kind
    paths = {
        _place(course, name, source.relative_to(template)): source
        for source in sorted(template.rglob("*"))
        if source.is_file() and "__pycache__" not in source.parts
    }
    for path in paths:
        if path.exists():
            raise AssignmentError(f"{path}: it is there already\n  Choose another name, or remove it.")
    for path, source in paths.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, source.read_bytes())
        except OSError as error:
            raise AssignmentError(
                f"{path}: {error.strerror}\n  Choose a folder that you can write to."
            ) from None
    return list(paths)


def _place(course: Course, name: str, relative: Path) -> Path:
    """Return the path of a template's file in the course: solution, test cases, or a file beside these."""
    if relative == Path("solution.py"):
        return course.root / "solutions" / f"{name}.py"
    if relative == Path("testcases.py"):
        return course.testcases(name)
    folder, *rest = relative.parts
    return course.root / folder / name / Path(*rest)
