"""`grader import` writes a course, says what came over, and strengthens test cases if asked to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from nbgrader_cells import graded, solution, written

GRADER = [sys.executable, "-m", "grader"]


def run(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [*GRADER, "import", *map(str, args), "--isolation", "weak"]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_a_notebook_comes_over_with_cases_for_the_mistakes_that_its_tests_let_pass(tmp_path: Path) -> None:
    cells = [
        solution("def positive(x):\n    ### BEGIN SOLUTION\n    return x > 0\n    ### END SOLUTION", "p"),
        graded("assert positive(3) == True\nassert positive(-3) == False", "p-test"),
    ]
    ended = run(
        written(tmp_path / "week.ipynb", cells), "--into", "mine", "--strengthen", "--json", cwd=tmp_path
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["tests"], told["came_over"], told["listed"]) == (1, 1, [])
    assert 0 < told["survivors"] < told["mutants"]
    text = (tmp_path / "mine" / "testcases" / "week.py").read_text()
    assert "# Not in week.ipynb; it shows this mistake: " in text
    assert "    yield {'x': 0}" in text


def test_a_folder_without_sources_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = run("empty", "--into", "mine", cwd=tmp_path)
    assert ended.returncode == 1
    assert "there is no source notebook" in ended.stdout


def test_what_to_type_next_is_said_with_the_folder(tmp_path: Path) -> None:
    cells = [solution("### BEGIN SOLUTION\nx = 3\n### END SOLUTION", "x"), graded("assert x == 3", "x-test")]
    ended = run(written(tmp_path / "week.ipynb", cells), "--into", "my course", cwd=tmp_path)
    assert ended.stderr.strip() == "Next: cd 'my course', then: grader release week"
