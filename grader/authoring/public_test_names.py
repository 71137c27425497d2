"""Find names in the cells of a solution that public tests do not have: students would get a NameError."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.assignments.definition import Definition
from grader.errors import did_you_mean
from grader.models.assignment import PUBLIC_TESTS
from grader.notebooks.magics import without_magics
from grader.notebooks.solution import place_of, places, read_solution
from grader.notebooks.statements import BINDS_ANY, BUILTINS
from grader.notebooks.variable_slices import public_tests_of

ENDINGS = ("_test", "_test_1", "_test_2")


class Named(NamedTuple):
    """A name in a cell: its line, and whether it is one of the module of public tests."""

    name: str
    line: int
    of_tests: bool


def misnamed_tests(definition: Definition) -> Iterator[str]:
    """Yield the names that the cells of a solution call, and that nothing defines.

    A cell that is no Python is passed over, and so are all names where any may be bound: by `exec`, or by a
    star import of a module that does not come with the assignment.

    Args:
        definition: the assignment.

    Returns:
        an iterator of faults, each with its place and advice.
    """
    path = definition.course.solution(definition.name)
    notebook = read_solution(path)
    items = [exercise.name for exercise in definition.exercises if exercise.kind != "question"]
    tests = public_tests_of(items)
    sources = [cell.source if cell.cell_type == "code" else "" for cell in notebook.cells]
    named = misnamed(sources, definition.wanted.modules, tests)
    for of_cell, found in zip(places(path, notebook), named, strict=True):
        yield from (f"{place_of(path, of_cell, one.line)}: {_fault(one, tests, items)}" for one in found)


def misnamed(
    sources: Sequence[str], modules: Mapping[str, str], tests: Collection[str]
) -> Iterator[list[Named]]:
    """Yield, for each cell, the names that it calls and that nothing defines; see `misnamed_tests`.

    Args:
        sources: the cells of a solution that are code.
        modules: the modules that come with the assignment.
        tests: the names of its public tests.

    Returns:
        an iterator of lists of names, with their lines in the cell.
    """
    parsed = [*map(_parsed, sources)]
    trees = [tree for tree in parsed if tree is not None]
    stars = {module for tree in trees for module in _star_imports(tree)}
    provided = [tree for one in stars & modules.keys() if (tree := _parsed(modules[one])) is not None]
    stars |= {module for tree in provided for module in _star_imports(tree)}
    bound = {name for tree in (*trees, *provided) for name in _bound(tree)} | BUILTINS
    bound |= {*tests} if PUBLIC_TESTS in stars else set()
    any_bound = bool(stars - {PUBLIC_TESTS} - modules.keys()) or any(_binds_any(tree) for tree in trees)
    imported = {name for tree in trees for name in _names_of_module(tree)}
    for tree in parsed:
        yield [
            one
            for one in (_named(tree, imported) if tree else ())
            if (one.name not in tests if one.of_tests else one.name not in bound and not any_bound)
        ]


def _fault(found: Named, tests: Collection[str], items: Sequence[str]) -> str:
    if found.name in tests:
        return f"no cell imports {found.name}\n  Write above it: from {PUBLIC_TESTS} import *"
    own = [f"{item.replace('.', '_')}_test" for item in items]
    what = f"{PUBLIC_TESTS} has no {found.name}" if found.of_tests else f"nothing defines {found.name}"
    return f"{what}\n  {did_you_mean(found.name, own)}The public tests are {', '.join(own)}."


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(without_magics(source))
    except (SyntaxError, ValueError):
        return None


def _star_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            yield node.module or ""


def _names_of_module(tree: ast.Module) -> Iterator[str]:
    """Yield the names under which a cell imports the module of public tests."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.asname or alias.name for alias in node.names if alias.name == PUBLIC_TESTS)


def _bound(tree: ast.Module) -> Iterator[str]:
    """Yield each name that a cell binds anywhere, parameters of functions too."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield name
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name


def _binds_any(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Name) and node.id in BINDS_ANY for node in ast.walk(tree))


def _named(tree: ast.Module, modules: Collection[str]) -> list[Named]:
    """Return the names that a cell calls, reads as tests, or takes from the module of public tests."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found: list[Named] = []
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if id(node) in called or name.endswith(ENDINGS):
                found.append(Named(name, node.lineno, of_tests=False))
            case ast.ImportFrom(module=module, names=aliases) if module == PUBLIC_TESTS:
                found += [Named(one.name, one.lineno, of_tests=True) for one in aliases if one.name != "*"]
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in modules:
                found.append(Named(name, node.lineno, of_tests=True))
    return sorted(dict.fromkeys(found), key=lambda one: one.line)
