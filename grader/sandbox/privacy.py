"""Test whether student code can read private files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from grader.errors import SandboxError
from grader.models.execution import Call, Program, Run, Statement, Status
from grader.sandbox import Sandbox

PROGRAM = Program(
    (
        Statement(
            1,
            1,
            """\
import os
def opened(paths):
    return [identity(path) for path in paths]
def identity(path):
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return None
    found = os.fstat(descriptor)
    os.close(descriptor)
    return found.st_dev, found.st_ino
""",
        ),
    )
)

MOST = 100
"""Modules of a folder that are tested one by one: they may be readable although the folder is not."""


def exposed(sandbox: Sandbox, private: Iterable[Path]) -> Path | None:
    """Return the first private file or folder that student code can read.

    Args:
        sandbox: the sandbox to test.
        private: files and folders; for one that does not exist, its nearest existing parent is tested.

    Returns:
        the path, or None.

    Raises:
        SandboxError: the sandbox broke down.
    """
    paths = [path for each in private for path in _places(each)]
    [run] = sandbox.run(PROGRAM, [Call("opened", ([*map(os.fsencode, paths)],))])
    for path, found in zip(paths, _answers(run), strict=True):
        there = path.stat()
        if found == (there.st_dev, there.st_ino):  # else an empty folder on the way to a mount
            return path
    return None


def _answers(run: Run) -> list[object]:
    if run.status != Status.RETURNED or not isinstance(run.value, list):
        raise SandboxError(f"the sandbox broke down: what is private could not be tried ({run.status})")
    return run.value


def _places(path: Path) -> Iterator[Path]:
    path = path.absolute()
    while not path.exists():
        path = path.parent
    yield path
    if path.is_dir():
        yield from islice(path.glob("*.py"), MOST)
