"""The exercise on logistic regression: published numbers, notebooks of all editions, what is handed out."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import h5py
import nbformat
import numpy as np
import pytest
from proof import STUDENT

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.notebooks.solution import notebook_bytes, read_solution
from grader.sandbox.fork_server import ForkServer

NAME = "logistic_regression"
ROOT = Path(__file__).parents[2]
SOLUTION = ROOT / "solutions" / f"{NAME}.py"
HANDED_OUT = ROOT / "assignments" / NAME
NOTEBOOK = "Logistic_Regression_with_a_Neural_Network_mindset.ipynb"
DATA = ("datasets/test_catvnoncat.h5", "datasets/train_catvnoncat.h5")

Array = np.ndarray


@pytest.fixture(scope="module")
def reference() -> SimpleNamespace:
    """The solution's functions."""
    tree = ast.parse(SOLUTION.read_text(encoding="utf-8"))
    tree.body = [statement for statement in tree.body if isinstance(statement, ast.FunctionDef)]
    names: dict[str, Any] = {"np": np}
    exec(compile(tree, NAME, "exec"), names)
    return SimpleNamespace(**names)


def near(expected: Any) -> Any:
    """Equal to the eight digits in which the exercise's numbers are published."""
    return pytest.approx(np.array(expected), rel=1e-7, abs=1e-8)


# ---------------------------------------------------------------- published numbers

OLDEST = np.array([[1], [2]]), 2, np.array([[1, 2], [3, 4]]), np.array([[1, 0]])
OLDER = (
    np.array([[1.0], [2.0]]),
    2.0,
    np.array([[1.0, 2.0, -1.0], [3.0, 4.0, -3.2]]),
    np.array([[1, 0, 1]]),
)
CURRENT = (
    np.array([[1.0], [2.0]]),
    1.5,
    np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.2]]),
    np.array([[1, 1, 0]]),
)


@pytest.mark.parametrize(
    ("case", "dw", "db", "cost"),
    [
        pytest.param(OLDEST, [0.99993216, 1.99980262], 0.499935230625, 6.000064773192205, id="2017"),
        pytest.param(OLDER, [0.99845601, 2.39507239], 0.00145557813678, 5.80154531939, id="until 2020"),
        pytest.param(
            CURRENT, [0.25071532, -0.06604096], -0.1250040450043965, 0.15900537707692405, id="current"
        ),
    ],
)
def test_propagate_gives_the_published_cost_and_gradients(
    reference: SimpleNamespace, case: Any, dw: list[float], db: float, cost: float
) -> None:
    grads, mine = reference.propagate(*case)
    assert grads["dw"].ravel() == near(dw)
    assert grads["db"] == near(db)
    assert mine == near(cost)


@pytest.mark.parametrize(
    ("case", "w", "b", "dw", "db"),
    [
        pytest.param(
            OLDEST,
            [0.1124579, 0.23106775],
            1.55930492484,
            [0.90158428, 1.76250842],
            0.430462071679,
            id="2017",
        ),
        pytest.param(
            OLDER,
            [0.19033591, 0.12259159],
            1.92535983008,
            [0.67752042, 1.41625495],
            0.219194504541,
            id="until 2020",
        ),
        pytest.param(
            CURRENT,
            [0.80956046, 2.0508202],
            1.5948713189708588,
            [0.17860505, -0.04840656],
            -0.08888460336847771,
            id="current",
        ),
    ],
)
def test_optimize_gives_the_published_parameters(
    reference: SimpleNamespace, case: Any, w: list[float], b: float, dw: list[float], db: float
) -> None:
    params, grads, costs = reference.optimize(*case, num_iterations=100, learning_rate=0.009)
    assert params["w"].ravel() == near(w)
    assert params["b"] == near(b)
    assert grads["dw"].ravel() == near(dw)
    assert grads["db"] == near(db)
    assert costs == [reference.propagate(*case)[1]]


def test_predict_and_sigmoid_give_the_published_answers(reference: SimpleNamespace) -> None:
    w, X = np.array([[0.1124579], [0.23106775]]), np.array([[1.0, -1.1, -3.2], [1.2, 2.0, 0.1]])
    assert reference.predict(w, -0.3, X).tolist() == [[1, 1, 0]]
    assert reference.sigmoid(np.array([0, 2])) == near([0.5, 0.88079708])
    assert reference.sigmoid(9.2) == near(0.999898970806)


# ---------------------------------------------------------------- notebooks of every edition

IMPORTS = """import numpy as np
import matplotlib.pyplot as plt
import h5py
import scipy
from PIL import Image
from scipy import ndimage
from lr_utils import load_dataset
{}
%matplotlib inline"""

PICTURES = """train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = load_dataset()
train_set_x = train_set_x_orig.reshape(train_set_x_orig.shape[0], -1).T / 255.
d = model(train_set_x, train_set_y, train_set_x, train_set_y, num_iterations = 2000, learning_rate = 0.005)"""

WEIGHTS = """# GRADED FUNCTION: initialize_with_zeros

def initialize_with_zeros(dim):
    w = np.zeros((dim, 1))
    b = {zero}

    return w, b"""


@pytest.fixture(scope="module")
def assignment(sandbox: ForkServer) -> Assignment:
    return prepare(load(Course(ROOT), NAME), sandbox, "tests")


@pytest.fixture(scope="module")
def solved() -> list[str]:
    """The code cells of the solution."""
    return [cell.source for cell in read_solution(SOLUTION).cells if is_code(cell)]


def is_code(cell: Any) -> bool:
    return bool(cell.cell_type == "code")


Graded = Callable[..., dict[str, tuple[float, str]]]


@pytest.fixture
def graded(
    assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes], solved: list[str]
) -> Graded:
    """Grade the solution under the imports of an edition, with changes; return what loses points, and why."""

    def losses(
        imports: str, changes: dict[str, str] | None = None, *more: str
    ) -> dict[str, tuple[float, str]]:
        functions = [cell for cell in solved if "# GRADED FUNCTION" in cell]
        for before, after in (changes or {}).items():
            assert any(before in cell for cell in functions)
            functions = [cell.replace(before, after) for cell in functions]
        report = grade(assignment, sandbox, notebook(imports, *functions, *more), id="a", file="a.ipynb")
        return {
            score.name: (score.points, score.message)
            for score in report.exercises
            if score.points < score.max_points
        }

    return losses


@pytest.mark.parametrize("tests", ["", "from public_tests import *"], ids=["until 2020", "current"])
@pytest.mark.parametrize("zero", ["0", "0.0", "float(0)"])
def test_a_notebook_of_any_edition_is_graded_as_it_is(graded: Graded, tests: str, zero: str) -> None:
    assert graded(IMPORTS.format(tests), None, WEIGHTS.format(zero=zero), PICTURES) == {}


def test_numpy_may_come_with_the_public_tests(graded: Graded) -> None:
    imports = IMPORTS.format("from public_tests import *").replace("numpy as np", "numpy as n")
    assert graded(imports) == {}


@pytest.mark.parametrize(
    ("changes", "loses", "told"),
    [
        pytest.param({"(A > 0.5)": "(w.T @ X > 0.5)"}, "predict", "Y_prediction is wrong", id="no bias"),
        pytest.param(
            {"(X_train.shape[0])": "(X_train.shape[1])"},
            "model",
            "ValueError",
            id="a weight for each example",
        ),
        pytest.param(
            {"num_iterations, learning_rate, print_cost)": "print_cost=print_cost)"},
            "model",
            "d['w'] is wrong",
            id="the default rounds",
        ),
        pytest.param({"if i % 100": "if i % 10"}, "optimize", "costs has", id="more costs than asked for"),
        pytest.param(
            {"np.sum(A - Y) / m": "(A - Y) / m"},
            "propagate",
            "grads['db'] has the shape",
            id="db of each example",
        ),
    ],
)
def test_what_is_wrong_loses_its_points_alone(
    graded: Graded, changes: dict[str, str], loses: str, told: str
) -> None:
    ((name, (points, message)),) = graded(IMPORTS.format(""), changes).items()
    assert (name, points) == (loses, 0)
    assert told in message


# ---------------------------------------------------------------- what students receive


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder of a student."""
    return Path(shutil.copytree(HANDED_OUT, tmp_path / "desk"))


def run(desk: Path, cells: list[str]) -> tuple[str, list[str]]:
    """Run cells as Jupyter does; return what they print, and the errors."""
    without = 'import sys; sys.modules.update(dict.fromkeys(["scipy", "sklearn", "pandas"])); '
    there = 'import matplotlib; matplotlib.use("Agg")\n'
    (desk / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-c", without + there + STUDENT, "cells.json"],
        cwd=desk,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    printed, _, errors = done.stdout.rpartition("ERRORS")
    return printed, [error for error in json.loads(errors) if error]


def executed(desk: Path, cells: list[str]) -> str:
    """Run a notebook, with fewer rounds of the last section; return what it prints."""
    inline = ("%matplotlib inline", "")  # of Jupyter alone
    changes = (inline, ("=2000, learning_rate=0.005", "=20, learning_rate=0.005"), ("=1000,", "=10,"))
    for before, after in changes:
        assert any(before in cell for cell in cells)
        cells = [cell.replace(before, after) for cell in cells]
    printed, errors = run(desk, cells)
    assert errors == []
    return printed


def test_the_stub_runs_from_top_to_bottom(desk: Path) -> None:
    stub = nbformat.read(HANDED_OUT / NOTEBOOK, as_version=4)
    printed = executed(desk, [cell.source for cell in stub.cells if is_code(cell)])
    assert (printed.count("All tests passed"), printed.count("is not written yet.")) == (0, 6)


def test_the_solution_runs_from_top_to_bottom_and_prints_what_the_text_shows(
    desk: Path, solved: list[str]
) -> None:
    printed = executed(desk, solved)
    assert (printed.count("All tests passed"), printed.count("is not written yet.")) == (6, 0)
    text = "".join(cell.source for cell in read_solution(SOLUTION).cells if not is_code(cell))
    *expected, last = [block.partition("```")[0].strip() for block in text.split("```text\n")[1:]]
    assert len(expected) == 8
    assert [block for block in expected if block not in printed] == []
    assert last.splitlines()[0] in printed


def test_what_is_handed_out_is_small() -> None:
    assert sum(path.stat().st_size for path in HANDED_OUT.rglob("*") if path.is_file()) < 2_000_000


@pytest.fixture
def other_data(tmp_path: Path) -> bytes:
    """An HDF5 file with other arrays."""
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["train_x"] = file["test_x"] = np.zeros(3)
    return (tmp_path / "other.h5").read_bytes()


@pytest.mark.parametrize("path", DATA)
@pytest.mark.parametrize("fault", ["missing", "cut off", "another"])
def test_a_fault_of_the_data_is_named_in_the_notebook_and_by_check(
    fault: str, path: str, desk: Path, other_data: bytes
) -> None:
    whole = (desk / path).read_bytes()
    (desk / path).unlink()
    if fault != "missing":
        (desk / path).write_bytes(other_data if fault == "another" else whole[: len(whole) // 2])

    _, (error,) = run(desk, ["from lr_utils import load_dataset", "load_dataset()"])
    assert path in error
    assert ("is missing" if fault == "missing" else "is damaged, or another file") in error
    assert "put the" in error.lower()

    command = [sys.executable, "-m", "grader", "check", NOTEBOOK]
    done = subprocess.run(command, cwd=desk, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    told = "and is missing" if fault == "missing" else "is not as it came with the assignment"
    assert f"{path}: it" in done.stderr
    assert told in done.stderr


def test_the_public_tests_name_missing_pictures(desk: Path) -> None:
    shutil.rmtree(desk / "datasets")
    printed, _ = run(desk, ["from public_tests import *"])
    assert "Missing beside public_cases.h5: datasets/test_catvnoncat.h5, datasets/train" in printed


@pytest.mark.parametrize("fault", ["none", "another", "cut off"])
def test_a_submission_is_graded_with_the_pictures_that_were_handed_out(
    fault: str, tmp_path: Path, other_data: bytes
) -> None:
    """Whatever lies beside the notebook, it is not read."""
    folder = tmp_path / "in" / "zoe"
    (folder / "datasets").mkdir(parents=True)
    (folder / "zoe.ipynb").write_bytes(notebook_bytes(read_solution(SOLUTION)))
    if fault != "none":
        (folder / DATA[0]).write_bytes(other_data if fault == "another" else other_data[:100])
    command = [
        "grade",
        NAME,
        "in",
        "--course",
        str(ROOT),
        "--seed",
        "s",
        "--isolation",
        "weak",
        "--jobs",
        "1",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "grader", *command],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "100/100" in done.stdout
