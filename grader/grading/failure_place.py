"""Where in a notebook a call failed, and which missing module caused it; checks a worker's claims."""

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
PLACE = re.compile(r"\(cell \d+, line \d+\)")
"""What a message adds to an exception."""
DEF = re.compile(r"[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)")


@dataclass(frozen=True, slots=True)
class Failing:
    """The exception that a call of the graded function `name` raised."""

    failure: Failure
    name: str
    submission: Submission

    def __str__(self) -> str:
        """Return the exception, with the function called and its place if that is not the graded one."""
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
        """True if the text names a cell and a line."""
        return str(self) != str(self.failure)

    @property
    def place(self) -> Place | None:
        """The innermost line in the function itself; if there is none, in the notebook."""
        known = self._known()
        return next(reversed(self._own(known) or known), None)

    @property
    def lacks(self) -> str:
        """The module that the function imports and this machine lacks; "" if that is not the cause."""
        match = NO_MODULE.fullmatch(self.failure.text)
        if self.failure.exception != "ModuleNotFoundError" or match is None:
            return ""
        imports = _imports(self.submission.parts[self.name])
        return match[1] if match[1] in imports and importlib.util.find_spec(match[1]) is None else ""

    def _known(self) -> list[Place]:
        """Return the places of the traceback that are in the notebook."""
        return [place for place in self.failure.places if self.submission.statement_at(place)]

    def _own(self, known: list[Place]) -> list[Place]:
        """Return those of the first consecutive places that are in the function itself."""
        found = self.submission.functions[self.name]
        own = Statement(found.cell or 0, found.line or 1, found.source)
        first = next((i for i, place in enumerate(known) if own.has_line(*place)), len(known))
        end = next((i for i, place in enumerate(known) if i > first and not own.has_line(*place)), len(known))
        return known[first:end]

    def _function_at(self, place: Place) -> str:
        """Return the name of the function that contains a place."""
        statement = self.submission.statement_at(place)
        lines = statement.source.split("\n")[: place[1] - statement.line + 1] if statement else []
        return next((match[1] for line in reversed(lines) if (match := DEF.match(line))), "another function")


def _in_words(place: Place) -> str:
    return f"cell {place[0]}, line {place[1]}"


@functools.lru_cache(maxsize=64)
def _imported(source: str) -> frozenset[str]:
    """Return the top-level modules that a statement, or the file that it writes, imports."""
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
    """Return the modules that the statements of a part import."""
    return {name for statement in part.statements for name in _imported(statement.source)}
