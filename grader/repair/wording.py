"""Name the part of a function that an edit concerns, in the words of its own text."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grader.mutation.operator import function_name
from grader.repair.source_text import FunctionText

LONGEST = 40
"""The characters of code that a sentence shows."""


def expression(text: FunctionText, old: ast.AST, new: ast.AST) -> str:
    """Name what an edit of an expression concerns.

    Args:
        text: the function.
        old: the expression.
        new: the expression in its place.

    Returns:
        a noun phrase.
    """
    if where := _where(text, old):
        return where
    return _of_operation(old, new) or _plain(old)


def _of_operation(old: ast.AST, new: ast.AST) -> str:
    """Name what a change of an operation concerns; empty if it is none."""
    match old, new:
        case ast.Call(func=called, args=[inner]), _ if inner is new:
            return f"the call of {_code(called)}"
        case ast.Call(), ast.Call() if isinstance(old.func, type(new.func)):
            return _call(old, new)
        case ast.BinOp(op=before), ast.BinOp(op=after) if type(before) is not type(after):
            return f"the operator in {_code(old)}"
        case ast.BinOp(), ast.BinOp() if ast.unparse(old.left) == ast.unparse(new.right):
            return f"the order in {_code(old)}"
        case ast.Compare(), _:
            return f"the comparison {_code(old)}"
        case ast.Tuple(), ast.Tuple():
            return f"the order of {_code(old)}"
    return _of_sign(old, new)


def _of_sign(old: ast.AST, new: ast.AST) -> str:
    """Name a transpose or a sign that is too much or missing; empty if it is none."""
    match old, new:
        case _, ast.Attribute(attr="T", value=value) if value is old:
            return f"the transpose of {_code(old)}"
        case ast.Attribute(attr="T", value=value), _ if value is new:
            return f"the transpose of {_code(value)}"
        case _, ast.UnaryOp(op=ast.USub(), operand=operand) if operand is old:
            return f"the sign of {_code(old)}"
        case ast.UnaryOp(op=ast.USub(), operand=operand), _ if operand is new:
            return f"the sign of {_code(operand)}"
    return ""


def everywhere(text: FunctionText, old: ast.AST, new: ast.AST) -> str:
    """Name what an edit at several places concerns."""
    return f"{expression(text, old, new)}, each time"


def statements(old: Sequence[ast.stmt]) -> str:
    """Name statements that are changed as a whole; empty for several, which have no name but their lines."""
    if len(old) > 1:
        return ""
    match old[0]:
        case ast.Return():
            return "what is returned"
        case ast.Assign(targets=[target]) | ast.AugAssign(target=target):
            return f"the value of {_code(target)}"
        case ast.For() | ast.While():
            return "this loop"
        case ast.If():
            return "this `if`"
    return f"{_code(old[0])}"


def block(owner: ast.stmt) -> str:
    """Name the statements inside of a statement."""
    return "what the loop repeats" if isinstance(owner, ast.For | ast.While) else "the lines of this branch"


def header(owner: ast.stmt) -> str:
    """Name the first line of a statement with statements inside."""
    match owner:
        case ast.For(iter=values):
            return f"the values of the loop, {_code(values)}"
        case ast.While(test=test) | ast.If(test=test):
            return f"the condition {_code(test)}"
    return "this line"


MISSING_BEFORE = "a statement is missing before this line"
MISSING_AFTER = "a statement is missing after this line"


def asserts(found: Sequence[ast.Assert]) -> str:
    """Name assertions."""
    return "this `assert`" if len(found) == 1 else "an `assert`"


def moved(statement: ast.stmt, where: str) -> str:
    """Say that a statement stands a level too deep, or not deep enough."""
    return f"{_code(statement)} {where}"


def _call(old: ast.Call, new: ast.Call) -> str:
    if function_name(old) != function_name(new):
        return f"the function in {_code(old)}"
    before = {k.arg: ast.unparse(k.value) for k in old.keywords}
    after = {k.arg: ast.unparse(k.value) for k in new.keywords}
    options = [k for k in {**before, **after} if k and before.get(k) != after.get(k)]
    if options:
        return f"{' and '.join(f'`{option}`' for option in options)} of {_code(old)}"
    if sorted(map(ast.unparse, old.args)) == sorted(map(ast.unparse, new.args)):
        return f"the order of the arguments of {_code(old)}"
    return f"the arguments of {_code(old)}"


def _where(text: FunctionText, node: ast.AST) -> str:
    """Return of what a node is in the index or in the key; empty if it is in none."""
    up = text.parents.get(node)
    while up is not None and not isinstance(up, ast.stmt):
        if isinstance(up, ast.Subscript) and node is not up.value:
            what = "key" if _has_text(up.slice) else "index"
            return f"the {what} of {_code(up.value)}"
        node, up = up, text.parents.get(up)
    return ""


def _has_text(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(node))


def _plain(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str()):
            return f"the text {_code(node)}"
        case ast.Constant():
            return f"the number {_code(node)}"
        case ast.stmt():
            return statements([node])
    return _code(node)


def _code(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return f"`{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}`"
