"""`grader grade` without a name grades each notebook as what it is of, and names every file."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.assignments.course import Course
from grader.notebooks.solution import notebook_bytes

Cli = Callable[..., Any]
WEAK = ("--isolation", "weak", "--seed", "s", "--jobs", "1")

FUNCTION = '''
# %%
# GRADED FUNCTION: {name}
def {name}(x):
    """{name} of x."""
    # YOUR CODE STARTS HERE
    y = {value}
    # YOUR CODE ENDS HERE

    return y
'''

GENERATOR = '''
@exercise(points=5, public=1)
def {name}(rng):
    """Arrays of several sizes."""
    for size in (3, 1, 4):
        yield {{"x": rng.standard_normal(size)}}
'''

FUNCTIONS = {
    "sums": {"double": "2 * x", "half": "x / 2", "shift": "x + 1"},
    "powers": {"square": "x * x", "cube": "x ** 3", "shift": "x + 1"},
}
DOUBLE = "def double(x):\n    return 2 * x\n"
HALF = "def half(x):\n    return x / 2\n"
SQUARE = "def square(x):\n    return x * x\n"
CUBE = "def cube(x):\n    return x * x * x\n"
SHIFT = "def shift(x):\n    return x + 1\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course of two assignments, `sums` and `powers`, which have one function in common."""
    root = tmp_path / "course"
    for folder in ("solutions", "testcases"):
        (root / folder).mkdir(parents=True)
    for name, functions in FUNCTIONS.items():
        title = f"# %% [markdown]\n# # The {name}\n\n# %%\nimport numpy as np\n"
        cells = [FUNCTION.format(name=one, value=value) for one, value in functions.items()]
        (root / "solutions" / f"{name}.py").write_text(title + "".join(cells))
        generators = "".join(GENERATOR.format(name=one) for one in functions)
        imports = f'"""Inputs of the {name}."""\n\nfrom grader.testcase import exercise\n'
        (root / "testcases" / f"{name}.py").write_text(imports + generators)
    return Course(root)


@pytest.fixture
def grade(course: Course, cli: Cli, tmp_path: Path) -> Callable[..., Any]:
    """A function that grades paths without a name."""
    return lambda *paths: cli("grade", *paths, "--course", course.root, *WEAK)


def written(folder: Path, **sources: str) -> None:
    """Write notebooks by their names, two underscores for a slash."""
    for name, source in sources.items():
        path = folder / f"{name.replace('__', '/')}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        text, _, code = source.rpartition("|")
        cells = [nbformat.v4.new_markdown_cell(text)] if text else []
        path.write_bytes(
            notebook_bytes(nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(code)]))
        )


def rows(out: str) -> list[tuple[str, ...]]:
    """The rows of the table without the names of the submissions."""
    return [tuple(line.split("\t")[1:]) for line in out.splitlines()[1:] if line.count("\t") == 4]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with work of both assignments, of none, of both at once, and of nobody knows which."""
    folder = tmp_path / "in"
    written(
        folder,
        ann=DOUBLE + HALF + SHIFT,
        bob=SQUARE + CUBE,
        both=DOUBLE + HALF + SQUARE + CUBE,
        none="def other(): pass",
        open=SHIFT,
        titled=f"# The powers|{SHIFT}",
        sums_of_eve=SHIFT,
    )
    (folder / "page.ipynb").write_text("<html>")
    (folder / "page_of_powers.ipynb").write_text("<html>")
    return folder


def test_each_notebook_is_graded_as_what_it_is_of_and_each_file_is_named(
    grade: Callable[..., Any], mixed: Path
) -> None:
    ended = grade(mixed)
    assert ended.status == 1
    assert rows(ended.out) == [
        ("bob.ipynb", "powers", "10 of 15", "graded"),
        ("both.ipynb", "powers", "10 of 15", "graded"),
        ("page_of_powers.ipynb", "powers", "no mark", "unreadable"),
        ("titled.ipynb", "powers", "5 of 15", "graded"),
        ("ann.ipynb", "sums", "15 of 15", "graded"),
        ("both.ipynb", "sums", "10 of 15", "graded"),
        ("sums_of_eve.ipynb", "sums", "5 of 15", "graded"),
        ("none.ipynb", "", "no mark", "not graded"),
        ("open.ipynb", "", "no mark", "not graded"),
        ("page.ipynb", "", "no mark", "not graded"),
    ]
    assert "none.ipynb: it has nothing of any assignment: powers, sums." in ended.out
    assert "open.ipynb: it may be of powers or sums" in ended.out
    assert "page.ipynb: it is a web page" in ended.out
    assert "both.ipynb: it has most functions of powers and of sums, and is graded as each." in ended.out


def test_a_folder_that_has_work_of_assignments_alone_ends_with_0(
    grade: Callable[..., Any], tmp_path: Path
) -> None:
    written(tmp_path / "in", ann=DOUBLE + HALF, bob=SQUARE + CUBE)
    ended = grade("in/ann.ipynb", "in/bob.ipynb")
    assert (ended.status, ended.err) == (0, "")
    assert "results/powers/: 1 graded\nresults/sums/: 1 graded, in " in ended.out
    for name in FUNCTIONS:
        (entry,) = results(tmp_path, name)["submissions"]
        assert (tmp_path / "results" / name / "feedback" / f"{entry['id']}.html").exists()
        assert (tmp_path / "results" / name / "grades.csv").exists()


def results(folder: Path, name: str) -> Any:
    return json.loads((folder / "results" / name / "results.json").read_text())


def test_the_results_are_those_of_grading_each_assignment_by_its_name(
    grade: Callable[..., Any],
    cli: Cli,
    course: Course,
    tmp_path: Path,
    timeless: Callable[[bytes], object],
) -> None:
    written(tmp_path / "sums", ann=DOUBLE + HALF, bob=HALF + SHIFT)
    written(tmp_path / "powers", cid=SQUARE, dan=CUBE + SHIFT)
    cli("grade", "sums", "sums/ann.ipynb", "sums/bob.ipynb", "--out", "alone", "--course", course.root, *WEAK)
    grade("sums/ann.ipynb", "powers", "sums/bob.ipynb")
    mixed, alone = ((tmp_path / place / "results.json").read_bytes() for place in ("results/sums", "alone"))
    assert timeless(mixed) == timeless(alone)


def test_a_student_with_a_folder_has_one_id_in_all_assignments(
    grade: Callable[..., Any], cli: Cli, tmp_path: Path
) -> None:
    written(
        tmp_path / "in",
        ann__week1=DOUBLE + HALF + SHIFT,
        ann__week2=SQUARE,
        bob__week1=DOUBLE,
        bob__week2=SQUARE + CUBE + SHIFT,
    )
    assert grade("in").status == 0
    ended = cli("gradebook", "results/powers", "results/sums")
    assert [line.split("\t")[0::3] for line in ended.out.splitlines()[1:]] == [
        ["ann", "66.67"],
        ["bob", "66.67"],
    ]
    notes = [
        note for name in FUNCTIONS for one in results(tmp_path, name)["submissions"] for note in one["notes"]
    ]
    assert not any("2 notebooks of this student" in note for note in notes)


def test_a_roster_names_students_in_each_assignment_and_who_is_late_or_missing(
    grade: Callable[..., Any], tmp_path: Path
) -> None:
    written(
        tmp_path / "in",
        lovelaceada_12345_500_sums=DOUBLE,
        lovelaceada_LATE_12345_501_powers=SQUARE,
        noetheremmy_222_502_sums=HALF,
    )
    (tmp_path / "class.csv").write_text(
        "Student,ID,SIS Login ID,Section\n    Points Possible,,,\n"
        '"Lovelace, Ada",12345,ada,A\n"Noether, Emmy",222,emmy,A\n"Bell, Eric",999,eric,A\n'
    )
    assert grade("in", "--roster", "class.csv").status == 0
    standing = {
        name: [(one["id"], one["status"], one["late"]) for one in results(tmp_path, name)["submissions"]]
        for name in FUNCTIONS
    }
    assert standing == {
        "sums": [("ada", "graded", False), ("emmy", "graded", False), ("eric", "not_submitted", False)],
        "powers": [
            ("ada", "graded", True),
            ("emmy", "not_submitted", False),
            ("eric", "not_submitted", False),
        ],
    }
    grade("in/noetheremmy_222_502_sums.ipynb")
    assert len(results(tmp_path, "sums")["submissions"]) == 3, "the folder remembers its roster"


def test_a_late_notebook_joins_its_class_and_no_other(grade: Callable[..., Any], tmp_path: Path) -> None:
    written(tmp_path / "in", ann=DOUBLE, bob=SQUARE)
    grade("in")
    before = (tmp_path / "results" / "powers" / "results.json").read_bytes()
    written(tmp_path / "late", cid=HALF + DOUBLE)
    ended = grade("late")
    assert ended.status == 0
    assert "results/sums/: added 1, kept 1.\nresults/sums/: 2 graded" in ended.out
    assert (tmp_path / "results" / "powers" / "results.json").read_bytes() == before


def test_a_zip_is_sorted_and_results_are_never_taken_for_work(
    grade: Callable[..., Any], tmp_path: Path, course: Course, cli: Cli
) -> None:
    written(tmp_path / "in", ann=DOUBLE, bob=SQUARE)
    with zipfile.ZipFile(course.root / "all.zip", "w") as archive:
        for path in (tmp_path / "in").iterdir():
            archive.write(path, path.name)
    for _ in range(2):
        ended = cli("grade", "--course", ".", ".", *WEAK, cwd=course.root)
        assert ended.status == 0
    files = [row[0] for row in rows(ended.out)]
    assert files == ["bob.ipynb", "ann.ipynb"]


def test_everything_is_one_object_of_json(grade: Callable[..., Any], mixed: Path, tmp_path: Path) -> None:
    ended = grade(mixed, "--json")
    told = json.loads(ended.out)
    assert told["assignments"] == {name: results(tmp_path, name) for name in ("powers", "sums")}
    assert [entry["file"] for entry in told["left"]] == ["none.ipynb", "open.ipynb", "page.ipynb"]
    assert ended.status == 1


def test_a_quiet_run_tells_what_has_no_mark(grade: Callable[..., Any], mixed: Path) -> None:
    ended = grade(mixed, "--quiet")
    assert (ended.status, ended.out) == (1, "")
    starts = [line.partition(":")[0] for line in ended.err.splitlines()]
    assert starts == ["page_of_powers.ipynb", "none.ipynb", "open.ipynb", "page.ipynb"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["in", "--map", "names"], "--map names: it is of one assignment", id="a name map"),
        pytest.param(["sums"], "sums: nothing to grade is named", id="a name alone"),
        pytest.param(["sum"], "sum: there is no such file, folder or assignment", id="neither"),
        pytest.param(["sum", "in"], "Did you mean sums?", id="a slip in the name"),
        pytest.param(["nowhere/x.ipynb"], "nowhere/x.ipynb: No such file", id="no such file"),
    ],
)
def test_what_makes_no_sense_ends_with_2(
    grade: Callable[..., Any], tmp_path: Path, arguments: list[str], said: str
) -> None:
    written(tmp_path / "in", ann=DOUBLE)
    (tmp_path / "names").write_text("twice = double\n")
    ended = grade(*arguments)
    assert ended.status == 2
    assert said in ended.err
    assert not (tmp_path / "results").exists()


def test_the_results_of_one_assignment_are_not_mixed_with_folders(
    grade: Callable[..., Any], cli: Cli, course: Course, tmp_path: Path
) -> None:
    written(tmp_path / "in", ann=DOUBLE)
    cli("grade", "sums", "in", "--course", course.root, *WEAK)
    ended = grade("in")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("results: it has the results of one assignment")
    assert ended.err.count("\n") == 2


def test_a_folder_called_like_an_assignment_is_a_path_where_it_stands_alone(
    grade: Callable[..., Any], tmp_path: Path
) -> None:
    written(tmp_path / "sums", ann=SQUARE + CUBE)
    assert rows(grade("sums").out) == [("ann.ipynb", "powers", "10 of 15", "graded")]


def test_without_an_assignment_there_is_nothing_to_sort_by(cli: Cli, tmp_path: Path) -> None:
    for folder in ("empty/solutions", "empty/testcases"):
        (tmp_path / folder).mkdir(parents=True)
    written(tmp_path / "in", ann=DOUBLE)
    ended = cli("grade", "in", "--course", "empty", *WEAK)
    assert ended.status == 2
    assert "grader new" in ended.err
