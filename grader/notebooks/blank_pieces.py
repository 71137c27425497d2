"""Select the definitions of a graded function that are not as they were handed out."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grader.notebooks.blank_detection import class_is_blank, is_blank
from grader.notebooks.definitions import text_of
from grader.notebooks.statements import Piece


def last_written(found: Sequence[Sequence[Piece]], name: str) -> Sequence[Piece]:
    """Return the last definition of a function or class that is not blank; the last if all are.

    Args:
        found: its definitions, each with the statements that extend it.
        name: its name.

    Returns:
        one of them.
    """
    if len(found) == 1:
        return found[0]
    return next((chain for chain in reversed(found) if not are_blank(chain, name)), found[-1])


def are_blank(chain: Sequence[Piece], name: str) -> bool:
    """Return whether a definition and all that extends it are as they were handed out.

    Args:
        chain: the definition, and the statements that extend it.
        name: its name.

    Returns:
        True if they are.
    """
    return all(piece_is_blank(piece, name) for piece in chain)


def piece_is_blank(piece: Piece, name: str) -> bool:
    """Return whether a piece defines a function and leaves it as it was handed out.

    Args:
        piece: the statement.
        name: the function.

    Returns:
        True if it does.
    """
    source = piece.statement.source
    if piece.kind is ast.ClassDef:
        return class_is_blank(source)
    if piece.kind is not ast.FunctionDef:
        source = text_of(source, name)
    return bool(source) and is_blank(source)
