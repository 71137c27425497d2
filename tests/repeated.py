"""Notebooks one after another, whose runs are remembered; each is held against a sandbox that forgets."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader import wire
from grader.board import Board
from grader.meaning import meanings
from grader.model import Call, Cell, Exercise, Program, Run, Wanted
from grader.notebook.extraction import extract
from grader.programs import program_of
from grader.remembering import Remembering
from grader.sandbox import Sandbox
from grader.verdict import Tolerance

WANTED = Wanted(("f", "g", "h"), {}, {"provided": "def aid(x):\n    return x\n"})
EXERCISES = {
    name: Exercise(name, 10, ("x",), ("y",), (), Tolerance(), False, (), ()) for name in WANTED.functions
}
NUMPY = "import numpy as np"
X = np.arange(1.0, 4.0)


class Counting:
    """A sandbox that counts the calls that it is asked to make, by their functions."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.calls: Counter[str] = Counter()

    @property
    def asked(self) -> int:
        """The calls of all functions."""
        return self.calls.total()

    def run(self, program: Program, calls: Sequence[Call], account: Any = None) -> Sequence[Run]:
        self.calls.update(call.function for call in calls)
        return self.sandbox.run(program, calls, account)


def notebook(*cells: str) -> Program:
    """The program of a notebook, with what its functions are known as."""
    submission = extract([Cell(number, source) for number, source in enumerate(cells, 1)], WANTED)
    meant = meanings(submission, EXERCISES, frozenset(WANTED.modules))
    known_as = {name: meant[name].own for name in submission.parts}
    return dataclasses.replace(program_of(submission, WANTED), known_as=known_as)


def definition(name: str, body: str, parameters: str = "x") -> str:
    return f"def {name}({parameters}):\n    " + body.replace("\n", "\n    ")


def called(function: str, *args: Any, seed: int = 0, public: bool = True) -> Call:
    return Call(function, args, seed, public)


def seen(runs: Sequence[Run]) -> list[tuple[object, ...]]:
    """All of runs but the time that they took."""
    return [(run.status, wire.encode(run.value), run.failure, run.changed) for run in runs]


class Classroom:
    """Notebooks one after another; each has to give what the sandbox gives that remembers nothing.

    Args:
        sandbox: where they run.
        boards: those of the graders who take turns, on which they tell each other what they learn.
    """

    def __init__(self, sandbox: Counting, boards: Sequence[Board]) -> None:
        self.sandbox = sandbox
        self._by_turns = itertools.cycle([Remembering(sandbox, board) for board in boards])

    def next_grader(self) -> Remembering:
        """Who grades the next notebook."""
        return next(self._by_turns)

    def run(self, cells: Sequence[str], *calls: Call) -> Counter[str]:
        """The calls of each function that were really made."""
        program = notebook(*cells)
        self.sandbox.calls.clear()
        runs = self.next_grader().run(program, calls)
        made = Counter(self.sandbox.calls)
        alone = self.sandbox.sandbox.run(dataclasses.replace(program, known_as={}), calls)
        assert seen(runs) == seen(alone)
        return made


F = definition("f", "return g(x) * 2")
G = definition("g", "return x + 1")
G_ALIKE = definition("g", "y = 1 + x\nreturn y")
G_OTHER = definition("g", "return x + 2")
