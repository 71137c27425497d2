"""Writes the pages that follow from the program: commands.md, and the schema of results.json.

    python docs/reference.py

They are committed; a test says when they are not current.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from grader.cli import commands
from grader.results.results_json import json_schema

INTRODUCTION = """# Commands

The same as `grader COMMAND --help`. `grader --version` prints the version.
Once in each terminal, type `. .venv/bin/activate` first (see [Install](install.md)).

An assignment is found by its name in a *course*: the current folder or the nearest one above it that has
`solutions/` and `testcases/`, or what `--course` names, or else the exercises that come with grader.
"""


def pages() -> Mapping[str, str]:
    """The generated files, by name."""
    schema = json.dumps(json_schema(), indent=1, ensure_ascii=False)
    return {"commands.md": "\n".join(_commands()), "results.schema.json": f"{schema}\n"}


def _commands() -> Iterator[str]:
    yield INTRODUCTION
    everything = click.Context(commands, info_name="grader")
    for name in commands.list_commands(everything):
        command = commands.get_command(everything, name)
        if command:
            yield from _command(command, click.Context(command, everything, name, terminal_width=200))


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    """A section: how it is typed, what it does, its options, two examples, its exit status."""
    examples, _, status = (command.epilog or "").partition("\n\n")
    yield f"## {context.info_name}\n"
    yield f"```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```\n"
    yield f"{inspect.cleandoc(command.help or '')}\n"
    yield from (_option(option, context) for option in command.params if isinstance(option, click.Option))
    yield "\nExamples:\n\n```text"
    yield from (line.strip() for line in examples.splitlines()[2:])
    yield f"```\n\n{status}\n"


def _option(option: click.Option, context: click.Context) -> str:
    spelling, meaning = option.get_help_record(context) or ("", "")
    return f"- `{spelling}`: {meaning}"


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(__file__).parent / name).write_text(text, encoding="utf-8")
