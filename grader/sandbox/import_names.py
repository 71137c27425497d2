"""Which installed modules a program needs that its assignment imports: the warm process imports them once.

Only names that the assignment's own files import count, so no student chooses what the warm process runs.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator

from grader.models.execution import Program

IMPORTS = ("import ", "from ")
"""The beginnings of import statements."""


def needed(program: Program) -> frozenset[str]:
    """Return the modules of `program.imports` that its statements and its provided modules import."""
    if not program.imports:
        return frozenset()
    lent = program.stand_ins.statements if program.stand_ins else ()
    found: set[str] = set()
    waiting = [s.source for s in (*program.statements, *lent) if s.source.startswith(IMPORTS)]
    seen: set[str] = set()
    while waiting:
        names = imported(waiting.pop())
        found |= names
        provided = {name.partition(".")[0] for name in names} & program.modules.keys() - seen
        seen |= provided
        waiting += [program.modules[name] for name in provided]
    return program.imports & found


def installed(sources: Iterable[str], provided: Iterable[str]) -> frozenset[str]:
    """Return the names that sources import at top level, without provided modules.

    Args:
        sources: Python texts.
        provided: the names of provided modules.

    Returns:
        the names; they may include functions of modules, `numpy.array` of `from numpy import array`.
    """
    names = frozenset[str]().union(*map(imported, sources))
    return frozenset(name for name in names if name.partition(".")[0] not in {*provided})


@functools.lru_cache(maxsize=1024)
def imported(source: str) -> frozenset[str]:
    """Return the names that a text imports at top level; none if it cannot be parsed."""
    try:
        return frozenset(_names(ast.parse(source).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()


def _names(statements: Iterable[ast.stmt]) -> Iterator[str]:
    for node in statements:
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names if alias.name != "*")
            case ast.Try(body=body, orelse=more) | ast.If(body=body, orelse=more):
                yield from _names([*body, *more])
            case _:
                pass
