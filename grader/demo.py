"""A dozen sample submissions of the first exercise: good, half-finished, broken, and not notebooks at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.assignment import Definition
from grader.authoring.samples import snippets
from grader.notebook.solution import read_solution, sample
from grader.store import write_atomically

ASSIGNMENT = "dnn_step_by_step"

WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>dnn.ipynb</title></head><body>Sign in</body></html>\n"


def sample_submissions(definition: Definition) -> Mapping[str, bytes]:
    """The files of a small class, by name."""
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
