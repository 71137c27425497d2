"""Notebooks of the exercise on deep networks for pictures: those of all editions, and what is handed out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
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
from grader.models.report import Report
from grader.notebooks.solution import notebook_bytes, read_solution
from grader.sandbox.fork_server import ForkServer

NAME = "dnn_application"
ROOT = Path(__file__).parents[2]
SOLUTION = ROOT / "solutions" / f"{NAME}.py"
HANDED_OUT = ROOT / "assignments" / NAME
NOTEBOOK = "Deep_Neural_Network_Application.ipynb"
DATA = ("datasets/test_catvnoncat.h5", "datasets/train_catvnoncat.h5")


@pytest.fixture(scope="module")
def assignment(sandbox: ForkServer) -> Assignment:
    return prepare(load(Course(ROOT), NAME), sandbox, "tests")


def is_code(cell: Any) -> bool:
    return bool(cell.cell_type == "code")


@pytest.fixture(scope="module")
def solved() -> list[str]:
    """The code cells of the solution."""
    return [cell.source for cell in read_solution(SOLUTION).cells if is_code(cell)]


# ---------------------------------------------------------------- notebooks of every edition

IMPORTS = """import time
import numpy as np
import h5py
import matplotlib.pyplot as plt
import scipy
from PIL import Image
from scipy import ndimage
from {} import *
{}
%matplotlib inline
plt.rcParams['figure.figsize'] = (5.0, 4.0)
np.random.seed(1)"""

PLOTTED = {
    '                print(f"cost after round {i}: {cost:.6f}")': (
        '                print ("Cost after iteration %i: %f" %(i, cost))'
    ),
    "    return parameters, costs": """    plt.plot(np.squeeze(costs))
    plt.ylabel('cost')
    plt.title("Learning rate =" + str(learning_rate))
    plt.show()

    return parameters""",
}
"""What is another in the edition of 2017: the models plot the costs and return the parameters alone."""

PICTURES = """train_x_orig, train_y, test_x_orig, test_y, classes = load_data()
train_x = train_x_orig.reshape(train_x_orig.shape[0], -1).T/255.
parameters = two_layer_model(train_x, train_y, layers_dims = (12288, 7, 1), num_iterations = 2500)
predictions_train = predict(train_x, train_y, parameters)"""

OWN_PICTURE = """image = np.array(ndimage.imread("images/my_image.jpg", flatten=False))
my_image = scipy.misc.imresize(image, size=(64, 64)).reshape((64*64*3, 1))
my_predicted_image = predict(my_image, [1], parameters)"""

Graded = Callable[..., Report]


@pytest.fixture
def graded(
    assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes], solved: list[str]
) -> Graded:
    """Grade the solution under the imports of an edition, with changes of both models."""

    def report(module: str, tests: str, changes: dict[str, str], *more: str) -> Report:
        functions = [cell for cell in solved if "# GRADED FUNCTION" in cell]
        for before, after in changes.items():
            assert any(before in cell for cell in functions)
            functions = [cell.replace(before, after) for cell in functions]
        written = notebook(IMPORTS.format(module, tests), *functions, PICTURES, OWN_PICTURE, *more)
        return grade(assignment, sandbox, written, id="a", file="a.ipynb")

    return report


MODULES = ("dnn_app_utils", "dnn_app_utils_v2", "dnn_app_utils_v3")
TESTS = "from public_tests import *"


@pytest.mark.parametrize("module", MODULES)
def test_a_notebook_of_the_current_edition_is_graded_as_it_is(graded: Graded, module: str) -> None:
    report = graded(module, TESTS, {})
    assert (report.points, "earlier edition" in " ".join(report.notes)) == (100, False)


@pytest.mark.parametrize("module", MODULES)
def test_models_of_2017_may_plot_and_return_the_parameters_alone(graded: Graded, module: str) -> None:
    report = graded(module, "", PLOTTED)
    assert report.points == 100
    assert "L_layer_model: judged by the convention of an earlier edition" in report.notes


@pytest.mark.parametrize("answer", ["parameters", "parameters, costs"])
def test_a_notebook_that_may_be_of_either_edition_is_right_in_either(graded: Graded, answer: str) -> None:
    changes = {"return parameters, costs": f"return {answer}"}
    assert graded("dnn_app_utils_v3", "", changes).points == 100


def test_the_current_edition_asks_for_the_costs(graded: Graded) -> None:
    report = graded("dnn_app_utils_v3", TESTS, {"return parameters, costs": "return parameters"})
    assert report.points == 0
    for score in report.exercises:
        assert score.message == "The result (parameters, costs) is a dictionary, expected 2 values."
        assert score.hint == "Returns no costs, though it is of the edition that asks for them."


def test_functions_of_the_exercise_before_may_be_left_unfinished_in_the_notebook(graded: Graded) -> None:
    """A cell that is not needed costs nothing."""
    assert graded("dnn_app_utils_v3", TESTS, {}, "def linear_forwards(A, W, b):\n    Z =").points == 100


@pytest.mark.parametrize(
    ("changes", "loses", "told"),
    [
        pytest.param({'cache1, "relu")': 'cache1, "sigmoid")'}, 0, "parameters['W1'] is wrong", id="sigmoid"),
        pytest.param({"cache1 = ": "cache2 = "}, 0, "NameError", id="no second cache"),
        pytest.param(
            {"initialize_parameters_deep(layers_dims)": "initialize_parameters(layers_dims)"},
            1,
            "TypeError",
            id="the function for two layers",
        ),
        pytest.param({"        AL, caches =": "        AL, cachess ="}, 1, "NameError", id="a slip"),
    ],
)
def test_what_is_wrong_loses_its_points_alone(
    graded: Graded, changes: dict[str, str], loses: int, told: str
) -> None:
    scores = graded("dnn_app_utils_v3", TESTS, changes).exercises
    assert [score.points for score in scores] == [50 * (place != loses) for place in range(2)]
    assert told in scores[loses].message


# ---------------------------------------------------------------- what students receive


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder of a student."""
    return Path(shutil.copytree(HANDED_OUT, tmp_path / "desk"))


def run(desk: Path, cells: list[str]) -> tuple[str, list[str]]:
    """Run cells as Jupyter does, without other packages; return what they print, and the errors."""
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
    """Run a notebook, with fewer rounds where it takes long; return what it prints."""
    changes = (
        ("%matplotlib inline", ""),
        ("num_iterations=2500", "num_iterations=2"),
        ("range(250, 1501, 250)", "range(3)"),
        ("num_iterations=1000", "num_iterations=2"),
    )
    for before, after in changes:
        assert any(before in cell for cell in cells)
        cells = [cell.replace(before, after) for cell in cells]
    printed, errors = run(desk, cells)
    assert errors == []
    return printed


def test_the_stub_runs_from_top_to_bottom_and_trains_nothing(desk: Path) -> None:
    stub = nbformat.read(HANDED_OUT / NOTEBOOK, as_version=4)
    printed = executed(desk, [cell.source for cell in stub.cells if is_code(cell)])
    assert (printed.count("All tests passed"), printed.count("is not written yet.")) == (0, 2)
    assert "Accuracy" not in printed
    assert "It took" not in printed


def test_the_solution_runs_from_top_to_bottom_and_prints_what_the_text_shows(
    desk: Path, solved: list[str]
) -> None:
    printed = executed(desk, solved)
    assert (printed.count("All tests passed"), printed.count("is not written yet.")) == (2, 0)
    text = "".join(cell.source for cell in read_solution(SOLUTION).cells if not is_code(cell))
    expected = [block.partition("```")[0].strip() for block in text.split("```text\n")[1:]]
    assert len(expected) == 8
    # What long training reaches is looked at in test_dnn_application.
    short = [block for block in expected if "Accuracy" not in block and "..." not in block]
    assert [block for block in short if block not in printed] == []
    assert all(block.splitlines()[0] in printed for block in expected)


def test_what_is_handed_out_is_small() -> None:
    assert sum(path.stat().st_size for path in HANDED_OUT.rglob("*") if path.is_file()) < 2_000_000


@pytest.fixture
def other_data(tmp_path: Path) -> dict[str, bytes]:
    """HDF5 files with other arrays, and with smaller pictures."""
    for name in ("train", "test"):
        with h5py.File(tmp_path / f"another {name}.h5", "w") as file:
            file["pictures"] = np.zeros((5, 64, 64, 3), np.uint8)
        with h5py.File(tmp_path / f"smaller {name}.h5", "w") as file:
            file[f"{name}_set_x"] = np.zeros((5, 32, 32, 3), np.uint8)
            file[f"{name}_set_y"] = np.zeros(5, int)
            file["list_classes"] = np.array([b"non-cat", b"cat"])
    return {path.stem: path.read_bytes() for path in tmp_path.glob("*.h5")}


@pytest.mark.parametrize("part", ["test", "train"])
@pytest.mark.parametrize("fault", ["missing", "cut off", "another", "smaller"])
def test_a_fault_of_the_data_is_named_in_the_notebook_and_by_check(
    fault: str, part: str, desk: Path, other_data: dict[str, bytes]
) -> None:
    path = f"datasets/{part}_catvnoncat.h5"
    whole = (desk / path).read_bytes()
    (desk / path).unlink()
    if fault != "missing":
        (desk / path).write_bytes(other_data.get(f"{fault} {part}", whole[: len(whole) // 2]))

    _, (error,) = run(desk, ["from dnn_app_utils import load_data", "load_data()"])
    assert path in error
    assert ("is missing" if fault == "missing" else "is damaged, or another file") in error
    assert "put the" in error.lower()

    command = [sys.executable, "-m", "grader", "check", NOTEBOOK]
    done = subprocess.run(command, cwd=desk, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    told = "and is missing" if fault == "missing" else "is not as it came with the assignment"
    assert f"{path}: it" in done.stderr
    assert told in done.stderr


@pytest.mark.parametrize("fault", ["none", "another", "cut off"])
def test_a_submission_is_graded_with_the_pictures_that_were_handed_out(
    fault: str, tmp_path: Path, other_data: dict[str, bytes]
) -> None:
    """Whatever lies beside the notebook, it is not read."""
    folder = tmp_path / "in" / "zoe"
    (folder / "datasets").mkdir(parents=True)
    (folder / "zoe.ipynb").write_bytes(notebook_bytes(read_solution(SOLUTION)))
    if fault != "none":
        (folder / DATA[0]).write_bytes(other_data["another test"][: 100 if fault == "cut off" else None])
    command = f"grade {NAME} in --seed s --isolation weak --jobs 1 --course".split()
    done = subprocess.run(
        [sys.executable, "-m", "grader", *command, str(ROOT)],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "100/100" in done.stdout
