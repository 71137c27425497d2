"""Which installed modules a program needs that its assignment imports: the warm process imports them once.

Only names that the assignment's own files import count, so no student chooses what the warm process runs.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Collection, Iterable, Iterator

from grader.models.execution import Program, Statement
from grader.models.package_names import absolute

IMPORTS = ("import ", "from ")
"""The beginnings of import statements."""


def needed(program: Program) -> frozenset[str]:
    """Return the modules of `program.imports` that its statements and its provided modules import."""
    if not program.imports:
        return frozenset()
    lent = program.stand_ins.statements if program.stand_ins else ()
    found: set[str] = set()
    waiting = [("", s.source) for s in (*program.statements, *lent) if s.source.startswith(IMPORTS)]
    seen: set[str] = set()
    while waiting:
        module, source = waiting.pop()
        names = imported(source)
        found |= names
        provided = {
            one for name in names | relative(source, module, program.modules) for one in _parents(name)
        }
        new = provided & program.modules.keys() - seen
        seen |= new
        waiting += [(one, program.modules[one]) for one in new]
    return program.imports & found


def _parents(name: str) -> Iterator[str]:
    """Yield a dotted name and the packages that it is in, which are imported with it."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def installed(sources: Iterable[str], provided: Iterable[str]) -> frozenset[str]:
    """Return the names that sources import at top level, without provided modules.

    Args:
        sources: Python texts.
        provided: the names of provided modules.

    Returns:
        the names; they may include functions of modules, `numpy.array` of `from numpy import array`.
    """
    names = frozenset[str]().union(*map(imported, sources))
    roots = {name.partition(".")[0] for name in provided}
    return frozenset(name for name in names if name.partition(".")[0] not in roots)


def importing(names: Iterable[str]) -> tuple[Statement, ...]:
    """Return statements that import names, for a program that receives what needs them as data.

    Args:
        names: the names; those of functions of modules fail, each in a cell of its own.

    Returns:
        the statements.
    """
    return tuple(Statement(number, 1, f"import {name}") for number, name in enumerate(sorted(names), 1))


@functools.lru_cache(maxsize=1024)
def imported(source: str) -> frozenset[str]:
    """Return the names that a text imports at top level; none if it cannot be parsed."""
    return frozenset(name for node in _imports(source) for name in _names(node))


def relative(source: str, module: str, modules: Collection[str]) -> frozenset[str]:
    """Return the names that a module imports relative to its package, at top level.

    Args:
        source: its text.
        module: its name.
        modules: the names of all modules that are provided.

    Returns:
        the absolute names.
    """
    nodes = [node for node in _imports(source) if isinstance(node, ast.ImportFrom) and node.level]
    found = [(absolute(node, module, modules), node.names) for node in nodes]
    return frozenset(name for parent, names in found for name in (parent, *_members(parent, names)))


@functools.lru_cache(maxsize=1024)
def _imports(source: str) -> tuple[ast.Import | ast.ImportFrom, ...]:
    try:
        return tuple(_found(ast.parse(source).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()


def _found(statements: Iterable[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in statements:
        match node:
            case ast.Import() | ast.ImportFrom():
                yield node
            case ast.Try(body=body, orelse=more) | ast.If(body=body, orelse=more):
                yield from _found([*body, *more])
            case _:
                pass


def _names(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            yield from (module, *_members(module, names))
        case _:
            pass


def _members(module: str, names: Iterable[ast.alias]) -> Iterator[str]:
    return (f"{module}.{alias.name}" for alias in names if alias.name != "*")
