"""What a driver sees of a submission: its names, what it printed and plotted, and its input.

Used in the sandbox, and bundled for students with the public tests.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

import numpy as np

from grader.public_tests.replaying import replay

LONGEST_PRINTED = 1 << 20
"""Characters of printed text that are kept."""


VARKEYWORDS = 8
"""The flag of a function that takes further keyword arguments (`inspect.CO_VARKEYWORDS`)."""


def drive(driver: Any, namespace: MutableMapping[str, Any], args: Sequence[Any]) -> Any:
    """Call a driver with a submission, and with arguments by the names of its parameters.

    Args:
        driver: the function `drive(student, ...)`.
        namespace: what the notebook defines.
        args: the arguments after `student`; the last one is a dictionary if it takes any keyword arguments.

    Returns:
        what it returns.
    """
    code = driver.__code__
    names = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
    further = args[-1] if code.co_flags & VARKEYWORDS else {}
    with Student(namespace) as student:
        return driver(student, **dict(zip(names, args, strict=False)), **further)


class Student:
    """A submission as the first argument of a driver; a context manager around its call.

    `student.NAME` is what the notebook defines.
    """

    def __init__(self, namespace: MutableMapping[str, Any]) -> None:
        self._namespace = namespace
        self._text = io.StringIO()
        self._typed = io.StringIO()

    def __getattr__(self, name: str) -> Any:
        try:
            return self._namespace[name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined", name=name) from None

    def __enter__(self) -> Student:
        self._before = sys.stdout, sys.stdin, builtins.input
        sys.stdout, sys.stdin, builtins.input = self._text, self._typed, self._answer
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stdin, builtins.input = self._before

    def printed(self) -> str:
        """Return what was printed, prompts left out, since the call began or since this was last asked."""
        text = self._text.getvalue()[:LONGEST_PRINTED]
        self._text.seek(0)
        self._text.truncate()
        return text

    def feed(self, *lines: str | Sequence[str]) -> None:
        """Let `input()` and `sys.stdin` read these lines; after the last one `input()` raises EOFError.

        Args:
            lines: what is typed: lines, or lists of lines.

        Raises:
            TypeError: something else is fed.
        """
        typed: list[str] = []
        for one in lines:
            if isinstance(one, (bytes, Mapping)) or not isinstance(one, Iterable):
                shown = repr(one)[:40]
                raise TypeError(f'student.feed takes texts: write "{shown}" for {shown}')
            typed += [one] if isinstance(one, str) else map(str, one)
        here = self._typed.tell()
        self._typed.seek(0, io.SEEK_END)
        self._typed.write("".join(f"{line}\n" for line in typed))
        self._typed.seek(here)

    def replay(self, steps: Sequence[Any], **names: Any) -> list[Any]:
        """Take steps that were recorded, and return what each of them gave.

        Args:
            steps: the steps, as `grader import` writes them.
            names: what they work on, each as `NAME=student.NAME`.

        Returns:
            the answers.
        """
        return replay(steps, names, self._namespace)

    def figure(self) -> list[dict[str, Any]]:
        """Return what the current figure of matplotlib shows, for each of its axes.

        Returns:
            a dictionary for each: `title`, `xlabel`, `ylabel`, `legend`; `lines`, arrays (points, 2);
            `points`, the offsets of scatter plots, arrays (points, 2); `bars`, their heights; `images`.
        """
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None or not pyplot.get_fignums():
            return []
        return [_shown_on(axes) for axes in pyplot.gcf().axes]

    def _answer(self, _prompt: object = "") -> str:
        """Return the next line. The prompt is left out: a right program may ask in words of its own."""
        line = self._typed.readline()
        if not line:
            raise EOFError("input() was called more often than there are lines")
        return line[:-1]


def _shown_on(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    return {
        "title": axes.get_title(),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [np.array(line.get_xydata(), float) for line in axes.get_lines()],
        "points": [np.array(drawn, float) for drawn in _offsets(axes)],
        "bars": [float(bar.get_height()) for drawn in axes.containers for bar in drawn],
        "images": [np.array(image.get_array()) for image in axes.get_images()],
    }


def _offsets(axes: Any) -> Iterator[Any]:
    """Yield the points of scatter plots, and of other collections that have some."""
    for collection in axes.collections:
        with contextlib.suppress(AttributeError, ValueError):
            yield collection.get_offsets()
