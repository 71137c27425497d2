"""Translate a right version of a function into the names of a wrong one."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Iterator, Mapping

from grader.mutation.operator import function_name

LIMIT = 6
"""How deep a variable is replaced by what it was computed from."""


def translated(donor: ast.FunctionDef, function: ast.FunctionDef) -> ast.FunctionDef:
    """Return a right version with the names of a wrong one.

    A variable gets the name of the one that has its role: the same parameter, place in what is returned,
    loop, or place in what the same function returned; the same name; or the same expression.

    Args:
        donor: the right version.
        function: the wrong one.

    Returns:
        a copy of the right version.
    """
    names = _roles(donor, function)
    made = copy.deepcopy(donor)
    for node in ast.walk(made):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return made


def inlined(expression: ast.expr, donor: ast.FunctionDef, known: Collection[str]) -> ast.expr:
    """Return an expression in which variables that are not known are what they were computed from.

    Args:
        expression: an expression of the right version.
        donor: the right version, translated.
        known: the names of the wrong one.

    Returns:
        the expression; names that were set more than once stay.
    """
    values = _set_once(donor)
    made = copy.deepcopy(expression)
    for _ in range(LIMIT):
        unknown = {n.id for n in ast.walk(made) if isinstance(n, ast.Name)} & values.keys() - {*known}
        if not unknown:
            break
        made = _Inlining({name: values[name] for name in unknown}).visit(made)
    return made


class _Inlining(ast.NodeTransformer):
    def __init__(self, values: Mapping[str, ast.expr]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return copy.deepcopy(self._values.get(node.id, node))


def _set_once(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """Return the variables that one assignment sets, and what it sets them to."""
    values: dict[str, ast.expr] = {}
    counts: dict[str, int] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            counts[node.id] = counts.get(node.id, 0) + 1
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values[name] = value
    return {name: value for name, value in values.items() if counts[name] == 1}


def _roles(donor: ast.FunctionDef, function: ast.FunctionDef) -> dict[str, str]:
    """Return the name that each variable of the right version has in the wrong one."""
    names: dict[str, str] = {}
    for mine, theirs in _pairs(donor, function):
        if mine and theirs and mine not in names and theirs not in names.values():
            names[mine] = theirs
    return names


def _pairs(donor: ast.FunctionDef, function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Yield names with the same role, the surest first."""
    for role in (_parameters, _returned, _counters):
        yield from zip(role(donor), role(function), strict=False)
    own = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    stored = {n.id for n in ast.walk(donor) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    yield from ((name, name) for name in sorted(stored & own))
    for of_function in (_targets_by_value, _arguments_by_function):
        theirs = of_function(function)
        for key, names in of_function(donor).items():
            yield from zip(names, theirs.get(key, ()), strict=False)


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in function.args.args]


def _arguments_by_function(function: ast.FunctionDef) -> dict[str, list[str]]:
    """Return the names that are given to each called function the first time; empty where it is no name."""
    found: dict[str, list[str]] = {}
    for call in ast.walk(function):
        if isinstance(call, ast.Call):
            names = [arg.id if isinstance(arg, ast.Name) else "" for arg in call.args]
            found.setdefault(function_name(call), names)
    return found


def _returned(function: ast.FunctionDef) -> list[str]:
    """Return the names that the last `return` returns; one that is no name is left empty."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
    if not found:
        return []
    last = max(found, key=lambda node: node.lineno).value
    values = last.elts if isinstance(last, ast.Tuple) else [last]
    return (
        [value.id for value in values if isinstance(value, ast.Name)]
        if all(isinstance(value, ast.Name) for value in values)
        else []
    )


def _counters(function: ast.FunctionDef) -> list[str]:
    return [
        node.target.id
        for node in ast.walk(function)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name)
    ]


def _targets_by_value(function: ast.FunctionDef) -> dict[str, list[str]]:
    """Return the targets of assignments by the called function, or by the text of the value."""
    found: dict[str, list[str]] = {}
    for targets, value in _assignments(function):
        key = function_name(value) if isinstance(value, ast.Call) else ast.unparse(value)
        found.setdefault(key, targets)
    return found


def _assignments(function: ast.FunctionDef) -> Iterator[tuple[list[str], ast.expr]]:
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield [name], value
            case ast.Assign(targets=[ast.Tuple(elts=elements)], value=value):
                if all(isinstance(element, ast.Name) for element in elements):
                    yield [element.id for element in elements if isinstance(element, ast.Name)], value
