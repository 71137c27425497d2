"""Locate the files of each assignment in a course folder."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import grader
from grader.assignments.checksums import data_in
from grader.errors import AssignmentError, did_you_mean

CHECKOUT = Path(grader.__file__).parents[1]
"""The course of the shipped exercises in a checkout, beside the package."""

SHIPPED = "grader_course"
"""The package that `numpy-grader-course` installs; students do not have it."""


HELPERS = "helpers"
"""The folder, among the other versions, of modules that only tests import."""


@dataclass(frozen=True, slots=True)
class Course:
    """A folder with `solutions/` and `testcases/`, which hold a file named after each assignment.

    `shipped` marks the course of the shipped exercises, which users do not write to.
    """

    root: Path
    shipped: bool = False

    def names(self) -> list[str]:
        """Return the assignments that have both a solution and test cases."""
        tested = [path.stem for path in _files(self.root / "testcases")]
        return [name for name in tested if self.solution(name).is_file()]

    def check_has(self, name: str) -> None:
        """Check that an assignment exists.

        Raises:
            AssignmentError: it does not; the message lists those that do.
        """
        if self.shipped and not _is_course(self.root):
            raise AssignmentError(
                "The exercises that come with grader are not installed: in a clone of the project type "
                "`pip install . ./course`, or name a course folder with --course DIR."
            )
        for path in (self.solution(name), self.testcases(name)):
            if not path.is_file():
                present = self.names()
                known = f"Assignments in {self.root}: {', '.join(present) or 'none'}."
                raise AssignmentError(
                    f"{path}: there is no such file\n"
                    f"  {did_you_mean(name, present)}{known} Make a new one with: grader new {name}"
                )

    def solution(self, name: str) -> Path:
        """Return the path of the reference: a percent-format script, or a notebook."""
        script = self.root / "solutions" / f"{name}.py"
        return script if script.exists() else script.with_suffix(".ipynb")

    def testcases(self, name: str) -> Path:
        """Return the path of the test case generators."""
        return self.root / "testcases" / f"{name}.py"

    def edition(self, name: str, edition: str) -> Path:
        """Return the path of the functions that an earlier edition of an assignment has instead.

        Args:
            name: the assignment.
            edition: the name of the edition.

        Returns:
            the path.

        Raises:
            AssignmentError: there is no such file.
        """
        path = self.testcases(name).with_suffix("") / "editions" / f"{edition}.py"
        if not path.is_file():
            raise AssignmentError(
                f"{path}: there is no such file, and EDITIONS in {self.testcases(name)} names it\n"
                "  Write into it the functions that differ in that edition, as its solution has them."
            )
        return path

    def versions(self, name: str, kind: str) -> list[Path]:
        """Return the paths of other versions of an assignment's functions.

        Args:
            name: the assignment.
            kind: `broken` or `accepted`.

        Returns:
            the files, sorted.
        """
        return _files(self.testcases(name).with_suffix("") / kind)

    def provided(self, name: str) -> list[Path]:
        """Return the paths of the modules that an assignment hands out, those in packages too."""
        return [path for path in data_in(self.root / "solutions" / name) if path.suffix == ".py"]

    def helpers(self, name: str) -> list[Path]:
        """Return the paths of the modules that only tests with assertions of their own import."""
        return [path for path in data_in(self.helpers_folder(name)) if path.suffix == ".py"]

    def helpers_folder(self, name: str) -> Path:
        """Return the folder of these modules."""
        return self.folders(name)[1] / HELPERS

    def folders(self, name: str) -> tuple[Path, Path]:
        """Return the folders with an assignment's modules and with its other versions and data."""
        return self.root / "solutions" / name, self.root / "testcases" / name


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.py") if path.is_file())


def own_course(start: Path, explicit: Path | None = None) -> Course | None:
    """Return the course that `explicit` names, or that `start` is in.

    Args:
        start: a folder.
        explicit: a course folder that the user named.

    Returns:
        the course, or None if `start` is in none.

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
    """Return the course that `explicit` names, or that `start` is in, or else the shipped one.

    Args:
        start: a folder.
        explicit: a course folder that the user named.

    Returns:
        the course.

    Raises:
        AssignmentError: `explicit` is not a course folder.
    """
    return own_course(start, explicit) or shipped_course()


def shipped_course() -> Course:
    """Return the course of the shipped exercises, a distribution of its own that may not be installed."""
    if _is_course(CHECKOUT):
        return Course(CHECKOUT, shipped=True)
    installed = importlib.util.find_spec(SHIPPED)
    folders = installed.submodule_search_locations if installed else None
    return Course(Path(folders[0]) if folders else CHECKOUT, shipped=True)


def _is_course(folder: Path) -> bool:
    return (folder / "solutions").is_dir() and (folder / "testcases").is_dir()
