"""Templates are compiled once for all processes, and work where nothing can be kept."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import jinja2
import pytest

from grader.reports import jinja_env


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a template that nobody has compiled yet."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "little.html").write_text("<p>{{ name }}</p>")
    monkeypatch.setattr(jinja_env, "TEMPLATES", folder)
    return folder


def page() -> str:
    """What a template gives in a process that has just begun."""
    environment = jinja_env.environment.__wrapped__()
    return str(environment.get_template("little.html").render(name="<b>"))


def never(*_: Any, **__: Any) -> NoReturn:
    raise AssertionError("it was compiled again")


def test_what_one_process_compiled_no_other_compiles(templates: Path, monkeypatch: pytest.MonkeyPatch):
    first = page()
    monkeypatch.setattr(jinja2.Environment, "compile", never)

    assert page() == first


def test_a_template_that_has_changed_is_compiled_again(templates: Path):
    page()
    (templates / "little.html").write_text("<i>{{ name }}</i>")

    assert page() == "<i>&lt;b&gt;</i>"


def test_a_full_disk_keeps_nothing_and_spoils_nothing(templates: Path, monkeypatch: pytest.MonkeyPatch):
    def full(**_: Any) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    expected = page()
    shutil.rmtree(templates / "__pycache__")
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)

    assert page() == expected
    assert [*(templates / "__pycache__").iterdir()] == []


def test_an_installation_that_nobody_may_write_is_read(templates: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "access", lambda _folder, how: how != os.W_OK)

    assert page() == "<p>&lt;b&gt;</p>"
    assert [*(templates / "__pycache__").iterdir()] == []
