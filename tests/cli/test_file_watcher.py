"""A file that is saved is noticed once, however its editor goes about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from grader.cli import file_watcher as module
from grader.cli.file_watcher import saves


class EndError(Exception):
    """The script of a test is at its end."""


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    os.utime(path, ns=(0, len(text)))  # a clock that differs with every text


def _replace(path: Path, text: str) -> None:
    _write(path.with_suffix(".new"), text)
    path.with_suffix(".new").replace(path)


WAIT: list[Callable[[Path], None]] = [lambda path: None]


@pytest.mark.parametrize(
    ("happens", "noticed"),
    [
        pytest.param(WAIT * 5, 1, id="nothing"),
        pytest.param([lambda p: _write(p, "ab"), *WAIT * 5], 2, id="written in place"),
        pytest.param([lambda p: _replace(p, "ab"), *WAIT * 5], 2, id="another put in its place"),
        pytest.param([lambda p: _replace(p, "a"), *WAIT * 5], 2, id="another of the same size and time"),
        pytest.param(
            [lambda p: _write(p, ""), lambda p: _write(p, "ab"), lambda p: _write(p, "abc"), *WAIT * 5],
            2,
            id="written in steps",
        ),
        pytest.param(
            [Path.unlink, *WAIT * 3, lambda p: _write(p, "ab"), *WAIT * 5], 2, id="gone for a while"
        ),
        pytest.param(
            [lambda p: _write(p, "ab"), *WAIT * 3, lambda p: _write(p, "abc"), *WAIT * 3], 3, id="twice"
        ),
        pytest.param([Path.unlink, *WAIT * 5], 1, id="deleted"),
        pytest.param([os.utime, *WAIT * 5], 2, id="touched"),
    ],
)
def test_a_save_is_noticed_once(
    happens: Sequence[Callable[[Path], object]], noticed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.ipynb"
    _write(file, "a")
    script = iter(happens)

    def next_step(seconds: float) -> None:
        step = next(script, None)
        if step is None:
            raise EndError
        step(file)

    monkeypatch.setattr(module.time, "sleep", next_step)
    count = 0
    with suppress(EndError):
        for _ in saves(file):
            count += 1
    assert count == noticed
