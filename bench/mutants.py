"""Measures how well an assignment's test cases and hints do on one-edit mutants of its own solution.

python bench/mutants.py [ASSIGNMENT] [--read]: the table, and with --read every hint beside its mutant.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.assignments.course import find_course
from grader.execution.grader import Grader, Order
from grader.grading.pipeline import grade
from grader.models.report import Report, Score
from grader.mutation import Mutant, mutants
from grader.notebooks.solution import read_solution, sample
from grader.submissions import Handed

COURSE = find_course(Path(__file__).parent)
SEED = "measured"
OTHER_SEEDS = [f"measured {i}" for i in range(12)]


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant of a function, what became of it, and whether only other hidden cases tell it apart.

    `placed` says whether the place of the mistake was found, where there is no hint.
    """

    function: str
    mutant: Mutant
    score: Score
    lost: tuple[str, ...]
    elsewhere: bool = False
    placed: bool = False

    @property
    def caught(self) -> bool:
        """Whether any function lost points."""
        return bool(self.lost)


def graded(grader: Grader, data: bytes) -> Report:
    """The report of a notebook; a fault of ours is raised."""
    return grade(grader.assignment, grader.sandbox, data, id="mutant", file="mutant.ipynb")


def trials(grader: Grader, others: list[Grader]) -> Iterator[Trial]:
    """Try each mutant of each function; a survivor is put to the hidden cases of other seeds too."""
    solution = read_solution(COURSE.solution(grader.assignment.name))
    for name, found in grader.assignment.reference.functions.items():
        for mutant in mutants(found.source):
            data = sample(solution, extra=[mutant.source])
            scores = graded(grader, data).exercises
            lost = tuple(score.name for score in scores if score.points < score.max_points)
            told = next(score for score in scores if score.name == name)
            elsewhere = not lost and any(_loses(graded(other, data)) for other in others)
            placed = bool(lost) and not told.hint and _is_placed(grader, data, name)
            yield Trial(name, mutant, told, lost, elsewhere, placed)


def _is_placed(grader: Grader, data: bytes, function: str) -> bool:
    """Whether the search for repairs finds the place of a mistake."""
    return any(grader.search(Handed("mutant", "mutant.ipynb"), data, [function]).values())


def _loses(report: Report) -> bool:
    return report.points != report.max_points


def table(done: list[Trial]) -> Table:
    """One row for each function, and their sum."""
    shown = Table("function", title="One-edit mutants")
    for column in (
        "mutants",
        "equal",
        "different",
        "caught",
        "in one function",
        "with a hint",
        "or its place",
    ):
        shown.add_column(column, justify="right")
    for function in dict.fromkeys(trial.function for trial in done):
        shown.add_row(function, *_counts([trial for trial in done if trial.function == function]))
    shown.add_section()
    shown.add_row("all", *_counts(done))
    return shown


def _counts(some: list[Trial]) -> Iterator[str]:
    caught = [trial for trial in some if trial.caught]
    different = len(caught) + sum(trial.elsewhere for trial in some)
    yield from (str(len(some)), str(len(some) - different), str(different), str(len(caught)))
    for kept in (
        [trial for trial in caught if trial.lost == (trial.function,)],
        [trial for trial in caught if trial.score.hint],
        [trial for trial in caught if trial.score.hint or trial.placed],
    ):
        yield f"{len(kept)} ({len(kept) / max(different, 1):.1%})"


def details(done: list[Trial], *, every: bool) -> Iterator[str]:
    """The survivors and the mutants that cost more than one function, or every hint."""
    for trial in done:
        place = f"{trial.function}:{trial.mutant.line} {trial.mutant.operator}: {trial.mutant.description}"
        if not trial.caught:
            notice = "survives" if trial.elsewhere else "equal on all cases of all seeds"
            yield f"[yellow]{notice}[/]  {escape(place)}"
        elif trial.lost != (trial.function,):
            yield f"[red]costs {', '.join(trial.lost)}[/]  {escape(place)}"
        if every and trial.caught:
            told = f"{escape(trial.score.message)}\n    [green]{escape(trial.score.hint)}[/]"
            yield f"{escape(place)}\n    {told}"


def main() -> None:
    """Measure one assignment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment", nargs="?", default="dnn_step_by_step")
    parser.add_argument("--read", action="store_true", help="print every hint beside its mutant")
    options = parser.parse_args()
    with ExitStack() as stack:
        grader, *others = (
            stack.enter_context(Grader(Order(COURSE.root, options.assignment, seed, hints="kind")))
            for seed in (SEED, *OTHER_SEEDS)
        )
        done = list(trials(grader, others))
    console = Console(width=150)
    for line in details(done, every=options.read):
        console.print(line)
    console.print(table(done))


if __name__ == "__main__":
    main()
