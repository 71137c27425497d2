"""The command line: one module for each command, imported when it is called."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import os
import sys
from typing import Any

import click

import grader
from grader.cli.fault_boundary import give_up_streams, in_words, prepare_streams
from grader.sandbox.launcher import ahead

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: a process with threads is not to be forked

GROUPS = {
    "Students": {
        "check": "Run the public tests on one notebook.",
        "submit": "Hand a notebook in at a service, and read the feedback.",
    },
    "Grade a class": {
        "grade": "Grade notebooks, folders of them, or zips of them.",
        "report": "Write a page on a whole class.",
        "comment": "Say something to everyone who gave the same wrong answers.",
        "adjust": "Change a mark, and say who did it and why.",
        "regrade": "Grade a class again, and say whose mark changes.",
        "feedback": "Write the pages of feedback again, or notebooks with remarks.",
        "gradebook": "Make one table of several assignments.",
        "export": "Write marks as another system takes them.",
        "reveal": "Tell the seed of the hidden test cases.",
    },
    "Write an assignment": {
        "new": "Make a small assignment to edit.",
        "release": "Write what students receive.",
        "validate": "Prove that assignments are ready to hand out.",
    },
    "Submit and see": {
        "serve": "Let students submit on a page, and see their feedback.",
    },
    "This machine": {
        "demo": "Grade a dozen sample submissions.",
        "doctor": "Say how well this machine isolates student code.",
    },
}
"""The commands by who needs them and what for, in the order in which they are used."""

COMMANDS = {name: says for group in GROUPS.values() for name, says in group.items()}

RUN = """\b
A run, with what it prints:
  $ grader grade dnn_step_by_step submissions/
  submission   1   2   3   4   5   6   7   8   9  10  points status
  ada        ✓10 ✓10 ✓10 ✓10 ✓10 ✓10 ✓10 ✓10 ✓10 ✓10 100/100 graded
  fatima     ✓10 ✓10 ✓10 ✓10 ✓10 ✓10 ✗ 0 ✓10 ✓10 ✓10  90/100 graded
  ...
  2 graded, in 0.6 s. Results: results/
  Next: grader report results --open

See what a command does, with two examples: grader COMMAND --help"""
"""The end of the help."""

RUNNING = {"grade", "check", "regrade", "validate", "release", "new", "demo", "doctor"}
"""Those that run code in the sandbox: it gets ready while they are imported."""


class Commands(click.Group):
    """The commands, one module each. A command imports only its own module."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command with a name."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in RUNNING:
            ctx.with_resource(ahead())
        return _imported(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands by groups, without importing any."""
        widest = max(map(len, COMMANDS))
        for heading, group in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), says) for name, says in group.items()])


def _imported(name: str) -> click.Command:
    """The command of a module. What importing it makes is there to stay: no collection need look at it."""
    gc.disable()
    try:
        command: click.Command = importlib.import_module(f"grader.cli.{name}").command
    finally:
        gc.freeze()
        gc.enable()
    return command


@click.group(cls=Commands, epilog=RUN, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(grader.__version__)
def commands() -> None:
    """Grade NumPy exercises in notebooks: every mark explained, none forgeable."""


def main(args: list[str] | None = None) -> Any:
    """Run the command line. A fault of the options, the assignment or the machine ends with exit status 2.

    Without `args`, those of this process are used, and it ends without unloading its modules one by one,
    which takes longer than to grade a notebook.
    """
    try:
        _run(args)
    except SystemExit as end:
        if args is None and isinstance(end.code, int | None):  # Python prints any other code
            atexit._run_exitfuncs()
            give_up_streams()
            os._exit(end.code or 0)
        raise


def _run(args: list[str] | None) -> None:
    prepare_streams()
    try:
        commands.main(args, standalone_mode=True)
    except Exception as error:  # noqa: BLE001  # no command ends in a traceback
        with contextlib.suppress(OSError):
            click.echo(in_words(error), err=True)
        sys.exit(2)
    finally:
        give_up_streams()
