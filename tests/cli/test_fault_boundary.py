"""No command ends in a traceback: what ends one is said in words, to any stream."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import cli as commands
from grader.cli import fault_boundary
from grader.errors import SandboxError, UnreadableError, UsageError

Cli = Callable[..., Any]
DOCTOR = [sys.executable, "-m", "grader", "doctor"]


def refused(number: int, path: str | None = None) -> OSError:
    return OSError(number, os.strerror(number), path)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        pytest.param(UsageError("a: b\n  Do c."), "a: b\n  Do c.", id="one of ours"),
        pytest.param(
            SandboxError("it\nis gone"),
            "The sandbox broke down: it is gone\n  Run.*grader doctor",
            id="sandbox",
        ),
        pytest.param(UnreadableError("no zip"), "no zip", id="a file"),
        pytest.param(refused(errno.ENOSPC, "/r/x"), "/r/x: No space left on device\n  Make room", id="full"),
        pytest.param(refused(errno.ENOSPC), "standard output: No space left on device\n", id="full output"),
        pytest.param(refused(errno.EROFS, "/r"), "/r: Read-only file system\n  Name a place", id="read-only"),
        pytest.param(refused(errno.ENOTDIR, "/a"), "/a: Not a directory\n  A folder belongs", id="no folder"),
        pytest.param(
            refused(errno.EIO, "a\x1b[m"), r"a\\x1b\[m: Input/output error\n  See that", id="escapes"
        ),
        pytest.param(MemoryError(), "The memory of this machine is used up\n  .*--jobs", id="memory"),
    ],
)
def test_what_ends_a_command_is_said_with_the_place_and_the_next_step(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(commands.commands, "main", failing)
    ended = cli("doctor")
    assert ended.status == 2
    assert re.fullmatch(f"{says}.*\n", ended.err)


def test_what_nobody_foresaw_is_one_line_and_a_file_with_the_traceback(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr(commands.commands, "main", failing)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = cli("doctor")
    assert ended.status == 2
    said, file = re.fullmatch(r"(.*)\n  Please report it with the traceback in (.*)\.\n", ended.err).groups()
    assert said == "This is a fault of grader's own: KeyError: 'surprise'"
    assert "in failing" in Path(file).read_text()


def test_a_fault_is_said_even_where_no_file_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    assert "could not be written (No such file or directory)" in fault_boundary.in_words(KeyError("x"))


# ---------------------------------------------------------------- streams


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_what_an_encoding_lacks_is_shown_replaced(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(DOCTOR, env=environment, capture_output=True, check=False)
    said = done.stdout.decode(encoding)
    assert re.search(r"^[✓✗] rlimits" if encoding == "utf-8" else r"^[+x] rlimits", said, re.MULTILINE)
    assert done.stderr == b""


def test_a_name_that_is_no_text_is_shown_replaced(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "grader", "check", os.fsdecode(b"\xff.ipynb")]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(b"?.ipynb: No such file or directory\n")


def closed(descriptor: int) -> Callable[[], None]:
    return lambda: os.close(descriptor)


@pytest.mark.parametrize("descriptor", [0, 1, 2])
def test_a_stream_that_is_closed_changes_nothing(descriptor: int) -> None:
    done = subprocess.run(DOCTOR, preexec_fn=closed(descriptor), capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert (b"rlimits" in done.stdout) == (descriptor != 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device here")
def test_a_disk_that_is_full_of_output_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(DOCTOR, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"standard output: No space left on device\n  {fault_boundary.ROOM}\n"


def test_nobody_who_reads_on_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        done = subprocess.run(DOCTOR, stdout=nobody, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b""


# ---------------------------------------------------------------- options


def endless(folder: Path) -> str:
    os.mkfifo(folder / "fifo")
    return str(folder / "fifo")


@pytest.mark.parametrize("option", ["--roster", "--map"])
@pytest.mark.parametrize("made", [endless, lambda _: os.devnull, str], ids=["a pipe", "a device", "a folder"])
def test_only_an_ordinary_file_is_read(
    cli: Cli, tmp_path: Path, option: str, made: Callable[[Path], str]
) -> None:
    ended = cli("grade", "dnn_step_by_step", "x", option, made(tmp_path))
    assert ended.status == 2
    assert re.search(rf"Invalid value for '{option}'.*(ordinary|directory)", ended.err)


@pytest.mark.parametrize(
    "command", [["grade", "dnn_step_by_step", "x"], ["check", "x"]], ids=["grade", "check"]
)
@pytest.mark.parametrize("seconds", ["nan", "inf", "0"])
def test_a_timeout_is_a_number_of_seconds(cli: Cli, command: list[str], seconds: str) -> None:
    ended = cli(*command, "--timeout", seconds)
    assert ended.status == 2
    assert "is not in the range" in ended.err


def test_a_map_that_has_no_end_is_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x.ipynb").write_text("{}")
    with (tmp_path / "map").open("wb") as file:
        file.truncate(5 << 30)
    ended = cli("grade", "dnn_step_by_step", "x.ipynb", "--map", "map")
    assert (ended.status, ended.err) == (
        2,
        "map: it is longer than 1,000,000 characters\n  Name the map alone.\n",
    )


def test_a_file_where_a_folder_belongs_is_named(cli: Cli, small_course: Callable[..., Any]) -> None:
    root = small_course().root
    (root / "assignments").touch()
    ended = cli("release", "small", "--isolation", "weak", cwd=root)
    assert ended.status == 2
    assert re.fullmatch(rf"{root}/assignments/small.*: Not a directory\n  .+\n", ended.err)
