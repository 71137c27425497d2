"""Every command says what it does, how it ends, and two ways to call it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.assignments.course import Course
from grader.cli import COMMANDS

Cli = Callable[..., Any]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_ends_with_two_examples_and_its_exit_status(command: str, cli: Cli) -> None:
    ended = cli(command, "--help")
    assert ended.status == 0
    examples = re.findall(rf"^ +grader {command}\b.*$", ended.out.split("Examples:")[1], re.MULTILINE)
    assert len(examples) == 2
    last = " ".join(ended.out.split("\n\n")[-1].split())
    assert last.startswith("The exit status is 0 when")
    assert re.search(r"[12] when", last)


def test_the_help_lists_every_command(cli: Cli) -> None:
    ended = cli("--help")
    assert ended.status == 0
    for command, says in COMMANDS.items():
        assert re.search(rf"^  {command} +{re.escape(says)}$", ended.out, re.MULTILINE)


def test_the_version_is_told(cli: Cli) -> None:
    assert grader.__version__ in cli("--version").out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["fly"], id="no such command"),
        pytest.param(["grade"], id="no arguments"),
        pytest.param(["grade", "dnn_step_by_step"], id="no paths"),
        pytest.param(["grade", "dnn_step_by_step", "x", "--jobs", "0"], id="no processes"),
        pytest.param(["grade", "dnn_step_by_step", "x", "--isolation", "none"], id="no such level"),
        pytest.param(["check", "x.ipynb", "--course", "nowhere"], id="no such course"),
        pytest.param(["release"], id="nothing to release"),
        pytest.param(["release", "a", "b", "--zip", "c.zip"], id="two in one zip"),
        pytest.param(["release", "dnn_step_by_step"], id="what comes with the package is not to be written"),
        pytest.param(["validate", "nothing"], id="no such assignment"),
        pytest.param(["new", "Not-A-Name"], id="a name that does not do"),
    ],
)
def test_a_fault_of_the_caller_ends_with_2_and_says_what(arguments: list[str], cli: Cli) -> None:
    ended = cli(*arguments)
    assert ended.status == 2
    assert ended.err.strip()
    assert "Traceback" not in ended.err


def test_the_package_runs_as_a_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main(['--version'])"],
        check=True, capture_output=True, text=True, cwd=tmp_path,
        env={"PYTHONPATH": str(Path(grader.__file__).parents[1])},
    )  # fmt: skip
    assert grader.__version__ in done.stdout


END = """
import atexit, sys
atexit.register(print, "what was to be done")
from grader.cli import main
try:
    main()
finally:
    print("the rest of Python")
"""


@pytest.mark.parametrize(("option", "status"), [("--version", 0), ("--nothing", 2)])
def test_a_process_ends_with_its_command_when_all_is_written(option: str, status: int) -> None:
    done = subprocess.run([sys.executable, "-c", END, option], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stdout.endswith("what was to be done\n")
    assert "the rest of Python" not in done.stdout


# ---------------------------------------------------------------- doctor, demo


def test_doctor_tells_every_layer(cli: Cli) -> None:
    ended = cli("doctor")
    assert ended.status == (1 if "isolation: weak" in ended.out else 0)
    for layer in ("seccomp", "landlock", "mounts", "rlimits"):
        assert re.search(rf"^[✓✗] {layer}", ended.out, re.MULTILINE)


def test_doctor_tells_the_same_to_machines(cli: Cli) -> None:
    told = json.loads(cli("doctor", "--json").out)
    assert {"grader", "python", "numpy", "kernel", "isolation"} <= set(told)
    layers = {*told["isolation"]["tested"], *told["isolation"]["missing"]}
    assert layers == {"seccomp", "landlock", "mounts", "rlimits"}


def test_the_demo_shows_a_class_and_where_its_pages_are(
    cli: Cli, small_course: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Course, "names", lambda _: ["logistic_regression"])  # tox runs it with all of them
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = cli("demo", "--isolation", "weak", cwd=small_course().root)
    assert ended.status == 0
    assert re.search(r"^ada .*100/100", ended.out, re.MULTILINE)
    assert re.search(r"^lena .*unreadable", ended.out, re.MULTILINE)
    page = Path(next(line.strip() for line in ended.out.splitlines() if line.endswith("fatima.html")))
    assert page.read_text().startswith("<!DOCTYPE html>")
    results = json.loads((page.parents[1] / "results.json").read_text())
    assert len(results["submissions"]) == 12


def test_the_demo_has_all_assignments_that_the_course_ships(
    cli: Cli, small_course: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = small_course()
    for folder in ("solutions", "testcases"):
        path = small.root / folder / "small.py"
        path.with_name("other.py").write_text(path.read_text())
    monkeypatch.setattr("grader.cli.demo.shipped_course", lambda: small)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = cli("demo", "--isolation", "weak")
    assert ended.status == 0
    assert len(re.findall(r"^ada .* 5/5", ended.out, re.MULTILINE)) == 2
    lines = [line.strip() for line in ended.out.splitlines()]
    assert {"small", "other"} < {*lines}
    pages = [Path(line) for line in lines if line.endswith(".html")]
    assert [page.parents[1].name for page in pages] == ["other", "small"]
    assert all(page.exists() for page in pages)
    (folder,) = tmp_path.glob("grader-demo-*")
    assert f"grader gradebook {folder}/results/*" in ended.out
    assert cli("gradebook", *(folder / "results").iterdir()).status == 1, "lena has no mark in either"
