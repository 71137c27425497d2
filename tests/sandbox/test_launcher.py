"""A warm process that is started ahead is taken by who wants the same, and never outlives its block."""

from __future__ import annotations

import importlib
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import cli
from grader.errors import UsageError
from grader.sandbox import launcher
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.zygote_client import Zygote

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is no warm process elsewhere")


@pytest.fixture
def ahead() -> Iterator[launcher.Started]:
    """The process that was started ahead, in the block that it was started for."""
    with launcher.ahead():
        yield launcher._ahead[0][1]


def process_of(server: ForkServer) -> subprocess.Popen[bytes] | None:
    """The warm process of a sandbox."""
    assert isinstance(server._processes, Zygote)
    return server._processes._process


def test_the_first_sandbox_takes_the_process_that_was_started_ahead(ahead: launcher.Started) -> None:
    with ForkServer(required="weak") as first, ForkServer(required="weak") as second:
        assert process_of(first) is ahead.process
        assert process_of(second) is not ahead.process


def test_a_sandbox_with_other_layers_does_not_take_it(ahead: launcher.Started) -> None:
    with ForkServer(required="weak", layers=()) as bare:
        assert process_of(bare) is not ahead.process


def test_what_nobody_took_ends_with_its_block() -> None:
    with launcher.ahead():
        process = launcher._ahead[0][1].process
        assert process.poll() is None
        folder = Path(launcher._ahead[0][1].folder.files)
        assert folder.is_dir()
    assert process.poll() is not None
    assert not launcher._ahead
    assert not folder.parent.exists()


def test_a_warm_process_says_nothing_when_its_grader_is_gone(capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    folder = launcher.WorkFolder()
    config = {**launcher.configuration(), "folder": folder.files, "cache": folder.cache}
    with ours, theirs, launcher._file_of(config) as told:
        command = [sys.executable, "-s", "-P", "-B", "-S", str(launcher.PROGRAM), str(theirs.fileno())]
        process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=launcher.environment(), stdin=told
        )
    assert process.wait(20) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_that_runs_code_has_its_sandbox_started_ahead(name: str) -> None:
    module = importlib.import_module(f"grader.cli.{cli._module(name)}")
    runs_code = ("ForkServer", "Grader", "Session", "all_imported", "grade")
    assert (name in cli.RUNNING) == any(hasattr(module, name) for name in runs_code)


@pytest.mark.parametrize(
    ("name", "value", "passes"),
    [
        pytest.param("OPENBLAS_CORETYPE", "Haswell", True, id="a processor"),
        pytest.param("NPY_DISABLE_CPU_FEATURES", "AVX512F, X86_V4 AVX512_ICL", True, id="features"),
        pytest.param("OPENBLAS_CORETYPE", "", False, id="nothing"),
        pytest.param("OPENBLAS_CORETYPE", "$(cat /etc/passwd)", False, id="not a name"),
        pytest.param("NPY_DISABLE_CPU_FEATURES", "X86_V4\nLD_PRELOAD=x.so", False, id="two lines"),
        pytest.param("OPENBLAS_CORETYPE", "x" * 201, False, id="longer than any name"),
        pytest.param("LD_PRELOAD", "Haswell", False, id="another variable"),
        pytest.param("OPENBLAS_NUM_THREADS", "2", False, id="threads"),
        pytest.param("API_KEY", "Haswell", False, id="a secret"),
    ],
)
def test_of_the_environment_only_the_choice_of_kernels_passes(
    name: str, value: str, passes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kernel in launcher.KERNELS:
        monkeypatch.delenv(kernel, raising=False)
    before = launcher.environment()
    monkeypatch.setenv(name, value)
    assert launcher.environment() == ({**before, name: value} if passes else before)


@pytest.mark.parametrize(
    ("core", "advice"),
    [
        pytest.param("SkylakeX", "type: unset OPENBLAS_CORETYPE", id="of another processor that is chosen"),
        pytest.param("", "Install a NumPy that was built for it.", id="of a NumPy for another processor"),
    ],
)
def test_an_instruction_that_the_processor_lacks_is_named_with_what_to_do(
    core: str, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "zygote.py"
    program.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGILL)\n")
    monkeypatch.setattr(launcher, "PROGRAM", program)
    monkeypatch.setenv("OPENBLAS_CORETYPE", core)
    monkeypatch.delenv("NPY_DISABLE_CPU_FEATURES", raising=False)
    with pytest.raises(UsageError, match=f"this processor does not have\n.*{re.escape(advice)}"):
        ForkServer()
