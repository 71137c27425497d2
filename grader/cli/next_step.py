"""Say what to type next, as the last line of a command."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from grader.reports.sanitize import harmless, one_line


def next_step(*words: str | Path, first: str = "Next", err: bool = False) -> None:
    """Print the next command.

    Args:
        words: the command after `grader`; what the reader has to fill in is in capitals.
        first: what to do before, or what the command is for.
        err: whether to print it on stderr, since what is on stdout is for a program.
    """
    typed = " ".join(_quoted(str(word)) for word in words)
    text = f"{first}: grader {typed}"  # as it is if it can be: `one_line` joins the blanks in a file's name
    say(text if text.isprintable() and harmless(text) == text else one_line(text), err=err)


say = click.echo


def _quoted(word: str) -> str:
    """Return a word as it is typed; what stands for several stays as it is."""
    return word if word.endswith(("...", "/*")) else shlex.quote(word)
