"""Starts warm processes by exec. One may be started ahead: it gets ready while the grader is still imported.

This module therefore needs nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from grader.sandbox.environment import mapped_files, readable_paths, search_path
from grader.sandbox.layers.levels import Layer

PROGRAM = Path(__file__).with_name("zygote.py")
FORKED = sys.platform == "linux"
"""Whether children are forked from a warm process here."""

MEMORY = 512 << 20
"""Bytes that a child may use beyond what the zygote does."""

CPU_SECONDS = 300
"""A backstop behind the deadlines, for a child whose grader is gone."""

_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8:backslashreplace",  # half an emoji prints in Jupyter, so it does here
    "OPENBLAS_NUM_THREADS": "1",  # a child may not make threads: a BLAS that wants two would hang
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/dev/shm",  # noqa: S108  # the one folder that looks as if it could be written to
}

KERNELS = ("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES")
"""What a user may set to choose which kernels NumPy computes with: in every process, or answers differ."""

NAMES = re.compile(r"[A-Za-z0-9_, ]{1,200}")
"""Names of processors and of their features: nothing else passes to where student code runs."""

Config = Mapping[str, Any]
"""What a warm process is told first: its search path, what it imports from elsewhere, what children may
read and use, their layers.

One that is careful tries each layer in a process that may die of it.
"""


class Started(NamedTuple):
    """A warm process that has been told its configuration, and the grader's end of its control socket."""

    control: socket.socket
    process: subprocess.Popen[bytes]

    def end(self) -> None:
        """End it and, with it, every child."""
        self.control.close()
        self.process.kill()
        self.process.wait()


def environment() -> dict[str, str]:
    """The environment of every process that runs student code: the same for all, but for the kernels."""
    chosen = {name: os.environ[name] for name in KERNELS if NAMES.fullmatch(os.environ.get(name, ""))}
    return _ENVIRONMENT | chosen


def configuration(layers: Iterable[str] = tuple(Layer)) -> Config:
    """The configuration for children with the given isolation layers."""
    return {
        "path": search_path(),
        "mapped": mapped_files(),
        "readable": readable_paths(),
        "layers": list(layers),
        "careful": False,
        "limits": {"memory": MEMORY, "cpu": CPU_SECONDS},
    }


_ahead: list[tuple[Config, Started]] = []


@contextlib.contextmanager
def ahead() -> Iterator[None]:
    """Start a process with all layers now. The first `start` in the block takes it, if it wants the same."""
    if FORKED:
        config = configuration()
        _ahead.append((config, _start(config)))
    try:
        yield
    finally:
        while _ahead:
            _ahead.pop()[1].end()


def start(config: Config) -> Started:
    """A warm process, which soon reports on its control socket what it has reached."""
    if _ahead and _ahead[-1][0] == config:
        return _ahead.pop()[1]
    return _start(config)


def _start(config: Config) -> Started:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs, _file_of(config) as told:
        process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-s", "-P", "-B", "-S", PROGRAM, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment(),
            cwd="/",
            stdin=told,
            start_new_session=True,
        )
    return Started(ours, process)


def _file_of(config: Config) -> BinaryIO:
    """The configuration as a file in memory: with many packages it is longer than any message or pipe."""
    file = open(os.memfd_create("configuration"), "w+b", 0)  # noqa: PTH123, SIM115  # whoever asked closes it
    left = json.dumps(config).encode()
    try:
        while left:
            left = left[file.write(left) :]
    except OSError as error:  # a limit on files is lower than that
        file.close()
        error.filename = "what the sandbox is told"
        raise
    file.seek(0)
    return file
