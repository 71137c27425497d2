"""`grader submit`: hand a notebook in at a service, and read the feedback."""

from __future__ import annotations

import getpass
import json
import sys

import click

from grader.public_tests.hand_in import hand_in


@click.command(
    "submit",
    epilog="""\b
Examples:
  grader submit mine.ipynb --to https://grader.example.org
  grader submit mine.ipynb --to https://grader.example.org/assignments/dnn_step_by_step --json

The exit status is 0 when it is stored, whatever it scored; 1 when it was refused, or cannot be read or
graded; 2 when the address, the token, an option or the network is at fault.""",
)
@click.argument("notebook", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--to", "address", required=True, metavar="URL", help="The service, or its page of an assignment."
)
@click.option("--assignment", default="", help="Its name.  [default: recognised from the notebook]")
@click.option(
    "--wait", default=120.0, show_default=True, type=click.FloatRange(0, 86_400),
    help="Seconds to wait for the feedback.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what the service answers instead.")
def command(notebook: str, address: str, assignment: str, wait: float, as_json: bool) -> None:
    """Hand NOTEBOOK in at a service, and print the receipt and the feedback.

    The service knows you by a token, which you make on its page Tokens. You are asked for it the first time;
    it is kept in your home folder, where only you can read it. Programs set the variable GRADER_TOKEN.
    """
    ask = getpass.getpass if sys.stdin.isatty() else None
    ended = hand_in(address, notebook, assignment, wait, _aside if as_json else click.echo, ask, _aside)
    if as_json:
        click.echo(json.dumps(ended.message, indent=1, ensure_ascii=False))
    sys.exit(ended.status)


def _aside(text: str) -> None:
    click.echo(text, err=True)
