"""`grader regrade`, `reveal` and secret seeds, as an instructor calls them."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.seeds import COMMITMENT, NAME

Cli = Callable[..., Any]
WEAK = ("--isolation", "weak")
CASES = '''"""Numbers to double, one of them too large."""

from grader.testcase import exercise


@exercise(points=5, public=1)
def double(rng):
    """Small and large numbers."""
    yield {"x": 1.0}
    yield {"x": 1e300}
'''
ODD = "def double(x):\n    return 2 * x if x < 1e100 else 0"
ROW = ["bob", "0 → 5", "double", "0 → 5", "hidden-2: wrong value → passed"]


@pytest.fixture
def graded(
    cli: Cli, small_course: Callable[..., Any], notebook: Callable[..., bytes], tmp_path: Path
) -> Path:
    """A course in which a test case was mended after bob and ann were graded."""
    course = small_course(testcases=CASES)
    (tmp_path / "ann.ipynb").write_bytes(notebook("def double(x):\n    return 2 * x"))
    (tmp_path / "bob.ipynb").write_bytes(notebook(ODD))
    ended = cli("grade", "small", "ann.ipynb", "bob.ipynb", "--course", "course", "--timeout", "5", *WEAK)
    assert ended.status == 0, ended.err
    course.testcases("small").write_text(CASES.replace("1e300", "1e3"))
    return tmp_path


def marks(folder: Path) -> dict[str, Any]:
    told = json.loads((folder / "results" / "results.json").read_text())
    return {entry["id"]: entry["points"] for entry in told["submissions"]}


def test_diff_lists_and_writes_nothing(cli: Cli, graded: Path) -> None:
    ended = cli("regrade", "results", "--diff")
    assert (ended.status, ended.err) == (1, "")
    row, total = ended.out.splitlines()
    assert row.split("\t") == ROW
    assert total == "1 of 2 marks change."
    assert marks(graded) == {"ann": 5, "bob": 0}


def test_regrade_lists_and_writes_and_then_nothing_changes_any_more(cli: Cli, graded: Path) -> None:
    ended = cli("regrade", "results")
    assert (ended.status, ended.out.splitlines()[0].split("\t")) == (0, ROW)
    assert marks(graded) == {"ann": 5, "bob": 5}
    ended = cli("regrade", "results", "--diff")
    assert (ended.status, ended.out) == (0, "0 of 2 marks change.\n")


def test_machines_are_told_the_same(cli: Cli, graded: Path) -> None:
    ended = cli("regrade", "results", "--json", "--diff")
    assert ended.status == 1
    assert json.loads(ended.out) == {
        "count": 2,
        "astray": [],
        "changes": [
            {
                "id": "bob",
                "before": {"status": "graded", "points": 0},
                "after": {"status": "graded", "points": 5},
                "functions": [
                    {
                        "function": "double", "before": 0, "after": 5, "case": "hidden-2",
                        "was": "wrong_value", "now": "passed",
                    }
                ],
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize(("answer", "status", "bob"), [("y\n", 0, 5), ("n\n", 1, 0)])
def test_at_a_terminal_it_asks_first(
    cli: Cli, graded: Path, monkeypatch: pytest.MonkeyPatch, answer: str, status: int, bob: int
) -> None:
    import io

    terminal = io.StringIO(answer)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    ended = cli("regrade", "results")
    assert (ended.status, marks(graded)["bob"]) == (status, bob)
    assert "Let these be the marks? [y/N]" in ended.err


def test_yes_asks_nothing(cli: Cli, graded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert cli("regrade", "results", "--yes").status == 0
    assert marks(graded)["bob"] == 5


@pytest.mark.parametrize("options", [("--diff",), ("--yes",)])
def test_a_notebook_that_is_gone_is_named_and_ends_with_2(
    cli: Cli, graded: Path, options: tuple[str, ...]
) -> None:
    (graded / "ann.ipynb").unlink()
    ended = cli("regrade", "results", *options)
    assert ended.status == 2
    assert "ann: its notebook is not where it was" in ended.err
    assert ended.out.splitlines()[0].split("\t") == ROW
    assert marks(graded) == {"ann": 5, "bob": 0}


def test_a_course_that_was_moved_is_looked_for_where_one_says(cli: Cli, graded: Path) -> None:
    (graded / "course").rename(graded / "moved")
    ended = cli("regrade", "results", "--diff")
    assert ended.status == 2
    assert ended.err == (
        f"{graded}/course: the course is no longer there\n"
        "  Say where it is: grader regrade results --course COURSE\n"
    )
    assert cli("regrade", "results", "--diff", "--course", "moved").status == 1
    assert cli("regrade", "results", "--diff", "--course", "nowhere").status == 2


def test_an_order_that_cannot_be_read_is_told_with_the_next_keystroke(cli: Cli, graded: Path) -> None:
    with sqlite3.connect(graded / "results" / "results.db") as record:
        record.execute('UPDATE grading SET "order" = ?', (b'{"colour": "red"}',))
    record.close()
    ended = cli("regrade", "results")
    assert ended.status == 2
    assert "Grade again with: grader grade NAME PATH... --out results" in ended.err


def test_a_folder_without_results_ends_with_2(cli: Cli, tmp_path: Path) -> None:
    ended = cli("regrade", ".")
    assert ended.status == 2
    assert "there are no results in it" in ended.err


# ---------------------------------------------------------------- secret seeds


def test_the_seed_that_is_revealed_repeats_the_mark(
    cli: Cli, small_course: Callable[..., Any], notebook: Callable[..., bytes]
) -> None:
    root = small_course().root
    (root / "ann.ipynb").write_bytes(notebook("def double(x):\n    return 2 * x"))
    released = cli("release", "small", "--secret", "--zip", "handout.zip", *WEAK, cwd=root)
    assert released.status == 0
    assert f"{NAME}  the hidden test cases come from it" in released.out
    marked = json.loads(cli("grade", "small", "ann.ipynb", "--json", *WEAK, cwd=root).out)
    with zipfile.ZipFile(root / "handout.zip") as archive:
        assert marked["seed_sha256"] in archive.read(f"small/{COMMITMENT}").decode()

    seed = cli("reveal", "small", cwd=root).out.strip()
    assert hashlib.sha256(seed.encode()).hexdigest() == marked["seed_sha256"]
    (root / NAME).unlink()
    told = ("--json", "--seed", seed, "--out", "again", *WEAK)
    again = json.loads(cli("grade", "small", "ann.ipynb", *told, cwd=root).out)
    assert [again[key] for key in ("seed_sha256", "cases_sha256")] == [
        marked[key] for key in ("seed_sha256", "cases_sha256")
    ]


def test_a_release_is_current_with_the_secret_and_without_it(
    cli: Cli, small_course: Callable[..., Any]
) -> None:
    root = small_course().root
    cli("release", "small", "--secret", *WEAK, cwd=root)
    assert cli("release", "small", "--check", *WEAK, cwd=root).status == 0
    (root / NAME).rename(root.parent / "elsewhere")
    assert cli("release", "small", "--check", *WEAK, cwd=root).status == 0, "as in CI"
    ended = cli("release", "small", "--secret", *WEAK, cwd=root)
    assert (ended.status, "Put the secret back" in ended.err) == (2, True)
    shutil.copy(root.parent / "elsewhere", root / NAME)
    (root / "assignments" / "small" / COMMITMENT).write_text("edited")
    ended = cli("release", "small", "--check", *WEAK, cwd=root)
    assert (ended.status, ended.out) == (1, f"assignments/small/{COMMITMENT}: is not current\n")


def test_a_new_course_has_a_secret_and_a_second_assignment_shares_it(cli: Cli, tmp_path: Path) -> None:
    assert NAME in cli("new", "first", *WEAK).out.splitlines()
    assert (tmp_path / "assignments" / "first" / COMMITMENT).is_file()
    assert NAME not in cli("new", "second", *WEAK).out.splitlines()
    one, two = (cli("reveal", name).out for name in ("first", "second"))
    assert one != two


def test_an_assignment_that_is_not_there_has_no_seed(cli: Cli, small_course: Callable[..., Any]) -> None:
    root = small_course().root
    ended = cli("reveal", "nothing", cwd=root)
    assert (ended.status, ended.out) == (2, "")
    assert f"there is no such file\n  Assignments in {root}: small." in ended.err
