"""Where there is no room for what is released, that is one line with the place, and no noise of HDF5."""

from __future__ import annotations

import errno
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course

RELEASE = ("release", "small", "--isolation", "weak")


@pytest.mark.parametrize("room", [0, 1 << 11, 1 << 13, 1 << 14], ids="{} bytes".format)
def test_a_limit_on_files_ends_a_release_with_2_and_one_line(
    small_course: Callable[..., Course], room: int
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "grader", *RELEASE],
        cwd=small_course().root,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    problem, advice = ended.stderr.splitlines()
    assert problem.endswith(": File too large")
    assert advice.startswith("  ")


def test_a_release_needs_no_room_but_its_own(
    small_course: Callable[..., Course], cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/x")

    for name in ("TemporaryDirectory", "NamedTemporaryFile", "TemporaryFile", "mkdtemp", "mkstemp"):
        monkeypatch.setattr(tempfile, name, full)
    root = small_course().root
    assert cli(*RELEASE, cwd=root).err == ""
    assert cli(*RELEASE, "--check", cwd=root).out == "All files are current.\n"
