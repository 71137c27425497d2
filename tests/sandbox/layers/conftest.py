"""Runs scripts in fresh interpreters, since what the layers do to a process cannot be undone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from grader.sandbox import layers

SANDBOX = Path(layers.__file__).parents[1]
ORDINARY_USER = 12345
REFUSED = "not available here:"

PRELUDE = f"""
import errno, os, resource, socket, sys, time
sys.path.insert(0, {str(SANDBOX)!r})  # the layers alone, without the packages around them
from layers import canaries, landlock, limits, mounts, namespaces, seccomp, syscalls

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
    limits.apply(limits.Limits(memory=64 << 20, cpu=1), limits.footprint())

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


@pytest.fixture(params=["whoever runs the tests", "an ordinary user"])
def run(request: pytest.FixtureRequest) -> Run:
    """Return a function from a script to the lines it prints; the script must exit with 0.

    The test is skipped where the kernel refuses what the script calls as `needed`.
    """
    if sys.platform != "linux":
        pytest.skip("the layers are Linux only")
    user = ORDINARY_USER if request.param == "an ordinary user" else None
    if user is not None and os.geteuid() != 0:
        pytest.skip("only root can become another user")
    return lambda script: _lines(script, user)


def _lines(script: str, user: int | None) -> list[str]:
    command = [_interpreter(user), "-I", "-B", "-S", "-c", PRELUDE + textwrap.dedent(script)]
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


@cache
def _interpreter(user: int | None) -> str:
    # Our own interpreter may be installed in a home directory that others cannot enter.
    for candidate in (sys.executable, "/usr/bin/python3"):
        try:
            subprocess.run([candidate, "-c", "import tomllib"], user=user, check=True)  # new in 3.11
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    pytest.skip("no Python that an ordinary user may run")


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that an ordinary user may walk into; pytest's own are root's alone."""
    with tempfile.TemporaryDirectory(prefix="layers-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
