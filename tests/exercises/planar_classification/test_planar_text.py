"""The notebook on points of the plane runs as it is handed out and solved, and prints what its text says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.notebooks.solution import read_solution

RUN = """
import contextlib, io, json, sys
sys.path.insert(0, "")
sys.modules["grader"] = sys.modules["sklearn"] = None
import matplotlib.pyplot
matplotlib.use("agg")
outputs, names = [], {}
for source in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(source, names)
        matplotlib.pyplot.close("all")
    outputs.append(printed.getvalue())
print(json.dumps(outputs))
"""
"""Runs code cells with nothing but what was handed out, and prints what each of them prints."""

EXPECTED = re.compile(r"```text\n(.*?)```", re.DOTALL)
EXERCISE = re.compile(r"^### Exercise \d: (\w+)$", re.MULTILINE)


def outputs(notebook: Any, released: Path, folder: Path) -> list[str]:
    """What each cell of a notebook prints; nothing of a text cell."""
    desk = folder / "desk"
    shutil.copytree(released, desk)
    cells = [
        re.sub(r"^%.*", "", cell.source, flags=re.MULTILINE) if cell.cell_type == "code" else ""
        for cell in notebook.cells
    ]
    command = [sys.executable, "-I", "-W", "error", "-c", RUN]
    done = subprocess.run(
        command, cwd=desk, input=json.dumps(cells), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.fixture(scope="module")
def stub(released: Path) -> Any:
    return nbformat.read(next(released.glob("*.ipynb")), as_version=4)


@pytest.fixture(scope="module")
def solution(released: Path) -> Any:
    return read_solution(released.parents[1] / "solutions" / f"{released.name}.py")


def test_the_stub_runs_from_top_to_bottom_as_it_is(stub: Any, released: Path, tmp_path: Path) -> None:
    printed = outputs(stub, released, tmp_path)
    said = {line for text in printed for line in text.splitlines() if "not written yet" in line}
    exercises = EXERCISE.findall("\n".join(cell.source for cell in stub.cells))
    assert {re.split(r"\W", line)[0] for line in said} <= {*exercises}
    assert len(said) > 3  # what needs another says which one to write first


def test_the_solution_prints_the_outputs_that_its_text_expects(
    solution: Any, released: Path, tmp_path: Path
) -> None:
    printed = outputs(solution, released, tmp_path)
    shown = 0
    for i, cell in enumerate(solution.cells):
        for block in EXPECTED.findall(cell.source):
            pieces = [re.escape(piece) for piece in block.split("...\n")]
            assert re.fullmatch("(?s:.*)".join(pieces), printed[i - 1]), (block, printed[i - 1])
            shown += 1
    assert shown == 12
    assert sum("All tests passed" in text for text in printed) == 8


def test_every_link_of_the_contents_leads_somewhere_and_every_exercise_is_listed(stub: Any) -> None:
    text = "\n".join(cell.source for cell in stub.cells)
    assert re.findall(r"\(#([\w-]+)\)", text) == re.findall(r"<a name='([\w-]+)'>", text)
    assert re.findall(r"\[Exercise \d: (\w+)\]", text) == EXERCISE.findall(text)
    assert sum(map(int, re.findall(r"\((\d+) points\)", text))) == 100
