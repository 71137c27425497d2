"""Makes classes of any size: notebooks of one assignment that are as long and as much alike as real ones.

In a class each function has a few dozen versions, of which a few are on everybody's lips: the most
popular is right, the next has half as many authors, the third a third. One version in five is wrong, and
none of the popular ones: so about one answer in twenty is, as in 113 notebooks that students published.
"""

from __future__ import annotations

import ast
import functools
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from grader.assignments.definition import Definition
from grader.authoring.variants import snippets
from grader.mutation import mutants
from grader.notebooks.graded_items import MARKER
from grader.notebooks.solution import read_solution, sample

SIZE = 64_000
"""Bytes of a notebook, what is printed in it included."""

FEWEST, MOST = 4, 40
"""Versions of one function in a class."""

WRONG = 5
"""One version in so many is wrong."""

LETHAL = {"never_ends", "kills_its_process"}
"""Broken versions that are left out: a grader without isolation does not outlive them."""

EXTRA_CELLS = 8
PRINTED = 25
"""Random bytes in a line that is printed, as hexadecimal digits."""

LINE = 2 * PRINTED + len('      "\\n",\n')
"""Bytes of a line that is printed, in the file."""


def write_class(
    definition: Definition, folder: Path, count: int, seed: str, *, distinct: bool = False
) -> None:
    """Write a class into a new folder, a file for each submission; see `submissions`."""
    folder.mkdir(parents=True)
    for i, data in enumerate(submissions(definition, count, seed, distinct=distinct)):
        (folder / f"student_{i:05}.ipynb").write_bytes(data)


def submissions(definition: Definition, count: int, seed: str, *, distinct: bool = False) -> Iterator[bytes]:
    """Yield the notebooks of a class; those of a larger class with the same seed begin with them.

    Args:
        definition: the assignment.
        count: how many notebooks.
        seed: what the class is drawn from.
        distinct: whether no two versions of a function are the same program. They are right and wrong as
            often as in a class that repeats itself.
    """
    stub = json.loads(sample(read_solution(definition.course.solution(definition.name))))
    known = {name: versions(definition, name, seed) for name in definition.wanted.functions}
    for i in range(count):
        random = Random(f"{seed}: submission {i}")
        chosen = {name: _popular(of_name, random) for name, of_name in known.items()}
        if distinct:
            chosen = {name: reworded(source, name, i) for name, source in chosen.items()}
        yield _notebook(stub, chosen, random)


def versions(definition: Definition, function: str, seed: str) -> list[str]:
    """The versions of a function in a class, all different, the most popular first."""
    random = Random(f"{seed}: {function}")
    count = random.randint(FEWEST, MOST)
    reference = definition.reference.functions[function].source
    right = [reference, *_by_hand(definition, "accepted", function)]
    right += [reworded(reference, function, -i) for i in range(1, MOST)]
    wrong = [*_by_hand(definition, "broken", function), *_mutants(reference)]
    random.shuffle(wrong)
    return [*right[: count - count // WRONG], *wrong[: count // WRONG]]


def _by_hand(definition: Definition, kind: str, function: str) -> Iterator[str]:
    """The instructor's versions of a function alone, without the sentences that give them away."""
    for snippet in snippets(definition, kind):
        if snippet.functions == {function} and snippet.path.stem not in LETHAL:
            yield snippet.source.split('"""', 2)[2].strip()


@functools.cache
def _mutants(reference: str) -> tuple[str, ...]:
    return tuple(mutant.source for mutant in mutants(reference))


def reworded(source: str, function: str, number: int) -> str:
    """A source whose function sets one more local variable, to `number`, and so is another program."""
    body = next(
        node.body
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == function
    )
    first = body[1] if isinstance(body[0], ast.Expr) else body[0]
    lines = source.split("\n")
    lines.insert(first.lineno - 1, f"{' ' * first.col_offset}attempt = {number}")
    return "\n".join(lines)


def _popular(of_name: Sequence[str], random: Random) -> str:
    return random.choices(of_name, [1 / rank for rank in range(1, len(of_name) + 1)])[0]


# ---------------------------------------------------------------- notebooks


def _notebook(stub: Mapping[str, Any], chosen: Mapping[str, str], random: Random) -> bytes:
    """The file of a submission that has the chosen versions, some cells of its own, and what they print."""
    cells = [_written(cell, chosen) for cell in stub["cells"]]
    for _ in range(random.randint(0, EXTRA_CELLS)):
        cells.insert(random.randint(1, len(cells)), _code(f"print({random.random()})"))
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    printing = random.sample(code, random.randint(1, len(code)))
    for cell in printing:
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": [_line(random)]}]
    lines = max(SIZE - len(_written_out(stub, cells)), 0) // LINE
    for cell in itertools.islice(itertools.cycle(printing), lines):
        cell["outputs"][0]["text"].append(_line(random))
    return _written_out(stub, cells)


def _written(cell: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    if cell["cell_type"] != "code":
        return {**cell}
    marker = MARKER.search("".join(cell["source"]))
    source = f"{marker[0]}\n\n{chosen[marker[1]]}" if marker else "".join(cell["source"])
    return _code(source)


def _code(source: str) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": lines}


def _line(random: Random) -> str:
    return f"{random.randbytes(PRINTED).hex()}\n"


def _written_out(stub: Mapping[str, Any], cells: Sequence[Mapping[str, Any]]) -> bytes:
    """The bytes of a notebook, laid out as Jupyter does."""
    notebook = {**stub, "nbformat_minor": 4, "cells": cells}
    return msgspec.json.format(msgspec.json.encode(notebook), indent=1)
