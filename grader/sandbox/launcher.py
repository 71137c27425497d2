"""Start warm processes by exec. One can be started ahead, to warm up while the grader is being imported.

This module therefore imports nothing but the standard library.
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
from grader.sandbox.work_folder import WorkFolder

PROGRAM = Path(__file__).with_name("zygote.py")
FORKED = sys.platform == "linux"
"""Whether worker processes are forked from a warm process on this system."""

MEMORY = 512 << 20
"""Bytes that a worker process may allocate beyond the warm process."""

CPU_SECONDS = 300
"""CPU limit of a worker process whose grader is gone; deadlines normally end it before."""

_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8:backslashreplace",  # Jupyter prints lone surrogates too
    "OPENBLAS_NUM_THREADS": "1",  # threads are forbidden: a BLAS that starts them would hang
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "HDF5_USE_FILE_LOCKING": "FALSE",  # data files are read-only
}

KERNELS = ("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES")
"""Environment variables that choose NumPy's kernels; passed on to all processes, or answers would differ."""

NAMES = re.compile(r"[A-Za-z0-9_, ]{1,200}")
"""Valid values of those: names of processors and CPU features."""

Config = Mapping[str, Any]
"""The configuration of a warm process: import path, editable installs, readable paths, limits and layers.

If `careful`, it tries each layer in a forked process first.
"""


class Started(NamedTuple):
    """A warm process that has its configuration, the grader's end of its control socket, and its folder."""

    control: socket.socket
    process: subprocess.Popen[bytes]
    folder: WorkFolder

    def end(self) -> None:
        """Terminate it, and with it its worker processes."""
        self.control.close()
        self.process.kill()
        self.process.wait()
        self.folder.remove()


def environment() -> dict[str, str]:
    """Return the environment variables of every process that runs student code."""
    chosen = {name: os.environ[name] for name in KERNELS if NAMES.fullmatch(os.environ.get(name, ""))}
    return _ENVIRONMENT | chosen


def configuration(layers: Iterable[str] = tuple(Layer)) -> Config:
    """Return the configuration for worker processes with the given isolation layers."""
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
    """Start a warm process with all layers; the first `start` in the block takes it if it wants the same."""
    if FORKED:
        config = configuration()
        _ahead.append((config, _start(config)))
    try:
        yield
    finally:
        while _ahead:
            _ahead.pop()[1].end()


def start(config: Config) -> Started:
    """Return a warm process, which will report its layers on its control socket."""
    if _ahead and _ahead[-1][0] == config:
        return _ahead.pop()[1]
    return _start(config)


def _start(config: Config) -> Started:
    folder = WorkFolder()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs, _file_of({**config, "folder": folder.files, "cache": folder.cache}) as stdin:
        process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-s", "-P", "-B", "-S", PROGRAM, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment(),
            cwd="/",
            stdin=stdin,
            start_new_session=True,
        )
    return Started(ours, process, folder)


def _file_of(config: Config) -> BinaryIO:
    """Return the configuration as a file in memory: with many packages it is too long for a pipe."""
    file = open(os.memfd_create("configuration"), "w+b", 0)  # noqa: PTH123, SIM115  # the caller closes it
    left = json.dumps(config).encode()
    try:
        while left:
            left = left[file.write(left) :]
    except OSError as error:  # a file size limit below that
        file.close()
        error.filename = "what the sandbox is told"
        raise
    file.seek(0)
    return file
