"""Grades a sample class, whose pages are part of the documentation.

    python docs/sample_class.py

writes docs/sample/: a student's page of feedback, and the report of the class with the pages that it leads
to. They are not committed: run this before the site is built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.api import load
from grader.assignments.course import shipped_course
from grader.authoring import sample_class

SAMPLE = Path(__file__).parent / "sample"
ASSIGNMENT = "dnn_step_by_step"
SEED = "a secret of yours"  # as the pages have it, because the names of groups follow from it
COLUMNS = 80


def main() -> None:
    """Grade the class, and keep its pages."""
    with tempfile.TemporaryDirectory() as temporary:
        grade_class(Path(temporary))
        write_sample(Path(temporary), SAMPLE)


def grade_class(folder: Path) -> str:
    """Grade the sample submissions, write the report of the class, and return the table of marks.

    A submission is added that is wrong as another one is, because only two of them make a group.

    Args:
        folder: An empty one, which then has `submissions/` and `results/`.
    """
    (folder / "submissions").mkdir()
    for name, notebook in sample_class.sample_class(load(shipped_course(), ASSIGNMENT)).items():
        (folder / "submissions" / name).write_bytes(notebook)
    shutil.copy(folder / "submissions/fatima.ipynb", folder / "submissions/gita.ipynb")
    table = run(folder, "grade", ASSIGNMENT, "submissions", "--seed", SEED, "--isolation", "weak")
    run(folder, "report", "results")
    return table


def write_sample(folder: Path, to: Path) -> None:
    """Copy the pages out of the folder of a class that was graded."""
    shutil.copytree(folder / "results/feedback", to / "feedback", dirs_exist_ok=True)
    shutil.copy(folder / "results/feedback/fatima.html", to / "feedback.html")
    shutil.copy(folder / "results/report.html", to / "class.html")


def run(folder: Path, *arguments: str) -> str:
    """Return what a command shows at a terminal, with its colours.

    Raises:
        SystemExit: The command says that this machine or an option is at fault.
    """
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "grader", *arguments]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode == 2:
        sys.exit(ended.stderr)
    return ended.stdout


if __name__ == "__main__":
    main()
