"""A notebook earns what it earns in Jupyter: run from top to bottom, and then the public tests."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import nbformat
import pytest

from grader.assignments.definition import Definition
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.notebooks.reader import read_cells
from grader.notebooks.solution import notebook_bytes
from grader.sandbox.fork_server import ForkServer

from . import further, kinds

WRONG = {**kinds.WRONG, **further.STOPS}
KINDS = {**kinds.KINDS, **further.OTHERWISE, **further.MAGICS, **further.STOPS}

ROOT = Path(__file__).parents[2]
SHARED = sorted((ROOT.parent / "shared" / "cases" / "jupyter").glob("*.ipynb"))
RUNNER = Path(__file__).with_name("jupyter.py")
HANDED_OUT = ROOT / "assignments" / "dnn_step_by_step"


def in_jupyter(notebooks: Mapping[str, Sequence[str]], functions: Iterable[str]) -> dict[str, set[str]]:
    """The functions of notebooks that pass their public tests after IPython has run all cells."""
    asked = {"folder": str(HANDED_OUT), "notebooks": dict(notebooks), "functions": list(functions)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", RUNNER],
        input=json.dumps(asked) + "\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return {name: set(passed) for name, passed in json.loads(done.stdout.splitlines()[-1]).items()}


@pytest.fixture(scope="module")
def public(definition: Definition, patient: ForkServer) -> Assignment:
    """The assignment with its public cases alone."""
    return prepare(definition, patient, None)


@pytest.fixture(scope="module")
def patient() -> Iterable[ForkServer]:
    """A sandbox that waits for a busy machine to import matplotlib."""
    with ForkServer(20.0, required="weak") as server:
        yield server


def earned(public: Assignment, sandbox: ForkServer, data: bytes) -> set[str]:
    report = grade(public, sandbox, data, id="student", file="student.ipynb")
    return {score.name for score in report.exercises if score.points and score.credited == "as_written"}


@pytest.fixture(scope="module")
def jupyter(public: Assignment) -> dict[str, set[str]]:
    """What passes in Jupyter, of each kind."""
    return in_jupyter(KINDS, [exercise.name for exercise in public.exercises])


@pytest.mark.parametrize("kind", KINDS)
def test_a_notebook_earns_what_passes_in_jupyter(
    kind: str, jupyter: dict[str, set[str]], public: Assignment, patient: ForkServer
) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in KINDS[kind]]
    data = notebook_bytes(nbformat.v4.new_notebook(cells=cells))
    assert earned(public, patient, data) == jupyter[kind]
    if kind not in WRONG and kind != "no file":
        assert jupyter[kind] == {"linear_forward", "linear_activation_forward"}


@pytest.fixture(scope="module")
def shared_in_jupyter(public: Assignment) -> dict[str, set[str]]:
    """What passes in Jupyter, of each notebook that was shared."""
    notebooks = {path.stem: [cell.source for cell in read_cells(path.read_bytes())] for path in SHARED}
    return in_jupyter(notebooks, [exercise.name for exercise in public.exercises])


@pytest.mark.skipif(not SHARED, reason="the shared notebooks are not here")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.stem)
def test_a_shared_notebook_earns_what_passes_in_jupyter(
    path: Path, shared_in_jupyter: dict[str, set[str]], public: Assignment, patient: ForkServer
) -> None:
    assert earned(public, patient, path.read_bytes()) == shared_in_jupyter[path.stem]
    assert len(shared_in_jupyter[path.stem]) == len(public.exercises)
