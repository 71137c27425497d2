"""What comes over of courses of other graders, and how long it takes.

    python bench/imports.py FOLDER... [--from nbgrader|otter|dlai] [--list FILE] [--verbose]

Each source notebook below the folders, or in the list, is imported as `grader import` does, into a course
that is thrown away. A test *can run* if the source's own answers pass it here: with its data, and the
packages that it imports. Of those, it comes over by itself, or by its assertions. What does not is counted
by its reason.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from grader.assignments.course import Course
from grader.assignments.seeds import ensure_secret
from grader.execution.cores import usable
from grader.importers.importing import Imported
from grader.importers.readers import READERS, read
from grader.importers.several import Order, all_imported
from grader.importers.source import Read, Role, SourceNotebook

CANNOT_RUN = "it fails with the source's own answers"


class Came(NamedTuple):
    """What came over of one source: its tests, those that can run, that came over, by their assertions."""

    name: str
    tests: int
    can_run: int
    over: int
    asserted: int
    seconds: float
    reasons: tuple[str, ...]


def main() -> None:
    """Import all sources, and print what came over."""
    options = _options()
    paths = [*options.folders, *(Path(line) for line in _lines(options.list))]
    came = []
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        sources = _named_apart(_sources(paths, options.tool))
        for one in all_imported(sources, Order(_course(Path(folder)), "strong"), options.jobs):
            came.append(_came(one))
            print(_line(came[-1], options.verbose), flush=True)
    print(_summary(came, time.perf_counter() - begun))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--from", dest="tool", choices=["auto", *READERS], default="auto")
    parser.add_argument("--list", type=Path, help="a file with the path of a notebook in each line")
    parser.add_argument("--jobs", type=int, default=usable(), help="the number of processes")
    parser.add_argument("--verbose", action="store_true", help="list each test that does not come over")
    return parser.parse_args()


def _lines(file: Path | None) -> list[str]:
    return [line for line in file.read_text().split("\n") if line] if file else []


def _sources(paths: list[Path], tool: str) -> Iterator[Read]:
    for path in paths:
        yield from read(path, tool)


def _named_apart(sources: Iterator[Read]) -> Iterator[Read]:
    """Yield sources with names of their own: many courses have a `homework1`."""
    for number, source in enumerate(sources):
        is_source = isinstance(source, SourceNotebook)
        yield replace(source, name=f"{source.name}_{number}") if is_source else source


def _course(root: Path) -> Course:
    for name in ("solutions", "testcases"):
        (root / name).mkdir(parents=True)
    course = Course(root)
    ensure_secret(course)
    return course


def _came(one: Imported) -> Came:
    plan = one.plan
    if plan is None:
        return Came(one.name, 0, 0, 0, 0, one.seconds, (one.problem,))
    cells = {cell.number for cell in plan.source.of_role(Role.TEST)}
    broken = [each for each in plan.listed if each.reason.startswith(CANNOT_RUN) and each.cell in cells]
    reasons = tuple(f"{each.title}: {each.reason}" for each in plan.listed if each.cell in cells)
    can_run = plan.tests - len({(each.cell, each.title, each.text) for each in broken})
    if one.problem:
        return Came(one.name, plan.tests, can_run, 0, 0, one.seconds, (*reasons, one.problem))
    return Came(
        one.name, plan.tests, can_run, plan.came_over(), plan.came_over("assertion"), one.seconds, reasons
    )


def _line(one: Came, verbose: bool) -> str:
    lines = [
        f"{one.over:4} of {one.can_run:3} of {one.tests:3} tests, {one.asserted:2} by assertion  "
        f"{one.seconds:5.1f} s  {one.name}"
    ]
    return "\n".join([*lines, *(f"       {reason}"[:200] for reason in one.reasons if verbose)])


def _summary(came: list[Came], seconds: float) -> str:
    tests, can_run = sum(one.tests for one in came), sum(one.can_run for one in came)
    over, asserted = sum(one.over for one in came), sum(one.asserted for one in came)
    kinds = Counter(_kind(reason) for one in came for reason in one.reasons)
    return "\n".join(
        [
            f"{len(came)} sources in {seconds:.0f} s, one after the other {_sum(came):.0f} s: "
            f"{tests} tests, {can_run} can run here.",
            f"{over} come over, {_share(over, can_run)}: {over - asserted} by themselves, "
            f"{_share(over - asserted, can_run)}, and {asserted} by their assertions.",
            *(f"  {count:3} {kind}" for kind, count in kinds.most_common()),
        ]
    )


def _sum(came: list[Came]) -> float:
    return sum(one.seconds for one in came)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"


def _kind(reason: str) -> str:
    """Return a reason without what is of one test alone."""
    text = reason.split(": ", 1)[-1].split(": ", maxsplit=1)[0]
    return re.sub(r"\b\w+ is (set|defined) again", r"it is \1 again", re.sub(r"\bcell \d+", "a cell", text))[
        :100
    ]


if __name__ == "__main__":
    main()
