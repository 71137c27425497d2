"""Find a method of a class that several cells make: each may extend the class, or attach a function to it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.models.execution import Statement
from grader.notebooks.definitions import text_of
from grader.notebooks.methods import method_of
from grader.notebooks.statements import Piece

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Attached(NamedTuple):
    """A statement's `owner.method = function`; `function` is empty if the value is no name."""

    owner: str
    method: str
    function: str


class Place(NamedTuple):
    """Where a method is defined: a statement of the notebook, the line in it, from 1, and its source."""

    piece: Piece
    line: int
    source: str


@functools.lru_cache(maxsize=512)
def attached(source: str) -> tuple[Attached, ...]:
    """Return the methods that a top-level statement attaches to classes that are defined above it.

    That is `Model.fit = fit`, `setattr(Model, "fit", fit)` or a function below `@add_to_class(Model)`.
    """
    if not ("setattr" in source or source.startswith("@") or ("." in source and "=" in source)):
        return ()
    try:
        [node] = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(_attached(node))


def _attached(node: ast.stmt) -> Iterator[Attached]:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                    yield Attached(target.value.id, target.attr, _name(value))
        case ast.Expr(
            value=ast.Call(
                func=ast.Name(id="setattr"),
                args=[ast.Name(id=owner), ast.Constant(value=str(method)), value],
            )
        ):
            yield Attached(owner, method, _name(value))
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
            named = [argument for call in calls for argument in call.args if isinstance(argument, ast.Name)]
            yield from (Attached(argument.id, node.name, node.name) for argument in named)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


@functools.lru_cache(maxsize=512)
def extends(source: str, name: str) -> bool:
    """Return whether a statement defines a class that is derived from the one of the same name above it.

    Args:
        source: the statement.
        name: the name of the class.

    Returns:
        True for `class Model(Model):`.
    """
    try:
        [node] = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return isinstance(node, ast.ClassDef) and any(_name(base) == name for base in node.bases)


def chains(pieces: Sequence[Piece], name: str) -> list[list[Piece]]:
    """Group the definitions of a name: a class and those that extend it are one.

    Args:
        pieces: the definitions, in the order of the notebook.
        name: the name.

    Returns:
        the groups, in the order of the notebook.
    """
    found: list[list[Piece]] = []
    for piece in pieces:
        if found and piece.kind is ast.ClassDef and extends(piece.statement.source, name):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def attaching(pieces: Sequence[Piece], name: str, chain: Sequence[Piece]) -> list[Piece]:
    """Return the statements that attach something to a class.

    Args:
        pieces: the statements of the notebook.
        name: the name of the class.
        chain: its definitions.

    Returns:
        the statements below the first definition.
    """
    first = chain[0].statement.place
    return [
        piece
        for piece in pieces
        if piece.statement.place > first
        and any(one.owner == name for one in attached(piece.statement.source))
    ]


def without_attached(
    statements: Iterable[Statement], methods: Collection[str], sources: Collection[str]
) -> list[Statement]:
    """Leave out what attaches some methods, and the functions that it attaches.

    Args:
        statements: the statements of a notebook.
        methods: methods, such as `LinearRegression.fit`.
        sources: the sources of those methods.

    Returns:
        the other statements.
    """
    return [
        statement
        for statement in statements
        if statement.source not in sources
        and not any(f"{one.owner}.{one.method}" in methods for one in attached(statement.source))
    ]


def places_of(
    method: str,
    owner: str,
    chain: Sequence[Piece],
    attaching: Collection[Piece],
    binding: Mapping[str, Sequence[Piece]],
) -> list[Place]:
    """Return where a method is defined, in the order of the notebook; the last one counts.

    Args:
        method: the name of the method.
        owner: the name of the class.
        chain: the definitions of the class.
        attaching: the statements that attach something to it.
        binding: the statements that bind each name.

    Returns:
        the places; none if the class has no such method.
    """
    found: list[Place] = []
    for piece in sorted((*chain, *attaching), key=lambda piece: piece.statement.place):
        if piece in attaching:
            found += [
                _function(piece, one.function, binding)
                for one in attached(piece.statement.source)
                if (one.owner, one.method) == (owner, method)
            ]
        elif own := method_of(piece.statement.source, method):
            found.append(Place(piece, own.line, own.source))
    return found


def _function(piece: Piece, name: str, binding: Mapping[str, Sequence[Piece]]) -> Place:
    """Return where the function is defined that a statement attaches; that statement if it is not found."""
    if piece.kind in (ast.FunctionDef, ast.AsyncFunctionDef):
        return Place(piece, 1, piece.statement.source)
    above = [one for one in binding.get(name, ()) if one.statement.place < piece.statement.place]
    defined = above[-1] if above else piece
    return Place(defined, 1, text_of(defined.statement.source, name) or defined.statement.source)
