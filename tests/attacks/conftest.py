"""Arenas at every level that counts as isolated, as whoever runs the tests and as an ordinary user."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from ordinary import ORDINARY_USER, copied, environment, public_folder

import grader
from grader.errors import IsolationError
from grader.sandbox.fork_server import ForkServer

from . import arena
from .arena import LEVELS, TIMEOUT, Arena, Bout


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
    with public_folder() as folder:
        python = environment(folder)
        for ours in (Path(grader.__file__).parent, Path(__file__).parent):
            copied(ours, folder / "code")
        done = subprocess.run(
            [python, "-m", "attacks.user"],
            user=ORDINARY_USER,
            group=ORDINARY_USER,
            extra_groups=[],
            cwd="/",
            env={"PYTHONPATH": str(folder / "code"), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
            capture_output=True,
            text=True,
        )
    if done.returncode == arena.NOT_ISOLATED:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr[-5000:]
    return {name: Bout(**fields) for name, fields in json.loads(done.stdout).items()}
