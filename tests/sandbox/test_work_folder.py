"""The folder of data files has those of one assignment, and ends with its owner."""

from __future__ import annotations

import multiprocessing
import tempfile
from pathlib import Path

import pytest

from grader.models.execution import Call, Program, Statement
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.work_folder import WorkFolder


def test_it_has_what_it_was_furnished_with_last() -> None:
    folder = WorkFolder()
    files = Path(folder.files)
    folder.furnish({"a/b/c.txt": b"1", "d.txt": b"2"})
    assert (files / "a/b/c.txt").read_bytes() == b"1"
    folder.furnish({"d.txt": b"3"})
    assert [path.name for path in files.rglob("*")] == ["d.txt"]
    assert (files / "d.txt").read_bytes() == b"3"
    folder.remove()
    assert not files.parent.exists()


def test_it_goes_with_its_object_and_stays_in_a_fork() -> None:
    folder = WorkFolder()
    files = Path(folder.files)
    process = multiprocessing.get_context("fork").Process(target=folder.remove)
    process.start()
    process.join()
    assert files.exists()
    del folder
    assert not files.exists()


@pytest.mark.parametrize(
    "layers", [("seccomp", "landlock", "mounts", "rlimits"), ("seccomp", "landlock", "rlimits")]
)
def test_without_room_for_it_only_data_files_are_missed(
    layers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device", "/tmp/x")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    program = Program((Statement(1, 1, "import os\ndef f(path):\n    return len(os.listdir(path))"),))
    with ForkServer(required="weak", layers=layers) as server:
        [run] = server.run(program, [Call("f", (".",))])
        if "landlock" in server.isolation.tested:
            assert run.failure is not None
            assert run.failure.exception == "PermissionError"
        with pytest.raises(OSError, match="No space left"):
            server.run(Program(program.statements, data={"a": b"1"}), [Call("f", (".",))])
