"""Show the result of the public tests of one function: a card in a notebook, text elsewhere. Bundled."""

from __future__ import annotations

import html
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.comparison.words import Wording

TONES = {"bad": "#e0566c", "open": "#b07d10"}
"""The colour of the edge of a card; each is seen on white and on black."""

FEW = 60
"""Entries up to which an array is shown whole."""


@dataclass(frozen=True)
class Pair:
    """The wrong part of an answer beside the expected one."""

    path: str
    yours: str
    expected: str


@dataclass(frozen=True, repr=False)
class Card:
    """What a student reads when public tests of a function fail.

    `first` names what to mend before; `cases` has the id and wording of each case, `driver` the source of
    what calls the function, empty if it is simply called.
    """

    name: str
    shown: Wording
    cases: Sequence[tuple[str, Wording]]
    case: str
    message: str
    first: str = ""
    hint: str = ""
    pair: Pair | None = None
    example: str = ""
    driver: str = ""

    @property
    def title(self) -> str:
        """The verdict, and how many cases passed, if they are numbered."""
        if not self.cases:
            return f"{self.name}: {self.shown.words}."
        passed = sum(found.tone == "good" for _, found in self.cases)
        noun = "test" if len(self.cases) == 1 else "tests"
        return f"{self.name}: {self.shown.words}; {passed} of {len(self.cases)} public {noun} passed."

    @property
    def gist(self) -> str:
        """The verdict, and what to mend or what is wrong in the first case that fails."""
        return f"{self.title} {self.first or self.fault}"

    @property
    def fault(self) -> str:
        """What is wrong in the first case that fails."""
        return f"{self.case}: {self.message}" if self.cases else self.message

    def __repr__(self) -> str:
        return "\n".join(
            [f"{self.shown.sign} {self.title}", *(f"  {line}" for text in self._texts() for line in text)]
        )

    def _texts(self) -> Iterator[list[str]]:
        """Yield the parts of the card as lines of text."""
        if self.first:
            yield [self.first]
        yield self.fault.split("\n")
        if self.hint:
            yield [f"Hint: {self.hint}"]
        if self.pair:
            yield [f"{self.pair.path}, yours:", *_indented(self.pair.yours)]
            yield [f"{self.pair.path}, expected:", *_indented(self.pair.expected)]
        if self.example:
            yield ["Smallest example:", *_indented(self.example)]
        if self.driver:
            yield ["How it is called:", *_indented(self.driver)]
        if len(self.cases) > 1:
            yield [f"{found.sign} {case}  {found.words}" for case, found in self.cases]

    def _repr_html_(self) -> str:
        edge = f"border-left: 4px solid {TONES[self.shown.tone]}; padding: 0 0 0 1em; max-width: 60em"
        label = html.escape(f"Public tests of {self.name}")
        return f'<div role="group" aria-label="{label}" style="{edge}">{"".join(self._elements())}</div>'

    def _elements(self) -> Iterator[str]:
        """Yield the parts of the card as HTML; all text is escaped."""
        yield _paragraph(f"{self.shown.sign} <strong>{_text(self.title)}</strong>")
        if self.first:
            yield _paragraph(f"<strong>{_text(self.first)}</strong>")
        yield _paragraph(_text(self.fault))
        if self.hint:
            yield _paragraph(f"<strong>Hint:</strong> {_text(self.hint)}")
        if self.pair:
            both = (("yours", self.pair.yours), ("expected", self.pair.expected))
            columns = (
                f"<div>{_paragraph(f'{_text(self.pair.path)}, {label}:')}{_code(text)}</div>"
                for label, text in both
            )
            yield f'<div style="display: flex; flex-wrap: wrap; gap: 0 2em">{"".join(columns)}</div>'
        if self.example:
            yield f"{_paragraph('<strong>Smallest example:</strong>')}{_code(self.example)}"
        if self.driver:
            yield f"<details><summary>How it is called</summary>{_code(self.driver)}</details>"
        if len(self.cases) > 1:
            items = (
                f"<li>{found.sign} {_text(case)}: {_text(found.words)}</li>" for case, found in self.cases
            )
            yield f'<ul style="list-style: none; padding: 0; margin: 0">{"".join(items)}</ul>'


def pair_of(path: str, yours: Any, expected: Any) -> Pair | None:
    """Return an array and the expected one as text; None if a message says as much.

    Args:
        path: the part of the answer.
        yours: the array.
        expected: the expected one.

    Returns:
        the texts.
    """
    arrays = isinstance(yours, np.ndarray) and isinstance(expected, np.ndarray)
    if not arrays or max(yours.size, expected.size) < 2 or max(yours.ndim, expected.ndim) > 2:
        return None
    return Pair(path, _array(yours), _array(expected))


def _array(array: Any) -> str:
    return np.array2string(array, precision=6, threshold=FEW, edgeitems=3, max_line_width=72)


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.split("\n")]


def _text(text: str) -> str:
    """Return a text as HTML, with what stands between backticks as code."""
    parts = html.escape(text).split("`")
    if len(parts) % 2 == 0:
        return "`".join(parts)
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def _paragraph(inner: str) -> str:
    return f'<p style="margin: .3em 0">{inner}</p>'


CODE = "font-family: monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 .5em"


def _code(text: str) -> str:
    """Return lines as HTML, which are broken where there is no room for them: nothing has to scroll."""
    return f'<pre style="{CODE}; color: inherit; background: none">{html.escape(text)}</pre>'


def show(card: Card) -> None:
    """Display a card in IPython, and print its text elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(card)
    else:
        print(card)  # noqa: T201  # output in the notebook
