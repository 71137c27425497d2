"""`grader import`: brings assignments of other graders over."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from grader.assignments.course import Course, find_course
from grader.assignments.seeds import ensure_secret
from grader.cli import options
from grader.cli.next_step import next_step
from grader.errors import UsageError
from grader.importers.importing import Imported
from grader.importers.readers import READERS, read
from grader.importers.several import Order, all_imported

MOST_REASONS = 5
"""The reasons that are shown of a source of which nothing comes over."""


@click.command(
    "import",
    epilog="""\b
Examples:
  grader import ~/nbgrader-course
  grader import homework.ipynb --from nbgrader --into ~/courses/numpy

The exit status is 0 when every source came over, whatever of it is listed; 1 when one did not; 2 when an
option or this machine is at fault.""",
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--from",
    "tool",
    type=click.Choice(["auto", *READERS]),
    default="auto",
    show_default=True,
    help="The grader that they are of.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The course folder to write to; it is made if there is none.  [default: the current course]",
)
@click.option(
    "--strengthen", is_flag=True, help="Add test cases for mistakes that the tests of the source let pass."
)
@click.option("--json", "as_json", is_flag=True, help="Print one object for each source, one a line.")
@options.jobs
@options.isolation
def command(
    sources: tuple[Path, ...], tool: str, into: Path | None, strengthen: bool, as_json: bool, jobs: int,
    isolation: str,
) -> None:  # fmt: skip
    """Make assignments of SOURCES: source notebooks, or folders of them, of another grader.

    Each notebook runs in the sandbox with its own answers, and what its tests call and read becomes test
    cases. What cannot be told is listed below, and in the file of test cases with its text.
    """
    course = _course(into)
    failed = False
    made: list[str] = []
    found = [one for path in sources for one in read(path, tool)]
    for one in all_imported(found, Order(course, isolation, strengthen), jobs):
        failed = failed or bool(one.problem)
        made += [] if one.problem else [one.name]
        click.echo(json.dumps(_fields(one)) if as_json else _told(one))
    if not as_json and made:
        there = (
            f"Next: cd {shlex.quote(str(into))}, then" if into and into.resolve() != Path.cwd() else "Next"
        )
        next_step("release", *made[:5], first=there, err=True)
    sys.exit(1 if failed else 0)


def _course(into: Path | None) -> Course:
    """Return the course to write to."""
    if into is None:
        course = find_course(Path.cwd())
        if course.shipped:
            raise UsageError("There is no course here\n  Name a folder to write to: --into my-course")
        return course
    is_new = not (into / "solutions").is_dir()
    for folder in ("solutions", "testcases"):
        (into / folder).mkdir(parents=True, exist_ok=True)
    course = Course(into)
    if is_new:
        ensure_secret(course)
    return course


def _fields(one: Imported) -> dict[str, object]:
    plan = one.plan
    return {
        "name": one.name,
        "path": one.path,
        "problem": one.problem,
        "seconds": round(one.seconds, 2),
        "files": [str(path) for path in one.files],
        "tests": plan.tests if plan else 0,
        "came_over": plan.came_over() if plan else 0,
        "mutants": one.mutants,
        "survivors": one.survivors,
        "by_assertion": plan.came_over("assertion") if plan else 0,
        "listed": [
            {"cell": each.cell, "title": each.title, "reason": each.reason, "advice": each.advice}
            for each in one.listed
        ],
    }


def _errors(one: Imported) -> Mapping[int, str]:
    return one.plan.errors if one.plan else {}


def _told(one: Imported) -> str:
    """Return what is said of a source."""
    if one.problem or one.plan is None:
        reasons = [f"cell {n} of the source fails: {said[:100]}" for n, said in sorted(_errors(one).items())]
        reasons += [f"{each.title}: {each.reason}" for each in one.listed]
        return "\n    ".join([f"✗ {one.path}: {one.problem}", *reasons[:MOST_REASONS]])
    plan = one.plan
    asserted = plan.came_over("assertion")
    by = f", {asserted} by their assertions" if asserted else ""
    lines = [f"✓ {one.name}: {plan.came_over()} of {plan.tests} tests{by}"]
    if one.mutants:
        further = sum(len(item.further) for item in plan.items)
        lines.append(
            f"    {one.survivors} of {one.mutants} one-edit mutants pass these tests; {further} cases more"
        )
    lines += [f"    {len(plan.questions)} for a person to mark"] if plan.questions else []
    lines += [f"    cell {n} of the source fails: {said[:100]}" for n, said in sorted(plan.errors.items())]
    for each in one.listed:
        where = f"cell {each.cell}" if each.cell else "folder"
        lines += [f"  - {each.title} ({where}): {each.reason}", f"      {each.advice}"]
    return "\n".join(lines)
