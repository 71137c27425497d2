"""Tries whether student code can read what is private."""

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
"""Modules of a folder that are tried one by one; of one that is read, only they may be."""


def exposed(sandbox: Sandbox, private: Iterable[Path]) -> Path | None:
    """The first of these files and folders that student code can read. Of one to come, its folder is tried.

    Raises:
        SandboxError: the sandbox broke down.
    """
    paths = [path for each in private for path in _places(each)]
    [run] = sandbox.run(PROGRAM, [Call("opened", ([*map(os.fsencode, paths)],))])
    for path, found in zip(paths, _answers(run), strict=True):
        there = path.stat()
        if found == (there.st_dev, there.st_ino):  # not a folder that only has the name, on the way to others
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
