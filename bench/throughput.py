"""How long a class takes: forty copies of one notebook, from the command to the marks.

    python bench/throughput.py [NOTEBOOK]

Prints one table: the whole command, and the wall time of a submission once everything has started.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.assignment import find_course
from grader.batch import Grader, Order, grade_all
from grader.intake import find
from grader.notebook.solution import read_solution, sample

COPIES = 40
SIZE = 58_000
REPEATS = 5
ASSIGNMENT = "dnn_step_by_step"


def main() -> None:
    """Measure, and print the table."""
    course = find_course(Path.cwd())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        original = Path(sys.argv[1]) if len(sys.argv) > 1 else typical_notebook(folder)
        copies = folder / "class"
        copies.mkdir()
        for i in range(COPIES):
            shutil.copy(original, copies / f"student_{i}.ipynb")
        command = [time_command(course.root, copies, folder / "results") for _ in range(REPEATS)]
        each = [time_each(course.root, copies) for _ in range(REPEATS)]
        size = original.stat().st_size
    table = Table(
        "measure",
        "median",
        "best",
        "limit",
        title=f"{COPIES} copies of {size / 1000:.0f} kB, {os.cpu_count()} cores",
    )
    table.add_row(
        "grader grade, start to marks", f"{statistics.median(command):.2f} s", f"{min(command):.2f} s", "2 s"
    )
    table.add_row(
        "a submission, after start-up", f"{statistics.median(each):.1f} ms", f"{min(each):.1f} ms", "25 ms"
    )
    scale = [time_numpy() for _ in range(REPEATS)]
    table.add_row(
        "python -c 'import numpy', for scale",
        f"{statistics.median(scale):.0f} ms",
        f"{min(scale):.0f} ms",
        "",
    )
    Console().print(table)


def typical_notebook(folder: Path) -> Path:
    """The solution with as much in its outputs as real notebooks have."""
    solution = read_solution(find_course(Path.cwd()).solution(ASSIGNMENT))
    padding = "# " + "a printed array " * 3 + "\n"
    missing = max(SIZE - len(sample(solution)), 0)
    path = folder / "typical.ipynb"
    path.write_bytes(sample(solution, extra=["print(1)\n" + padding * (missing // len(padding))]))
    return path


def time_command(course: Path, copies: Path, out: Path) -> float:
    """Seconds of the whole command, in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "grader",
        "grade",
        ASSIGNMENT,
        str(copies),
        "--course",
        str(course),
        "--out",
        str(out),
    ]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def time_numpy() -> float:
    """Milliseconds that a fresh Python with NumPy takes here and now: on a quiet machine of this kind, 95."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)
    return (time.perf_counter() - start) * 1000


def time_each(course: Path, copies: Path) -> float:
    """Milliseconds of wall time a submission, once the workers have graded the first ones."""
    handed = find([copies])
    order = Order(course, ASSIGNMENT, seed="bench")
    with Grader(order) as grader:
        reports = grade_all(grader, order, handed * 3, jobs=os.cpu_count() or 1)
        for _ in range(COPIES):
            next(reports)
        start = time.perf_counter()
        count = sum(1 for _ in reports)
        return (time.perf_counter() - start) / count * 1000


if __name__ == "__main__":
    main()
