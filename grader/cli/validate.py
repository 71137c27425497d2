"""`grader validate`: proves assignments ready to hand out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.sign_offs import pasted
from grader.authoring.validate import Finding, findings
from grader.cli import options
from grader.cli.next_step import next_step
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SEED = "validate"
SIGN = "What is right as it is can be signed off. Give reasons, and let this be the last thing in {path}:"


@click.command(
    "validate",
    epilog="""\b
Examples:
  grader validate
  grader validate dnn_step_by_step --json

The exit status is 0 when every assignment is ready; 1 when one is not; 2 when one cannot be loaded, or an
option or this machine is at fault.""",
)
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one object: assignment -> claim -> faults.")
@options.isolation
@options.course
def command(names: tuple[str, ...], as_json: bool, isolation: str, course: Course) -> None:
    """Prove that assignments NAMES are ready to hand out; all of the course when none is named.

    The solution scores all, twice the same; the stub nothing; every broken solution in
    testcases/NAME/broken/ loses the points of the functions it defines, every one in
    testcases/NAME/accepted/ none; and what `grader release` wrote is current.
    """
    chosen = names or (() if course.shipped else tuple(course.names()))
    if not chosen:
        folder = Path.cwd() if course.shipped else course.root
        raise AssignmentError(f"{folder}: there is no assignment\n  Make one with: grader new NAME")
    found: dict[str, list[Finding]] = {}
    console = Console(stderr=as_json)
    with ForkServer(required=isolation) as sandbox:
        for name in chosen:
            definition = load(course, name)
            assignment = prepare(definition, sandbox, SEED)
            console.print(Text(f"{name}, {assignment.max_points:g} points", style="bold"))
            found[name] = []
            for finding in findings(definition, assignment, sandbox):
                found[name].append(finding)
                console.print(_line(finding))
            if text := pasted(definition, [r for finding in found[name] for r in finding.remarks]):
                click.echo(f"\n{SIGN.format(path=course.testcases(name))}\n\n{text}", err=as_json)
    if as_json:
        click.echo(json.dumps({n: {f.claim: f.faults for f in fs} for n, fs in found.items()}, indent=1))
    ready = not any(finding.faults for of_one in found.values() for finding in of_one)
    if not as_json:
        _next(chosen, ready=ready)
    sys.exit(0 if ready else 1)


def _next(names: Sequence[str], *, ready: bool) -> None:
    """Print the next step on stderr: what stands above may be there to be pasted."""
    if not ready:
        next_step("validate", *names, first="Mend what is marked ✗, then", err=True)
    elif len(names) == 1:
        next_step("release", *names, "--zip", f"{names[0]}.zip", err=True)
    else:
        next_step("release", *names, err=True)


def _line(finding: Finding) -> Text:
    """Format a finding: a sign, the claim, and its faults below."""
    sign, style = ("✗", "red") if finding.faults else ("✓", "green")
    line = Text.assemble((f"  {sign} ", style), finding.claim)
    for fault in finding.faults:
        line.append("\n      " + fault.replace("\n", "\n      "))
    return line
