"""`grader demo`: grades a dozen sample submissions."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console

from grader.api import grade, load
from grader.assignments.course import shipped_course
from grader.assignments.definition import Definition
from grader.authoring.variants import snippets
from grader.cli import options
from grader.cli.progress import watched
from grader.files.atomic_files import write_atomically
from grader.notebooks.solution import read_solution, sample
from grader.reports.terminal import class_table

ASSIGNMENT = "dnn_step_by_step"

WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>dnn.ipynb</title></head><body>Sign in</body></html>\n"


@click.command(
    "demo",
    epilog="""\b
Examples:
  grader demo
  grader demo --isolation weak

The exit status is 0 when the samples were graded (one of them, on purpose, cannot be); 2 when this machine
is at fault.""",
)
@options.isolation
def command(isolation: str) -> None:
    """Grade a dozen sample submissions that come with the package, and say where the reports are."""
    course = shipped_course()
    assignment = load(course, ASSIGNMENT)
    folder = Path(tempfile.mkdtemp(prefix="grader-demo-"))
    write_samples(assignment, folder / "submissions")
    results = grade(
        assignment,
        folder / "submissions",
        out=folder / "results",
        seed="demo",
        isolation=isolation,
        watch=watched,
    )
    Console().print(class_table([*results]))
    click.echo("\nEach student's page is one file; open one in a browser:")
    click.echo(f"  {folder / 'results' / 'feedback' / 'fatima.html'}")
    click.echo(f"The class on one page: grader report {folder / 'results'} --open")
    click.echo(f"The notebooks are in {folder / 'submissions'}")


def sample_submissions(definition: Definition) -> Mapping[str, bytes]:
    """Return the files of a small class, by name."""
    solution = read_solution(definition.course.solution(definition.name))
    functions = definition.wanted.functions
    broken = {snippet.path.stem: snippet.source for snippet in snippets(definition, "broken")}
    accepted = {snippet.path.stem: snippet.source for snippet in snippets(definition, "accepted")}
    more = definition.course.versions(definition.name, "samples")  # no snippets: one of them does not parse
    cells = {path.stem: path.read_text(encoding="utf-8") for path in more}
    return {
        "ada.ipynb": sample(solution),
        "bela.ipynb": sample(solution, extra=[accepted["element_by_element"]]),
        "chidi.ipynb": sample(solution, extra=[accepted["einstein_sums"], accepted["cost_as_a_float"]]),
        "dora.ipynb": sample(solution, written=functions[:6]),
        "emil.ipynb": sample(solution, written=()),
        "fatima.ipynb": sample(solution, extra=[broken["gradients_are_not_averaged"]]),
        "goran.ipynb": sample(solution, extra=[broken["db_has_rank_1"], broken["cost_in_bits"]]),
        "hana.ipynb": sample(solution, extra=[broken["two_layers_only"], broken["climbs_the_gradient"]]),
        "ivo.ipynb": sample(solution, extra=[broken["never_ends"]]),
        "jun.ipynb": sample(solution, set(functions) - {"compute_cost"}, [cells["unclosed_bracket"]]),
        "kofi.ipynb": sample(solution, extra=[cells["leftover_name"], cells["trial"]]),
        "lena.ipynb": WEB_PAGE,
    }


def write_samples(definition: Definition, folder: Path) -> None:
    """Write the sample submissions into a new folder."""
    folder.mkdir(parents=True)
    for name, data in sample_submissions(definition).items():
        write_atomically(folder / name, data)
