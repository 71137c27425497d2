"""Find the answers to questions in the text of a notebook. Static only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from grader.notebooks.reader import grading, joined, plain, read_notebook

LONGEST = 12_000
"""The characters of an answer that are kept."""

CUT = "\n[…]"

_MARK = "**Question: "
_ENDING = re.compile(r"^ {0,3}(?:#{1,6}[ \t]|\*\*Question: )", re.MULTILINE)
"""Matches what an answer ends before: a heading, or the next question."""


class Answer(NamedTuple):
    """The text below a question, its own words included, and the number of the last cell with some of it."""

    text: str
    cell: int


def answers_in(data: bytes, questions: Collection[str]) -> Mapping[str, Answer]:
    """Find the answers to questions: the text from each question to the next heading, question or code cell.

    Args:
        data: the bytes of a notebook.
        questions: the names of the questions.

    Returns:
        the answers by question; what the notebook does not ask has none.

    Raises:
        UnreadableError: the bytes are not a notebook.
    """
    if not questions or _MARK.encode() not in data:
        return {}
    cells = read_notebook(data)["cells"]
    found = ((name, _answer(cells, f"{_MARK}{name}**")) for name in questions)
    return {name: answer for name, answer in found if answer}


def asks_others(data: bytes, questions: Collection[str], grade_ids: Collection[str]) -> bool:
    """Return whether a notebook has other questions than some, and none of these.

    Args:
        data: the bytes of a notebook.
        questions: the names of the questions.
        grade_ids: their nbgrader ids.

    Returns:
        True if its nbgrader ids, or the names above its answers, are all of others; False if it has neither.

    Raises:
        UnreadableError: the bytes are not a notebook.
    """
    cells = read_notebook(data)["cells"]
    ids = {grade_id for cell in cells if (grade_id := grading(cell.get("metadata"))[0])}
    texts = [text for text in map(_text, cells) if _MARK in text]
    asked = any(f"{_MARK}{name}**" in text for text in texts for name in questions)
    return bool(ids or texts) and not asked and ids.isdisjoint(grade_ids)


def _answer(cells: Sequence[Mapping[str, Any]], mark: str) -> Answer | None:
    for number, cell in enumerate(cells, 1):
        _, asked, rest = _text(cell).partition(mark)
        if asked:
            parts = [*_parts(rest, cells[number:])]
            text = "\n\n".join(part.strip() for part in parts if part.strip())
            kept = text if len(text) <= LONGEST else f"{text[: LONGEST - len(CUT)]}{CUT}"
            return Answer(kept, number + len(parts) - 1)
    return None


def _parts(rest: str, below: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the text below a question, by cell."""
    for text in (rest, *map(_text, below)):
        ending = _ENDING.search(text)
        if text is not rest and (not text.strip() or (ending and not text[: ending.start()].strip())):
            return
        yield text[: ending.start()] if ending else text
        if ending:
            return


def _text(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell, empty if it is one of code."""
    return plain(joined(cell.get("source")) or "") if cell.get("cell_type") == "markdown" else ""
