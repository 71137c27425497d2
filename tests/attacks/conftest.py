"""Arenas at every level that counts as isolated, as whoever runs the tests and as an ordinary user."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

import grader
from grader.errors import IsolationError
from grader.sandbox.forkserver import ForkServer

from . import arena
from .arena import LEVELS, TIMEOUT, Arena, Bout

ORDINARY_USER = 12345
SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="session")
def arena_at() -> Iterator[Callable[[str], Arena]]:
    """A function from a level to the tiny assignment in a sandbox of that level."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANTED", "in the environment of the grader")

        @cache
        def enter(level: str) -> Arena:
            try:
                return Arena(stack.enter_context(ForkServer(TIMEOUT, "strong", LEVELS[level])))
            except IsolationError as error:
                pytest.skip(str(error))

        yield enter


@pytest.fixture(scope="session")
def bouts_of_a_user() -> Mapping[str, Bout]:
    """What became of every attack when an ordinary user graded."""
    if os.geteuid() != 0:
        pytest.skip("the tests are run by an ordinary user already")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [_python_of_a_user(Path(folder)), "-m", "attacks.user"],
            user=ORDINARY_USER,
            group=ORDINARY_USER,
            extra_groups=[],
            cwd="/",
            env={"PYTHONPATH": os.pathsep.join(_import_path()), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
            capture_output=True,
            text=True,
        )
    if done.returncode == arena.NOT_ISOLATED:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr[-5000:]
    return {name: Bout(**fields) for name, fields in json.loads(done.stdout).items()}


def _import_path() -> list[str]:
    return [str(Path(__file__).parents[1]), str(Path(grader.__file__).parents[1])]


def _python_of_a_user(folder: Path) -> str:
    """An interpreter with our packages that an ordinary user may run."""
    if _runs(sys.executable, "import numpy, nbformat"):
        return sys.executable
    if not _runs(SYSTEM_PYTHON, f"import sys; assert sys.version_info[:2] == {tuple(sys.version_info[:2])}"):
        pytest.skip(
            f"no Python {sys.version_info.major}.{sys.version_info.minor} that an ordinary user may run"
        )
    subprocess.run([SYSTEM_PYTHON, "-m", "venv", "--without-pip", folder], check=True)
    python = str(folder / "bin" / "python")
    ours = Path(sysconfig.get_path("purelib"))
    theirs = folder / ours.relative_to(sys.prefix)
    for entry in ours.iterdir():
        if entry.suffix != ".pth":
            (theirs / entry.name).symlink_to(entry)
    if not _runs(python, "import numpy, nbformat"):
        shutil.rmtree(folder)
        pytest.skip("an ordinary user may not read the packages that are installed")
    return python


def _runs(python: str, statement: str) -> bool:
    try:
        done = subprocess.run(
            [python, "-B", "-c", statement],
            check=False,
            user=ORDINARY_USER,
            cwd="/",
            env={},
            capture_output=True,
        )
    except OSError:
        return False
    return done.returncode == 0
