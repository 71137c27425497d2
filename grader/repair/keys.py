"""Keys made of a text and a number, such as `"dW" + str(l)`, and changes of all that begin alike."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from grader.mutation.operator import nodes
from grader.repair.source_text import Change, FunctionText, lines_of


def changes(text: FunctionText) -> Iterator[Change]:
    """Yield the function with the numbers of alike keys, all or those in a loop, one higher or lower.

    Args:
        text: the function.

    Returns:
        an iterator of changes.
    """
    alike: dict[tuple[str, ast.For | None], list[ast.expr]] = {}
    for beginning, number in numbers_of_keys(text):
        for place in dict.fromkeys((None, next(text.loops_around(number), None))):
            alike.setdefault((beginning, place), []).append(number)
    for (beginning, _), numbers in alike.items():
        for operator, how in ((ast.Sub(), "too high"), (ast.Add(), "too low")):
            splices = (text.replacing(one, ast.BinOp(one, operator, ast.Constant(1))) for one in numbers)
            says = f"the numbers in the keys of {beginning} are one {how}"
            yield Change(tuple(splices), lines_of(*numbers), says)


def in_right_letters(text: FunctionText, right: Iterable[ast.FunctionDef]) -> Iterator[Change]:
    """Yield the function with all its keys in the capital and small letters of right versions.

    Args:
        text: the function.
        right: right versions.

    Returns:
        an iterator of changes.
    """
    for donor in right:
        spelled = {key.lower(): key for _, key in _texts_of_keys(ast.Module([donor], []))}
        wrong = [(n, spelled.get(key.lower(), key)) for n, key in _texts_of_keys(text.module)]
        splices = [text.replacing(n, ast.Constant(other)) for n, other in wrong if n.value != other]
        if splices:
            lines = lines_of(*(n for n, other in wrong if n.value != other))
            yield Change(tuple(dict.fromkeys(splices)), lines, "capital and small letters in the keys")


def _texts_of_keys(module: ast.Module) -> Iterator[tuple[ast.Constant, str]]:
    for sub in nodes(module, ast.Subscript):
        for node in ast.walk(sub.slice):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node, node.value


def numbers_of_keys(text: FunctionText) -> Iterator[tuple[str, ast.expr]]:
    """Yield the text and the number of each key that is made of both.

    Args:
        text: the function.

    Returns:
        an iterator of pairs.
    """
    for sub in nodes(text.module, ast.Subscript):
        match sub.slice:
            case ast.BinOp(
                op=ast.Add(),
                left=ast.Constant(value=str(beginning)),
                right=ast.Call(func=ast.Name(id="str"), args=[number]),
            ):
                yield beginning, number
            case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), ast.FormattedValue(value=number)]):
                yield beginning, number


def is_text(node: ast.expr) -> bool:
    """Return whether an index is a key made of text."""
    match node:
        case ast.JoinedStr() | ast.Constant(value=str()):
            return True
        case ast.BinOp(left=left):
            return is_text(left)
    return False
