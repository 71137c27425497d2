"""Runs the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.cli import main, next_step


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed; `next` is the line that says what to type next."""

    status: int
    out: str
    err: str
    next: str = ""


@pytest.fixture
def cli(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """A function that runs `grader` with arguments, in an empty folder unless told where."""
    monkeypatch.setenv("COLUMNS", "200")
    said: list[str] = []
    monkeypatch.setattr(next_step, "say", lambda line, **_: said.append(line))

    def run(*arguments: str | Path, cwd: Path = tmp_path) -> Ended:
        said.clear()
        monkeypatch.chdir(cwd)
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ended(int(end.value.code or 0), printed.out, printed.err, "\n".join(said))

    return run
