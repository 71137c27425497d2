"""Data files are read by student code, and neither changed by it nor a way to anything else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.models.execution import Call, Program, Run, Statement, Status
from grader.sandbox.fork_server import ForkServer

from .arena import LEVELS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are of Linux")

DATA = {"datasets/train.csv": b"1,2\n", "unit.txt": "µm".encode()}
SECRET = "what nobody reads"

TRYING = """\
import fcntl, os, shutil, pathlib, io, h5py, mmap
import numpy as np
def tried(action, *arguments):
    try:
        return f"achieved {action(*arguments)!r}"
    except Exception as error:
        return type(error).__name__
"""

WRITES = {
    "opens it to write": "tried(open, 'unit.txt', 'w')",
    "opens it to append": "tried(open, 'unit.txt', 'a')",
    "opens it to update": "tried(open, './datasets/../unit.txt', 'r+b')",
    "opens it by its descriptor": "tried(os.open, 'unit.txt', os.O_RDWR)",
    "truncates it": "tried(os.truncate, 'unit.txt', 0)",
    "removes it": "tried(os.remove, 'unit.txt')",
    "replaces it": "tried(os.replace, 'datasets/train.csv', 'unit.txt')",
    "moves its folder": "tried(os.rename, 'datasets', 'data')",
    "changes its mode": "tried(os.chmod, 'unit.txt', 0o777)",
    "changes the folder's mode": "tried(os.chmod, '.', 0o777)",
    "changes its times": "tried(os.utime, 'unit.txt', (1, 1))",
    "changes an attribute": "tried(os.setxattr, 'unit.txt', 'user.mine', b'x')",
    "locks it": "tried(fcntl.flock, os.open('unit.txt', os.O_RDONLY), fcntl.LOCK_EX)",
    "locks a part of it": "tried(fcntl.lockf, os.open('unit.txt', os.O_RDONLY), fcntl.LOCK_SH)",
    "maps it to write": "tried(mmap.mmap, os.open('unit.txt', os.O_RDONLY), 2)",
    "leaves a file": "tried(open, 'mine.txt', 'w')",
    "leaves a file in a folder": "tried(np.save, 'datasets/mine.npy', np.ones(3))",
    "leaves an HDF5 file": "tried(lambda: h5py.File('mine.h5', 'w'))",
    "leaves a folder": "tried(os.mkdir, 'mine')",
    "leaves a link": "tried(os.symlink, '/etc/passwd', 'mine')",
    "leaves a hard link": "tried(os.link, 'unit.txt', 'mine')",
    "leaves a nameless file": "tried(os.open, '.', os.O_TMPFILE | os.O_RDWR)",
}  # fmt: skip

READS = {
    "the folder above": "tried(os.listdir, '..')",
    "the cache beside it": "tried(os.listdir, '../cache')",
    "the root": "tried(os.listdir, '/')",
    "temporary files": "tried(os.listdir, '/tmp')",
    "a secret file by its path": "tried(lambda: open(SECRET).read())",
    "a secret file through the folder": "tried(lambda: open('../' * 12 + SECRET).read())",
    "the folder of the secret": "tried(os.listdir, os.path.dirname(SECRET))",
    "the file through /proc": "tried(os.listdir, '/proc/self/cwd/..')",
}


@pytest.fixture(scope="module", params=LEVELS)
def server(request: pytest.FixtureRequest) -> Iterator[ForkServer]:
    layers = LEVELS[request.param]
    with ForkServer(required="weak", layers=layers) as started:
        if not set(layers) <= set(started.isolation.tested):
            pytest.skip("this machine does not have these layers")
        yield started


def run(server: ForkServer, body: str, data: dict[str, bytes] = DATA) -> Run:
    source = f"{TRYING}\ndef f():\n    return {body}\n"
    return server.run(Program((Statement(1, 1, source),), data=data), [Call("f", ())])[0]


@pytest.mark.parametrize("body", WRITES.values(), ids=WRITES)
def test_nothing_in_the_folder_is_changed(server: ForkServer, body: str) -> None:
    attempt = run(server, body)
    assert attempt.status is Status.RETURNED, attempt.failure
    assert not str(attempt.value).startswith("achieved"), attempt.value
    after = run(server, "open('unit.txt').read(), sorted(os.listdir('.')), os.listdir('datasets')")
    assert after.value == ("µm", ["datasets", "unit.txt"], ["train.csv"])


@pytest.mark.parametrize("body", READS.values(), ids=READS)
def test_nothing_else_is_read(server: ForkServer, body: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    secret.chmod(0o644)
    attempt = run(server, body.replace("SECRET", repr(str(secret))))
    assert attempt.status is Status.RETURNED, attempt.failure
    if "mounts" in server.isolation.tested and body == READS["the root"]:
        return  # what is there is the tree's own, and has no file that landlock does not open
    if str(attempt.value).startswith("achieved"):  # without landlock a folder of the tree is listed
        assert "mounts" in server.isolation.tested
        assert "landlock" not in server.isolation.tested
    assert SECRET not in str(attempt.value)


def test_data_of_another_assignment_are_gone(server: ForkServer) -> None:
    assert run(server, "os.listdir('.')", {"a.txt": b"a"}).value == ["a.txt"]
    assert run(server, "os.listdir('.')", {}).value == []
    assert sorted(run(server, "os.listdir('.')").value) == ["datasets", "unit.txt"]


def test_a_map_of_a_data_file_is_a_copy(server: ForkServer) -> None:
    body = "np.memmap('unit.txt', mode='c', dtype='u1').__setitem__(0, 65), open('unit.txt').read()"
    assert run(server, body).value == (None, "µm")
    assert run(server, "open('unit.txt').read()").value == "µm"
