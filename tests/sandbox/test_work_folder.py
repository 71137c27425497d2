"""The folder of data files has those of one assignment, and ends with its owner."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from grader.models.execution import Call, Program, Statement
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.work_folder import PREFIX, WorkFolder


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


# ---------------------------------------------------------------- what killed processes leave

MAKING = """
import sys, time
from grader.sandbox.work_folder import PREFIX, WorkFolder
folder = WorkFolder()
print(folder.files, flush=True)
time.sleep(60)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def old(path: Path) -> Path:
    """Let a folder be an hour old."""
    then = time.time() - 3600
    os.utime(path, (then, then))
    return path


def test_a_folder_is_removed_once_its_owner_was_killed(temporary: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", MAKING], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        left = old(Path(owner.stdout.readline().strip()).parent)
        WorkFolder().remove()
        assert [*temporary.iterdir()] == [left], "its owner lives"
        owner.kill()
    WorkFolder().remove()
    assert [*temporary.iterdir()] == []


def test_a_folder_stays_as_long_as_a_fork_of_its_owner_lives(temporary: Path) -> None:
    making = MAKING.replace("print(", "import os\nif os.fork(): os.kill(os.getpid(), 9)\nprint(os.getpid(), ")
    with subprocess.Popen([sys.executable, "-c", making], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        fork, _, files = owner.stdout.readline().strip().partition(" ")
        left = old(Path(files).parent)
        owner.wait()
        WorkFolder().remove()
        assert [*temporary.iterdir()] == [left]
        os.kill(int(fork), signal.SIGKILL)
    for _ in range(100):  # it is no child of ours, so its end cannot be waited for
        WorkFolder().remove()
        if not left.exists():
            break
        time.sleep(0.1)
    assert [*temporary.iterdir()] == []


@pytest.mark.parametrize("name", ["grader-demo-x", "grader-abc", "grader-work", "other"])
def test_what_is_no_work_folder_stays(name: str, temporary: Path) -> None:
    (temporary / name).mkdir()
    old(temporary / name)
    WorkFolder().remove()
    assert (temporary / name).is_dir()


def test_a_folder_that_was_just_made_stays(temporary: Path) -> None:
    made = temporary / f"{PREFIX}new"
    made.mkdir()
    WorkFolder().remove()
    assert made.is_dir()
    old(made)
    WorkFolder().remove()
    assert not made.exists()


def test_nothing_is_removed_through_a_link(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("results")
    (elsewhere / "results.json").write_text("{}", encoding="utf-8")
    old(elsewhere)
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    WorkFolder().remove()
    assert (elsewhere / "results.json").exists()


def test_a_folder_of_another_user_stays(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = temporary / f"{PREFIX}theirs"
    made.mkdir()
    old(made)
    own = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: own + 1)
    WorkFolder().remove()
    assert made.is_dir()
