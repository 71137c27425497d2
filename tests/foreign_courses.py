"""Makes a small course of each other grader: sources, what students handed in, and a table of marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader_cells import code, graded, notebook, solution, text, written

DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
TESTS = "assert double(3) == 6\n### BEGIN HIDDEN TESTS\nassert double(-5) == -10\n### END HIDDEN TESTS"
STEP = (
    "# UNQ_C1\n# GRADED FUNCTION: step\ndef step(x):\n    ### START CODE HERE ###\n    y = x + 5\n"
    "    ### END CODE HERE ###\n    return y"
)
PUBLIC_TESTS = "def step_test(target):\n    assert target(2) == 7\n    assert target(-3) == 2\n"


def raw(source: str) -> dict[str, Any]:
    return {"cell_type": "raw", "source": source, "metadata": {}}


def make_foreign_courses(home: Path) -> None:
    """Make `nbgrader-course`, `otter-course` and `C1W3A1` in a folder."""
    _nbgrader(home / "nbgrader-course")
    _otter(home / "otter-course")
    _dlai(home / "C1W3A1")


def _nbgrader(root: Path) -> None:
    def cells(answer: str) -> list[dict[str, Any]]:
        return [text("# Problem 1"), solution(answer, "double"), graded(TESTS, "double-test", 2)]

    written(root / "source/ps1/problem1.ipynb", cells(DOUBLE))
    for student, answer in {"ada": "return x + x", "ben": "return x"}.items():
        handed_in = cells(f"def double(x):\n    {answer}")
        written(root / f"submitted/{student}/ps1/problem1.ipynb", handed_in)
    (root / "grades.csv").write_text("assignment,student_id,score\nps1,ada,2.0\nps1,ben,0.0\n")


def _otter(root: Path) -> None:
    asked = [
        raw("# ASSIGNMENT CONFIG\nname: hw01"),
        raw("# BEGIN QUESTION\nname: q1\npoints: 2"),
        *(raw("# BEGIN SOLUTION"), code("mean = (2 + 7) / 2 # SOLUTION"), raw("# END SOLUTION")),
        *(raw("# BEGIN TESTS"), code("assert mean > 4"), code("assert mean == 4.5"), raw("# END TESTS")),
        raw("# END QUESTION"),
    ]
    written(root / "hw01.ipynb", asked)
    for student, answer in {"ada": "4.5", "ben": "3"}.items():
        written(root / f"submissions/{student}.ipynb", [code(f"mean = {answer}")])
    (root / "final_grades.csv").write_text("file,q1\nada.ipynb,2.0\nben.ipynb,0.0\n")


def _dlai(root: Path) -> None:
    def cells(source: str) -> bytes:
        return notebook([code("from public_tests import *"), code(source), code("step_test(step)")])

    (root / "submissions").mkdir(parents=True)
    (root / "C1_W3_Steps.ipynb").write_bytes(cells(STEP))
    (root / "submissions/ada.ipynb").write_bytes(cells(STEP.replace("x + 5", "5 + x")))
    (root / "public_tests.py").write_text(PUBLIC_TESTS)
