"""What an ordinary user may run and read: copies, since ours may lie below a folder that is root's alone.

So it is below the home of root, and below `.tox`, which tox keeps from everybody else.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from packaging.requirements import Requirement

ORDINARY_USER = 12345
PYTHONS = (sys.executable, getattr(sys, "_base_executable", ""), "/usr/bin/python3")
LEFT_OUT = shutil.ignore_patterns("__pycache__")


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that an ordinary user may walk into; pytest's own are root's alone."""
    with TemporaryDirectory(prefix="public-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def copied(source: Path, folder: Path) -> None:
    """Put a copy of a file or folder into a public folder, for everybody to read."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    target = folder / source.name
    if source.is_dir():
        shutil.copytree(source, target, ignore=LEFT_OUT)
    else:
        shutil.copy(source, target)
    subprocess.run(["chmod", "-R", "a+rX", target], check=True)


def python_for(user: int | None, statement: str = "import tomllib") -> str:
    """An interpreter with which a user can run a statement; the test is skipped where there is none."""
    for candidate in filter(None, PYTHONS):
        try:
            done = subprocess.run(
                [candidate, "-I", "-B", "-c", statement], user=user, cwd="/", check=False, capture_output=True
            )
        except OSError:
            continue
        if done.returncode == 0:
            return candidate
    pytest.skip("no Python that an ordinary user may run")


def environment(folder: Path) -> str:
    """The interpreter of a new environment in a public folder, with copies of the packages that we need.

    It is of the version of ours, which the packages were made for.
    """
    version = tuple(sys.version_info[:2])
    python = python_for(ORDINARY_USER, f"import sys; assert sys.version_info[:2] == {version}")
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    (theirs,) = folder.glob("lib/python*/site-packages")
    for entry in sorted(_required("numpy-grader")):
        copied(entry, theirs)
    return str(folder / "bin" / "python")


def _required(package: str) -> set[Path]:
    """What stands in site-packages of all that a package requires."""
    entries: set[Path] = set()
    seen, waiting = {package}, _requirements(package)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting |= _requirements(name)
            installed = distribution(name)
            tops = {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}
            entries.update(Path(str(installed.locate_file(top))) for top in tops)
    return entries


def _requirements(package: str) -> set[str]:
    """The names of the packages that one requires here, without any extra."""
    lines = map(Requirement, distribution(package).requires or ())
    return {line.name for line in lines if line.marker is None or line.marker.evaluate({"extra": ""})}
