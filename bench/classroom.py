"""What grading costs: commands from start to end, beside the floor, all in turn in one run.

    python bench/classroom.py [--quick]

Each figure is the best of several rounds, since whatever else runs on a machine only adds to it; memory is
the worst. CPU is that of all processes. "Each" is a submission without the start, which has a row of its own;
"a second" is of the whole command. What the floor is, `floor.py` says; it runs in as many processes at a
time as what is beside it, since two that share caches are each slower than one. The limits are for two cores.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import NamedTuple

from classes import write_class
from floor import passed
from processes import Cost, cost
from rich.console import Console
from rich.table import Table

from grader.assignments.course import shipped_course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.execution.grader import Grader, Order
from grader.models.assignment import Assignment
from grader.notebooks.solution import read_solution, sample

ASSIGNMENT = "dnn_step_by_step"
SEED = "classroom"
COPIES = 40
COURSE = shipped_course()
GRADER = (sys.executable, "-m", "grader")


class Sizes(NamedTuple):
    """How many submissions the classes have, and how many rounds there are; the largest class has one."""

    few: int
    many: int
    most: int
    rounds: int


FULL = Sizes(100, 1_000, 10_000, 2)
QUICK = Sizes(20, 40, 60, 1)


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with classes, and what has been measured on them so far."""

    folder: Path
    sizes: Sizes
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    floors: dict[int, list[float]] = field(default_factory=dict)

    def run(self, name: str, *command: str | Path) -> None:
        """Run a command, and keep what it cost under a name."""
        self.costs.setdefault(name, []).append(cost(command))

    def grade(self, name: str, of: str, *options: str, jobs: int = 2) -> Path:
        """Grade a class into a new folder, which is returned."""
        out = self.folder / "results" / f"{name}, {len(self.costs.get(name, ()))}"
        fixed = ("--out", out, "--course", COURSE.root, "--seed", SEED, "--jobs", str(jobs))
        self.run(name, *GRADER, "grade", ASSIGNMENT, self.folder / of, *fixed, *options)
        return out

    def floor(self, assignment: Assignment, jobs: int) -> None:
        """Keep the CPU seconds that each of the distinct notebooks takes on the floor, in some processes."""
        notebooks = [path.read_bytes() for path in sorted((self.folder / "distinct").iterdir())]
        context = get_context("fork")  # an assignment cannot be pickled
        seconds: SimpleQueue[float] = context.SimpleQueue()
        started = [
            context.Process(target=measure_floor, args=(assignment, notebooks[i::jobs], seconds))
            for i in range(jobs)
        ]
        for process in started:
            process.start()
        for process in started:
            process.join()
        self.floors.setdefault(jobs, []).append(sum(seconds.get() for _ in started) / len(notebooks))

    def best(self, name: str) -> Cost:
        """The least time that a command has taken, and the most memory."""
        seconds, cpu, memory = zip(*self.costs[name], strict=True)
        return Cost(min(seconds), min(cpu), max(memory))


def measure_floor(assignment: Assignment, notebooks: Sequence[bytes], seconds: SimpleQueue[float]) -> None:
    """Put the CPU seconds that notebooks take on the floor into a queue."""
    list(passed(assignment, notebooks[:1]))  # imports what they all import
    start = time.process_time()
    list(passed(assignment, notebooks))
    seconds.put(time.process_time() - start)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="one round with tiny classes")
    sizes = QUICK if parser.parse_args().quick else FULL
    with Grader(Order(COURSE.root, ASSIGNMENT, SEED)) as grader:
        assignment = grader.assignment
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), sizes)
        write_classes(load(COURSE, ASSIGNMENT), bench.folder, sizes)
        for _ in range(sizes.rounds):
            measure(bench, assignment)
        bench.grade("most", "most")
    Console(width=100).print(table(bench))


def write_classes(definition: Definition, folder: Path, sizes: Sizes) -> None:
    """Write a finished notebook, copies of it, a class of distinct submissions, and three of usual ones."""
    finished = sample(read_solution(definition.course.solution(definition.name)))
    for name, count in (("finished", 1), ("copies", COPIES)):
        (folder / name).mkdir()
        for i in range(count):
            (folder / name / f"{i}.ipynb").write_bytes(finished)
    write_class(definition, folder / "distinct", sizes.many, SEED, distinct=True)
    for name in ("few", "many", "most"):
        write_class(definition, folder / name, getattr(sizes, name), SEED)


def measure(bench: Bench, assignment: Assignment) -> None:
    """Do everything once, but for the largest class."""
    bench.run("numpy", sys.executable, "-c", "import numpy")
    bench.run("check", *GRADER, "check", bench.folder / "finished" / "0.ipynb", "--course", COURSE.root)
    bench.grade("one", "finished")
    bench.grade("copies", "copies")
    bench.floor(assignment, 1)
    bench.floor(assignment, 2)
    bench.grade("distinct", "distinct", "--no-cache")
    bench.grade("alone", "distinct", "--no-cache", jobs=1)
    bench.grade("few", "few")
    graded = bench.grade("many", "many")
    bench.grade("forgetful", "many", "--no-cache")
    bench.run("report", *GRADER, "report", graded, "--course", COURSE.root)


# ---------------------------------------------------------------- the table


class Row(NamedTuple):
    """A figure, and what it may be at most; at least, when `least`."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    least: bool = False


DIGITS = {"s": 2, "ms": 1, "times": 2}


def table(bench: Bench) -> Table:
    """The rows, and in a full run whether each keeps to its limit."""
    shown = Table(title=f"{ASSIGNMENT}, the best of {bench.sizes.rounds}")
    shown.add_column("measure", no_wrap=True)
    for column in ("figure", "limit", ""):
        shown.add_column(column, justify="right", no_wrap=True)
    for part in (small(bench), beside_the_floor(bench), growing(bench)):
        for row in part:
            shown.add_row(row.what, *_figures(row, full=bench.sizes == FULL))
        shown.add_section()
    return shown


def _figures(row: Row, *, full: bool) -> Iterator[str]:
    digits = DIGITS.get(row.unit, 0)
    yield f"{row.value:,.{digits}f} {row.unit}"
    if row.limit is not None and full:
        yield f"{'at least' if row.least else 'at most'} {row.limit:g}"
        kept = row.value >= row.limit if row.least else row.value <= row.limit
        yield "kept" if kept else "[red]missed"


def small(bench: Bench) -> Iterator[Row]:
    """What one waits for."""
    yield Row("python -c 'import numpy', for scale", bench.best("numpy").seconds * 1000, "ms")
    yield Row("grader check, a finished notebook", bench.best("check").seconds, "s", 0.8)
    one, copies = bench.best("one"), bench.best("copies")
    yield Row("grader grade, the same: the start", one.seconds, "s")
    yield Row(f"{COPIES} copies of it, start to marks", copies.seconds, "s", 2)
    yield Row(f"{COPIES} copies of it, each", (copies.seconds - one.seconds) / (COPIES - 1) * 1000, "ms", 25)


def beside_the_floor(bench: Bench) -> Iterator[Row]:
    """What distinct submissions cost without the cache, by one process and by two."""
    count = bench.sizes.many
    for name, jobs, processes in (("alone", 1, "1 process"), ("distinct", 2, "2 processes")):
        floor = min(bench.floors[jobs])
        what = f"{count:,} distinct, {processes}"
        yield Row(f"the floor, {processes}, CPU each", floor * 1000, "ms")
        yield Row(f"the floor, {processes}", jobs / floor, "a second")
        yield Row(f"{what}, CPU each", _cpu_each(bench, name, count) * 1000, "ms")
        yield Row(f"{what}, of the floor", _cpu_each(bench, name, count) / floor, "times", 4)
        yield Row(
            what, count / bench.best(name).seconds, "a second", 120 if name == "distinct" else None, True
        )


def growing(bench: Bench) -> Iterator[Row]:
    """What usual classes of three sizes cost by two processes, and all that is made of one of them."""
    sizes = bench.sizes._asdict()
    for name in ("few", "many", "most"):
        count, best = sizes[name], bench.best(name)
        yield Row(f"{count:,} as usual, CPU each", _cpu_each(bench, name, count) * 1000, "ms")
        yield Row(
            f"{count:,} as usual", count / best.seconds, "a second", 200 if name == "most" else None, True
        )
        yield Row(f"{count:,} as usual, memory", best.memory / 1e6, "MB", 700)
    many, most, report = map(bench.best, ("many", "most", "report"))
    forgetful = sizes["many"] / bench.best("forgetful").seconds
    yield Row(f"{sizes['many']:,} as usual, without the cache", forgetful, "a second")
    yield Row("memory of the last by the one before", most.memory / many.memory, "times", 1.1)
    together = f"{sizes['many']:,}, grades, feedback, class report"
    yield Row(together, many.seconds + report.seconds, "s", 60)
    yield Row(f"{together}, memory", max(many.memory, report.memory) / 1e6, "MB", 600)


def _cpu_each(bench: Bench, name: str, count: int) -> float:
    """CPU seconds of a submission, without those of the start."""
    return (bench.best(name).cpu - bench.best("one").cpu) / (count - 1)


if __name__ == "__main__":
    main()
