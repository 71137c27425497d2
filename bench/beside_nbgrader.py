"""A class graded by nbgrader and by grader, side by side in one run: how many times as fast one is.

    python -m venv ELSEWHERE && ELSEWHERE/bin/pip install nbgrader ipykernel numpy h5py matplotlib
    python bench/beside_nbgrader.py ELSEWHERE/bin/nbgrader [--count 40] [--rounds 5]

nbgrader is installed into an environment of its own, since grader needs nothing of it, and is used as its
users do: `nbgrader autograde` and `nbgrader generate_feedback` of one assignment. Its tests are the stub's
own cells, ten of 10 points each, which ask the public cases. It executes whole notebooks, so what draws and
trains there, Matplotlib with it, is left out of those that it is given: that takes longer than all the rest
and earns nothing. `grader grade` is given them as they are, and asks hidden cases too; it does not search
for the places of mistakes, which begins when marks and pages are there and has no counterpart in nbgrader.
Both begin with nothing and end with a page for each student. They take turns, so that what else runs slows
both.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from classes import write_class

from grader.assignments.course import shipped_course
from grader.assignments.loader import load
from grader.notebooks.graded_items import MARKER

ASSIGNMENT = "dnn_step_by_step"
SEED = "beside nbgrader"
COURSE = shipped_course()
TEST = re.compile(r"(\w+)_test\(\1\)")
"""A cell of the stub that tests a function."""

PLOTTING = "import matplotlib.pyplot as plt\n"
UNGRADED = re.compile(r"\b(plt\.|train\()")
"""What stands in a cell that draws or trains."""

POINTS = 10


class Round(NamedTuple):
    """Seconds of one round: the two commands of nbgrader, grader on the class, and on its first notebook."""

    autograde: float
    feedback: float
    ours: float
    one: float

    @property
    def ratio(self) -> float:
        """How many times as fast grader is."""
        return (self.autograde + self.feedback) / self.ours


def main() -> None:
    """Measure round after round, and print each and the medians."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("nbgrader", type=Path, help="the program, in an environment of its own")
    parser.add_argument("--count", type=int, default=40, help="notebooks of the class")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_class(load(COURSE, ASSIGNMENT), folder / "class", options.count, SEED)
        write_course(folder / "course", folder / "class", options.nbgrader)
        rounds = [one_round(folder, options.nbgrader, options.count) for _ in told(options.rounds)]
    print(*table(rounds), sep="\n")


def told(rounds: int) -> Iterator[int]:
    """Count the rounds, and say on standard error which it is."""
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", file=sys.stderr)
        yield number


def one_round(folder: Path, nbgrader: Path, count: int) -> Round:
    """Let each grade the class once, from nothing."""
    theirs, ours, one = (folder / "round" / name for name in ("nbgrader", "grader", "one"))
    shutil.copytree(folder / "course", theirs)
    first = min((folder / "class").iterdir())
    measured = Round(
        seconds([nbgrader, "autograde", ASSIGNMENT], theirs),
        seconds([nbgrader, "generate_feedback", ASSIGNMENT], theirs),
        seconds(grading(folder / "class", ours), folder),
        seconds(grading(first, one), folder),
    )
    for pages in (theirs / "feedback", ours / "feedback"):
        found = len(list(pages.rglob("*.html")))
        if found != count:
            raise SystemExit(f"{pages} has {found} pages for {count} notebooks")
    shutil.rmtree(folder / "round")
    return measured


def grading(path: Path, out: Path) -> Sequence[str | Path]:
    """The command that grades a path."""
    command = [sys.executable, "-m", "grader", "grade", ASSIGNMENT, path, "--out", out]
    return [*command, "--course", COURSE.root, "--hints", "none"]


def seconds(command: Sequence[str | Path], folder: Path) -> float:
    """Run a command in a folder from start to exit; what it says is shown if it fails."""
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls its neighbours
    environment = {**os.environ, "PATH": path}
    start = time.perf_counter()
    run = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    took = time.perf_counter() - start
    if run.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {run.returncode}:\n{run.stdout}")
    return took


def table(rounds: Sequence[Round]) -> Iterator[str]:
    """The rounds and their medians, as lines."""
    yield f"{'round':>6} {'autograde':>10} {'feedback':>10} {'grader':>8} {'of one':>8} {'times':>7}"
    for number, one in enumerate(rounds, 1):
        yield _line(str(number), *one, one.ratio)
    middle = [median(column) for column in zip(*rounds, strict=True)]
    yield _line("median", *middle, median(one.ratio for one in rounds))
    yield f"start-up, which one notebook pays too, is {middle[3] / middle[2]:.0%} of what the class takes"


def _line(name: str, *figures: float) -> str:
    autograde, feedback, ours, one, ratio = figures
    return f"{name:>6} {autograde:>8.2f} s {feedback:>8.2f} s {ours:>6.2f} s {one:>6.2f} s {ratio:>7.1f}"


# ---------------------------------------------------------------- a course of nbgrader's


def write_course(folder: Path, submissions: Path, nbgrader: Path) -> None:
    """Write a course with the shipped exercise as nbgrader has them, and a class that has handed in."""
    handout = COURSE.root / "assignments" / ASSIGNMENT
    source = folder / "source" / ASSIGNMENT
    shutil.copytree(handout, source)
    (stub,) = source.glob("*.ipynb")
    stub.write_bytes(as_nbgrader_has_it(stub.read_bytes()))
    seconds([nbgrader, "generate_assignment", ASSIGNMENT], folder)
    for submission in submissions.iterdir():
        to = folder / "submitted" / submission.stem / ASSIGNMENT
        to.mkdir(parents=True)
        (to / stub.name).write_bytes(as_nbgrader_has_it(submission.read_bytes()))


def as_nbgrader_has_it(notebook: bytes) -> bytes:
    """The same notebook with solutions and tests marked, without the cells that draw or train."""
    content = json.loads(notebook)
    content["cells"] = [cell for cell in content["cells"] if not _is_ungraded(cell)]
    for cell in content["cells"]:
        text = cell["source"] = "".join(cell["source"]).replace(PLOTTING, "")
        cell.pop("id", None)  # the class says that it is of a format without
        if marker := MARKER.search(text):
            cell["metadata"]["nbgrader"] = _said(marker[1], solution=True)
        elif test := TEST.fullmatch(text.strip()):
            cell["metadata"]["nbgrader"] = _said(f"{test[1]}_test", grade=True, locked=True, points=POINTS)
    return json.dumps({**content, "nbformat_minor": 4}).encode()


def _is_ungraded(cell: Mapping[str, Any]) -> bool:
    return cell["cell_type"] == "code" and bool(UNGRADED.search("".join(cell["source"])))


def _said(grade_id: str, **said: Any) -> dict[str, Any]:
    """What nbgrader says of one cell."""
    fixed = {"schema_version": 3, "cell_type": "code", "task": False}
    return {"grade_id": grade_id, "grade": False, "locked": False, "solution": False, **fixed, **said}


if __name__ == "__main__":
    main()
