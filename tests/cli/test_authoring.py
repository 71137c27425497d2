"""`grader new`, `release` and `validate` take an instructor from nothing to a proved assignment."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.errors import IsolationError

Cli = Callable[..., Any]
WEAK = ("--isolation", "weak")
KEEPS = '"""The same in other words."""\n\n\ndef double(x):\n    return x + x\n'


def test_a_new_assignment_in_an_empty_folder_is_ready(cli: Cli, tmp_path: Path) -> None:
    made = cli("new", "statistics", *WEAK)
    assert made.status == 0
    listed = [line for line in made.out.splitlines() if "/" in line and "  " not in line]
    assert all((tmp_path / line).is_file() for line in listed if not line.startswith("Edit"))
    assert "assignments/statistics/statistics.ipynb" in listed
    proved = cli("validate", *WEAK)
    assert proved.status == 0, proved.out
    assert "✗" not in proved.out
    assert cli("release", "statistics", "--check", *WEAK).out == "All files are current.\n"
    assert cli("new", "statistics", *WEAK).status == 2, "it is there already"


def test_where_nothing_can_be_run_nothing_is_written(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise IsolationError("no code can be run here\n  Type: grader doctor")

    monkeypatch.setattr("grader.cli.new.ForkServer", refuse)
    ended = cli("new", "statistics")
    assert (ended.status, [*tmp_path.iterdir()]) == (2, [])
    assert "no code can be run here" in ended.err


def test_a_second_assignment_goes_beside_the_first(cli: Cli, small_course: Callable[..., Any]) -> None:
    root = small_course().root
    assert cli("new", "second", *WEAK, cwd=root / "solutions").status == 0
    assert (root / "solutions" / "second.py").is_file()


def test_release_writes_what_check_then_finds_current(cli: Cli, small_course: Callable[..., Any]) -> None:
    root = small_course().root
    before = cli("release", "small", "--check", *WEAK, cwd=root)
    assert before.status == 1
    assert "assignments/small/small.ipynb: is missing" in before.out
    assert not (root / "assignments").exists()

    released = cli("release", "small", "--zip", root / "handout.zip", *WEAK, cwd=root)
    assert released.status == 0
    with zipfile.ZipFile(root / "handout.zip") as archive:
        assert {Path(name).name for name in archive.namelist()} == {
            "small.ipynb", "public_tests.py", "grader_check.bin", "public_cases.h5",
        }  # fmt: skip
    assert cli("release", "small", "--check", *WEAK, cwd=root).status == 0


def test_validate_ends_with_1_when_an_assignment_is_not_ready(
    cli: Cli, small_course: Callable[..., Any]
) -> None:
    root = small_course(**{"testcases/small/broken/keeps.py": KEEPS}).root
    ended = cli("validate", "small", *WEAK, cwd=root)
    assert ended.status == 1
    assert "keeps.py: double is broken and keeps its points" in ended.out
    assert "assignments/small/small.ipynb: is missing" in ended.out


def test_validate_tells_the_same_to_machines(cli: Cli, small_course: Callable[..., Any]) -> None:
    ended = cli("validate", "--json", *WEAK, cwd=small_course().root)
    told = json.loads(ended.out)
    assert ended.status == 1
    assert told["small"]["The solution scores all points."] == []
    assert "Write them with: grader release small" in told["small"]["The files for students are current."]


RAISES = "import numpy as np\n\n\ndef double(x):\n    return np.linalg.inv(x)\n"
WRONG_KEYS = "from grader.testcase import exercise\n\n\n@exercise()\ndef double(rng):\n    yield {'y': 1}\n"
EXITS = "from grader.testcase import exercise\n\n\n@exercise()\ndef double(rng):\n    exit(3)\n"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param({"solution": RAISES}, "double raised on its test case", id="a reference that raises"),
        pytest.param({"testcases": WRONG_KEYS}, "Yield a dictionary with the keys x.", id="wrong keys"),
        pytest.param(
            {"testcases": EXITS}, "small.py, line 6: the generator double raised SystemExit", id="exits"
        ),
        pytest.param(
            {"testcases": f"NOTEBOOK = 3\n{EXITS}"}, "NOTEBOOK is not what it should be", id="settings"
        ),
        pytest.param(
            {"testcases": "import nothing"}, "importing it raised ModuleNotFoundError", id="an import"
        ),
    ],
)
def test_validate_ends_with_2_when_an_assignment_cannot_be_loaded(
    cli: Cli, small_course: Callable[..., Any], files: dict[str, str], says: str
) -> None:
    ended = cli("validate", *WEAK, cwd=small_course(**files).root)
    assert ended.status == 2
    assert says in ended.err


def test_a_marked_function_without_test_cases_is_told_with_the_next_keystroke(
    cli: Cli, small_course: Callable[..., Any]
) -> None:
    course = small_course()
    with course.solution("small").open("a") as solution:
        solution.write("\n\n# GRADED FUNCTION: triple\n\n\ndef triple(x):\n    return 3 * x\n")
    ended = cli("validate", "small", *WEAK, cwd=course.root)
    assert ended.status == 2
    assert ended.err.endswith(
        "testcases/small.py: no test cases for triple\n"
        "  Add a generator triple(rng) that yields the keyword arguments of one call.\n"
    )


def test_a_course_without_assignments_is_told_how_to_begin(cli: Cli, tmp_path: Path) -> None:
    for folder in ("solutions", "testcases"):
        (tmp_path / folder).mkdir()
    ended = cli("validate", *WEAK)
    assert ended.status == 2
    assert "grader new NAME" in ended.err
