"""`grader check` tells a student at once what the public tests say."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.cli import check
from grader.notebooks.solution import sample

Cli = Callable[..., Any]
WEAK = ("--isolation", "weak", "--timeout", "1")


@pytest.fixture
def mine(tmp_path: Path, solution: Any) -> Callable[..., Path]:
    """A function that writes the solution, with other cells behind it, as one's own notebook."""

    def write(*extra: str) -> Path:
        (tmp_path / "mine.ipynb").write_bytes(sample(solution, extra=extra))
        return tmp_path / "mine.ipynb"

    return write


def test_a_right_notebook_ends_with_0_and_hidden_cases_are_announced(
    cli: Cli, mine: Callable[..., Path]
) -> None:
    ended = cli("check", mine(), *WEAK)
    assert ended.status == 0
    assert "100 of 100" in ended.out
    assert "hidden cases run after you submit" in ended.out


def test_a_wrong_function_ends_with_1_and_is_told_in_full(cli: Cli, mine: Callable[..., Path]) -> None:
    ended = cli("check", mine("def linear_forward(A, W, b):\n    return W @ A - b, (A, W, b)"), *WEAK)
    assert ended.status == 1
    assert "Z is wrong in 2 of 2 elements. The first is Z[0, 0]: yours" in ended.out
    assert "hidden" not in ended.out


def test_only_public_cases_are_run(cli: Cli, mine: Callable[..., Path]) -> None:
    (submission,) = json.loads(cli("check", mine(), "--json", *WEAK).out)["submissions"]
    assert all(case["public"] for exercise in submission["exercises"] for case in exercise["cases"])


def test_a_notebook_of_no_assignment_ends_with_2_and_names_those_there_are(
    cli: Cli, tmp_path: Path, notebook: Callable[..., bytes]
) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook("def softmax(z):\n    return z"))
    ended = cli("check", "a.ipynb", *WEAK)
    assert ended.status == 2
    assert "--assignment: dnn_application, dnn_step_by_step" in ended.err


def test_what_is_no_notebook_ends_with_1(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("<html>")
    assert cli("check", "a.ipynb", *WEAK).status == 1
    assert cli("check", "a.ipynb", "--assignment", "dnn_step_by_step", *WEAK).status == 1


@pytest.mark.parametrize("path", ["none.ipynb", "folder"])
def test_nothing_or_too_much_to_check_ends_with_2(
    cli: Cli, path: str, tmp_path: Path, mine: Callable[..., Path]
) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("a.ipynb", "b.ipynb"):
        (tmp_path / "folder" / name).write_bytes(mine().read_bytes())
    assert cli("check", path, *WEAK).status == 2


def test_an_assignment_whose_solution_is_a_notebook_is_recognised(
    cli: Cli, small_course: Callable[..., Any], notebook: Callable[..., bytes], tmp_path: Path
) -> None:
    course = small_course()
    script = course.solution("small")
    data = notebook(script.read_text())
    script.unlink()
    (course.root / "solutions" / "small.ipynb").write_bytes(data)
    (tmp_path / "a.ipynb").write_bytes(data)
    assert cli("check", tmp_path / "a.ipynb", *WEAK, cwd=course.root).status == 0


BONUS_AND_QUESTION = """
from grader.testcase import exercise, question

question("why", points=3)


@exercise(points=5, bonus=True)
def double(rng):
    for x in (3.0, 1.0, 4.0):
        yield {"x": x}


@exercise(points=2)
def triple(rng):
    for x in (3.0, 1.0, 4.0):
        yield {"x": x}
"""


@pytest.mark.parametrize(
    ("factors", "status"),
    [
        pytest.param((2, 3), 0, id="all that can be tested is right"),
        pytest.param((2, 4), 1, id="a bonus does not make up for what is wrong"),
        pytest.param((3, 3), 1, id="a bonus is wrong"),
    ],
)
def test_a_bonus_and_what_a_person_marks_do_not_decide_whether_all_passed(
    factors: tuple[int, int], status: int, cli: Cli, small_course: Callable[..., Any], tmp_path: Path
) -> None:
    text = "# %%\ndef double(x):\n    return {} * x\n\n\n# %%\ndef triple(x):\n    return {} * x\n"
    course = small_course(text.format(2, 3), BONUS_AND_QUESTION)
    (tmp_path / "a.py").write_text(text.format(*factors))
    assert cli("check", tmp_path / "a.py", "--assignment", "small", *WEAK, cwd=course.root).status == status


def _once_more(again: Callable[[], object]) -> Callable[[Path], Iterator[None]]:
    """Stands in for a person who does `again`, saves, and after that run presses Ctrl-C."""

    def saves(path: Path) -> Iterator[None]:
        yield
        again()
        yield
        raise KeyboardInterrupt

    return saves


def test_watching_ends_politely_with_the_status_of_the_last_run(
    cli: Cli, mine: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = "def linear_forward(A, W, b):\n    return W @ A - b, (A, W, b)"
    monkeypatch.setattr(check, "saves", _once_more(lambda: mine(wrong)))
    ended = cli("check", mine(), "--watch", *WEAK)
    assert ended.status == 1
    assert "100 of 100" in ended.out
    assert "Z is wrong" in ended.out
    monkeypatch.setattr(check, "saves", _once_more(mine))
    assert cli("check", mine(wrong), "--watch", *WEAK).status == 0


def test_watching_outlives_a_notebook_that_cannot_be_read(
    cli: Cli, mine: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "saves", _once_more(lambda: mine().write_text("{")))
    ended = cli("check", mine(), "--watch", *WEAK)
    assert ended.status == 1
    assert "it is cut off" in ended.out


@pytest.mark.skipif(sys.platform != "linux", reason="sends a signal to a process group")
def test_a_real_ctrl_c_ends_watching_without_a_trace(mine: Callable[..., Path]) -> None:
    command = [sys.executable, "-m", "grader", "check", str(mine()), "--watch", *WEAK]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    ) as watching:
        assert watching.stderr is not None
        said = ""
        while "Ctrl-C" not in said:
            line = watching.stderr.readline()
            assert line
            said += line
        os.killpg(watching.pid, signal.SIGINT)
        rest = watching.stderr.read()
        assert watching.wait(30) == 0
    assert rest.strip() == ""


def test_what_needs_a_wrong_function_cannot_be_told_here_and_costs_nothing(
    cli: Cli, mine: Callable[..., Path]
) -> None:
    ended = cli("check", mine("def linear_forward(A, W, b):\n    return W @ A - b, (A, W, b)"), *WEAK)
    assert "cannot be told here until linear_forward is right" in ended.out
    summary = re.search(r"(\d+) of (\d+)\n(\d+) of 10 functions passed; of (\d+) it cannot", ended.out)
    assert summary is not None
    points, most, passed, untold = map(int, summary.groups())
    assert (points, most) == (10 * passed, 10 * (passed + 1))
    assert passed + 1 + untold == 10
    assert ended.out.count(" 0 of 10") == 1
