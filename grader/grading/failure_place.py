"""Where in a notebook a call failed, and for want of which module: claims of a child, checked."""

from __future__ import annotations

import ast
import functools
import importlib.util
import re
from dataclasses import dataclass

from grader.models.execution import Failure, Statement
from grader.models.submission import Part, Submission

Place = tuple[int, int]
"""A cell and a line."""

NO_MODULE = re.compile(r"No module named '([A-Za-z]\w*+)[\w.]*+'", re.ASCII)
DEF = re.compile(r"[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)")


@dataclass(frozen=True, slots=True)
class Failing:
    """What a call of the graded function `name` of a submission raised."""

    failure: Failure
    name: str
    submission: Submission

    def __str__(self) -> str:
        """What was raised, and in a call of what when that is another function."""
        known = self._known()
        if not known:
            return str(self.failure)
        if self.lacks:
            return f"{self.failure.text} on this machine ({_in_words(known[-1])})"
        if known[-1] in self._own(known) or not self._own(known):
            return str(self.failure)
        raised = str(self.failure).rstrip()
        return f"{raised}, in a call of {self._function_at(known[-1])} ({_in_words(known[-1])})"

    @property
    def tells_places(self) -> bool:
        """Whether what is said of it names a cell and a line."""
        return str(self) != str(self.failure)

    @property
    def place(self) -> Place | None:
        """Where the function itself failed or called what did; if it was never there, where that failed."""
        known = self._known()
        return next(reversed(self._own(known) or known), None)

    @property
    def lacks(self) -> str:
        """The module that the function imports and this machine does not have; empty if it is not that."""
        match = NO_MODULE.fullmatch(self.failure.text)
        if self.failure.exception != "ModuleNotFoundError" or match is None:
            return ""
        imports = _imports(self.submission.parts[self.name])
        return match[1] if match[1] in imports and importlib.util.find_spec(match[1]) is None else ""

    def _known(self) -> list[Place]:
        """The places on the way that are in the notebook."""
        return [place for place in self.failure.places if self.submission.statement_at(place)]

    def _own(self, known: list[Place]) -> list[Place]:
        """Those in the function itself before it first called anything else."""
        found = self.submission.functions[self.name]
        own = Statement(found.cell or 0, found.line or 1, found.source)
        first = next((i for i, place in enumerate(known) if own.has_line(*place)), len(known))
        end = next((i for i, place in enumerate(known) if i > first and not own.has_line(*place)), len(known))
        return known[first:end]

    def _function_at(self, place: Place) -> str:
        """The name of the function that has a line, as its notebook defines it."""
        statement = self.submission.statement_at(place)
        lines = statement.source.split("\n")[: place[1] - statement.line + 1] if statement else []
        return next((match[1] for line in reversed(lines) if (match := DEF.match(line))), "another function")


def _in_words(place: Place) -> str:
    return f"cell {place[0]}, line {place[1]}"


@functools.lru_cache(maxsize=64)
def _imported(source: str) -> frozenset[str]:
    """The modules that a statement imports; of a file that the notebook writes, those that the file does."""
    names: set[str] = set()
    try:
        tree = ast.parse(source.partition("\n")[2] if source.startswith("%%") else source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return frozenset(name.split(".")[0] for name in names)


def _imports(part: Part) -> set[str]:
    """The modules that a part imports anywhere."""
    return {name for statement in part.statements for name in _imported(statement.source)}
