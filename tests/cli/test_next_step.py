"""Each command ends with what to type next."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.cli import COMMANDS, RUN
from grader.cli.next_step import next_step

Cli = Callable[..., Any]
WEAK = ("--isolation", "weak")
RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return 3 * x"


@pytest.fixture
def graded(cli: Cli, small_course: Callable[..., Any], notebook: Callable[..., bytes]) -> Path:
    """A course with two notebooks, one of which is wrong, and their results."""
    root: Path = small_course().root
    (root / "in").mkdir()
    (root / "in" / "ann.ipynb").write_bytes(notebook(RIGHT))
    (root / "in" / "bob.ipynb").write_bytes(notebook(WRONG))
    assert cli("grade", "small", "in", "--seed", "x", *WEAK, cwd=root).next == (
        "Next: grader report results --open"
    )
    return root


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("report results", "To write to a group: grader comment results GROUP TEXT"),
        ("adjust results bob double --add 1 --because x",
         "To take it back: grader adjust results bob double --undo --because TEXT"),
        ("adjust results bob --undo --because x", "Next: grader report results --open"),
        ("adjust results", "Next: grader report results --open"),
        ("regrade results --diff", "Next: grader report results --open"),
        ("regrade results --yes", "Next: grader report results --open"),
        ("regrade results --json", ""),
        ("feedback results", "The pages are in results/feedback/. The class: grader report results"),
        ("gradebook results", "To keep it: grader gradebook results --out gradebook.csv"),
        ("gradebook results --out all.csv",
         "To hand marks to another system: grader export results --to FORMAT"),
        ("gradebook results --json", ""),
        ("export results --to csv", ""),
        ("reveal small", "To repeat the marks: grader grade small PATH... --seed grader"),
        ("release small --isolation weak", "Next: grader validate small"),
        ("release small --zip out.zip --isolation weak",
         "When it comes back: grader grade small PATH..."),
        ("grade small in --seed x --quiet --isolation weak", ""),
        ("grade small in --seed x --json --isolation weak", ""),
        ("check in/bob.ipynb --isolation weak",
         "Mend double and save, then: grader check in/bob.ipynb"),
        ("check in/ann.ipynb --isolation weak", ""),
        ("check in/bob.ipynb --json --isolation weak", ""),
    ],
    ids=lambda text: text,
)  # fmt: skip
def test_the_last_line_is_the_next_command(typed: str, says: str, graded: Path, cli: Cli) -> None:
    assert cli(*shlex.split(typed), cwd=graded).next == says


def test_what_is_not_written_is_to_be_written(graded: Path, cli: Cli, notebook: Callable[..., bytes]) -> None:
    (graded / "stub.ipynb").write_bytes(notebook("def double(x):\n    raise NotImplementedError"))
    assert cli("check", "stub.ipynb", *WEAK, cwd=graded).next.startswith("Write double and save, then: ")


def test_what_is_stale_is_to_be_released(graded: Path, cli: Cli) -> None:
    assert cli("release", "small", "--check", *WEAK, cwd=graded).next == "Next: grader release small"


def test_every_command_named_is_a_command(graded: Path, cli: Cli) -> None:
    for typed in ("report results", "feedback results", "gradebook results"):
        command = re.search(r": grader (\w+)", cli(*typed.split(), cwd=graded).next)
        assert command
        assert command[1] in COMMANDS


def test_a_word_that_the_terminal_would_take_apart_is_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    next_step("report", Path("my results"), "PATH...", "results/*", "")
    assert capsys.readouterr().out == "Next: grader report 'my results' PATH... results/* ''\n"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        pytest.param("two  spaces.ipynb", "'two  spaces.ipynb'", id="as it is called"),
        pytest.param("a\nline\u202e.ipynb", "'a line\\u202e.ipynb'", id="harmless"),
    ],
)
def test_a_file_in_the_next_command_is_the_one_that_is_there(
    name: str, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    next_step("check", Path(name))
    assert capsys.readouterr().out == f"Next: grader check {typed}\n"


def test_doctor_says_what_to_do(cli: Cli) -> None:
    ended = cli("doctor")
    missing = json.loads(cli("doctor", "--json").out)["isolation"]["missing"]
    assert ended.next == ("Do what is said at ✗, then: grader doctor" if missing else "Next: grader demo")


# ---------------------------------------------------------------- one real run


def test_the_run_in_the_help_is_real(cli: Cli, definition: Any, tmp_path: Path) -> None:
    from grader.authoring.sample_class import sample_class

    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("ada", "fatima"):
        (folder / f"{name}.ipynb").write_bytes(sample_class(definition)[f"{name}.ipynb"])
    command, *lines = (line.strip() for line in RUN.splitlines()[2:9])
    done = subprocess.run(
        [sys.executable, "-m", "grader", *command.removeprefix("$ grader ").split(), *WEAK],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(definition.course.root)},
    )
    assert done.returncode == 0, done.stderr
    printed = [line.strip() for line in done.stdout.splitlines()]
    for line in lines:
        if line != "..." and "graded, in" not in line:
            assert line in printed
    assert printed[-1] == lines[-1]
    assert re.fullmatch(r"2 graded, in [\d.]+ s\. Results: results/", printed[-2])


def test_the_help_has_its_commands_in_groups(cli: Cli) -> None:
    said = cli("--help").out
    places = [said.index(heading) for heading in ("Students:", "Grade a class:", "Write an assignment:")]
    assert places == sorted(places)
    assert places[0] < said.index("\n  check ") < places[1] < said.index("\n  grade ") < places[2]
