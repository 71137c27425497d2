"""Course folders: where the files of each assignment are."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import grader
from grader.errors import AssignmentError, did_you_mean

CHECKOUT = Path(grader.__file__).parents[1]
"""Where the course of the shipped exercise stands beside the package, unless both are installed."""

SHIPPED = "grader_course"
"""The package that `numpy-grader-course` installs; students do not have it."""


@dataclass(frozen=True, slots=True)
class Course:
    """A folder with `solutions/` and `testcases/`, an assignment's name standing in each.

    `shipped` marks the one of the shipped exercise, which is not the user's to write to.
    """

    root: Path
    shipped: bool = False

    def names(self) -> list[str]:
        """The assignments that have both a solution and test cases."""
        asked = [path.stem for path in _files(self.root / "testcases")]
        return [name for name in asked if self.solution(name).is_file()]

    def check_has(self, name: str) -> None:
        """See that an assignment is there.

        Raises:
            AssignmentError: it is not; the text says which are.
        """
        if self.shipped and not _is_course(self.root):
            raise AssignmentError(
                "The exercise that comes with grader is not installed: in a clone of the project type "
                "`pip install . ./course`, or name a course folder with --course DIR."
            )
        for path in (self.solution(name), self.testcases(name)):
            if not path.is_file():
                there = self.names()
                known = f"Assignments in {self.root}: {', '.join(there) or 'none'}."
                raise AssignmentError(
                    f"{path}: there is no such file\n"
                    f"  {did_you_mean(name, there)}{known} Make a new one with: grader new {name}"
                )

    def solution(self, name: str) -> Path:
        """The reference: a percent-format script, or a notebook."""
        script = self.root / "solutions" / f"{name}.py"
        return script if script.exists() else script.with_suffix(".ipynb")

    def testcases(self, name: str) -> Path:
        """The generators of an assignment's test cases."""
        return self.root / "testcases" / f"{name}.py"

    def versions(self, name: str, kind: str) -> list[Path]:
        """Other versions of an assignment's functions; `kind` is `broken` or `accepted`."""
        return _files(self.testcases(name).with_suffix("") / kind)

    def provided(self, name: str) -> list[Path]:
        """The modules that an assignment hands out as they are."""
        return _files(self.root / "solutions" / name)

    def folders(self, name: str) -> tuple[Path, Path]:
        """Where an assignment has its modules, the other versions of its functions, and its data."""
        return self.root / "solutions" / name, self.root / "testcases" / name


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.py") if path.is_file())


def own_course(start: Path, explicit: Path | None = None) -> Course | None:
    """The course that `explicit` names, or that `start` is in, if it is in one.

    Raises:
        AssignmentError: `explicit` is not a course folder.
    """
    if explicit is not None:
        if not _is_course(explicit):
            raise AssignmentError(
                f"{explicit} is not a course folder: it has no solutions/ and testcases/.\n"
                "  Name another, or start one in an empty folder with: grader new NAME"
            )
        return Course(explicit)
    nearest = next((folder for folder in (start, *start.parents) if _is_course(folder)), None)
    return Course(nearest) if nearest is not None else None


def find_course(start: Path, explicit: Path | None = None) -> Course:
    """The course that `explicit` names, or that `start` is in, or else the one of the shipped exercise.

    Raises:
        AssignmentError: `explicit` is not a course folder.
    """
    return own_course(start, explicit) or shipped_course()


def shipped_course() -> Course:
    """The course of the shipped exercise. It is a distribution of its own, and may not be installed."""
    if _is_course(CHECKOUT):
        return Course(CHECKOUT, shipped=True)
    installed = importlib.util.find_spec(SHIPPED)
    folders = installed.submodule_search_locations if installed else None
    return Course(Path(folders[0]) if folders else CHECKOUT, shipped=True)


def _is_course(folder: Path) -> bool:
    return (folder / "solutions").is_dir() and (folder / "testcases").is_dir()
