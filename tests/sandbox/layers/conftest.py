"""Runs scripts in fresh interpreters, since what the layers do to a process cannot be undone."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from ordinary import ORDINARY_USER, copied, public_folder, python_for

from grader.sandbox import layers

REFUSED = "not available here:"

PRELUDE = f"""
import errno, os, resource, socket, sys, time
sys.path.insert(0, sys.argv[1])  # the layers alone, without the packages around them
from layers import landlock, mounts, namespaces, rlimits, seccomp, self_test, syscalls

def refusal(attempt, *arguments):
    try:
        attempt(*arguments)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "allowed"

def needed(attempt, *arguments):
    try:
        return attempt(*arguments)
    except OSError as error:
        print("{REFUSED}", attempt.__module__, error.strerror, flush=True)
        os._exit(0)

def limit():
    rlimits.apply(rlimits.Limits(memory=64 << 20, cpu=1), rlimits.footprint())

def read_only_below(*paths):
    needed(landlock.abi)
    namespaces.forbid_new_privileges()
    landlock.restrict_self(landlock.ruleset(paths))

def filter_calls():
    namespaces.forbid_new_privileges()
    needed(seccomp.install, seccomp.assemble(os.uname().machine))

def show_only(*paths):
    needed(namespaces.isolate)
    needed(mounts.enter, paths)

def be_ordinary():
    if os.geteuid() == 0:
        namespaces.become({ORDINARY_USER})
"""

Run = Callable[[str], list[str]]
_python_for = cache(python_for)


@pytest.fixture(params=["whoever runs the tests", "an ordinary user"])
def run(request: pytest.FixtureRequest, only_layers: Path) -> Run:
    """Return a function from a script to the lines it prints; the script must exit with 0.

    The test is skipped where the kernel refuses what the script calls as `needed`.
    """
    if sys.platform != "linux":
        pytest.skip("the layers are Linux only")
    user = ORDINARY_USER if request.param == "an ordinary user" else None
    if user is not None and os.geteuid() != 0:
        pytest.skip("only root can become another user")
    return lambda script: _lines(script, only_layers, user)


@pytest.fixture(scope="session")
def only_layers() -> Iterator[Path]:
    """A folder with a copy of the layers, which an ordinary user may read wherever ours are."""
    with public_folder() as folder:
        copied(Path(layers.__file__).parent, folder)
        yield folder


def _lines(script: str, only_layers: Path, user: int | None) -> list[str]:
    command = [_python_for(user), "-I", "-B", "-S", "-c", PRELUDE + textwrap.dedent(script), str(only_layers)]
    groups: list[int] | None = [] if user is not None else None
    done = subprocess.run(
        command,
        user=user,
        group=user,
        extra_groups=groups,
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr or f"the script ended with {done.returncode}"
    if done.stdout.startswith(REFUSED):
        pytest.skip(done.stdout.strip())
    return done.stdout.splitlines()


@pytest.fixture(name="public_folder")
def _public_folder() -> Iterator[Path]:
    """A folder that an ordinary user may walk into; pytest's own are root's alone."""
    with public_folder() as folder:
        yield folder
