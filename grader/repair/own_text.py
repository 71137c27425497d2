"""Edits of a function's own text that turn round the mistakes that students make."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from grader.mutation.operator import changed, code, function_name, nodes, replaced
from grader.repair.blocks import TreeEdit, lines_of, statements, with_block

REDUCTIONS = frozenset({"sum", "mean", "max", "min", "prod", "std", "var", "argmax", "argmin"})
PRODUCTS = frozenset({"dot", "matmul"})


def edits(function: ast.FunctionDef) -> Iterator[TreeEdit]:
    """Yield the edits of a function.

    Args:
        function: the function.

    Returns:
        an iterator of edits.
    """
    for old, new, says in _of_expressions(function):
        tree = ast.fix_missing_locations(replaced(function, old, new))
        yield TreeEdit(lines_of(old), tree, says)
    yield from _moved(function)


def _of_expressions(function: ast.FunctionDef) -> Iterator[tuple[ast.expr, ast.expr, str]]:
    module = ast.Module([function], [])
    for call in nodes(module, ast.Call):
        yield from _options(call)
        if len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Starred):
            new = changed(call, args=[ast.Starred(call.args[0], ast.Load())])
            yield call, new, f"{code(call)} takes one value where it should take several"
    for factor in _factors(module):
        yield factor, ast.Attribute(factor, "T", ast.Load()), f"{code(factor)} is not transposed"
    for sub in nodes(module, ast.Subscript):
        yield from _indices(function, sub)
    texts = {node.value for node in nodes(module, ast.Constant) if isinstance(node.value, str)}
    for node in nodes(module, ast.Constant):
        if isinstance(node.value, str):
            for other in sorted({*texts, node.value.strip(), node.value.lower().strip()} - {node.value}):
                yield node, ast.Constant(other), f"the text {code(node)}"
    names = _names(function)
    for name in nodes(module, ast.Name):
        if isinstance(name.ctx, ast.Load) and name.id in names:
            for other in names:
                if other != name.id:
                    yield name, ast.Name(other, ast.Load()), f"`{name.id}` where another name belongs"


def _options(call: ast.Call) -> Iterator[tuple[ast.expr, ast.expr, str]]:
    if function_name(call) not in REDUCTIONS:
        return
    given = {keyword.arg for keyword in call.keywords}
    keeps = [ast.keyword("keepdims", ast.Constant(True))]
    says = f"the axis of {code(call)}"
    if "axis" not in given and len(call.args) < 2:
        for axis in (0, 1):
            option = ast.keyword("axis", ast.Constant(axis))
            yield call, changed(call, keywords=[*call.keywords, option]), says
            if "keepdims" not in given:
                yield call, changed(call, keywords=[*call.keywords, option, *keeps]), says
    if "keepdims" not in given:
        yield call, changed(call, keywords=[*call.keywords, *keeps]), f"keepdims=True is missing in {code(call)}"
    for option in call.keywords:
        if option.arg == "axis" and "keepdims" not in given and isinstance(option.value, ast.Constant):
            for axis in (0, 1):
                others = [k for k in call.keywords if k is not option]
                new = changed(call, keywords=[*others, ast.keyword("axis", ast.Constant(axis)), *keeps])
                yield call, new, says


def _factors(module: ast.Module) -> Iterator[ast.expr]:
    for node in nodes(module, ast.BinOp, ast.Call):
        match node:
            case ast.BinOp(op=ast.MatMult() | ast.Mult(), left=left, right=right):
                yield from (left, right)
            case ast.Call(args=[left, right]) if function_name(node) in PRODUCTS:
                yield from (left, right)


def _indices(function: ast.FunctionDef, sub: ast.Subscript) -> Iterator[tuple[ast.expr, ast.expr, str]]:
    """Yield other indices: of another loop variable or parameter, counted from the other end."""
    says = f"the index of {code(sub.value)}"
    if isinstance(sub.slice, ast.Slice | ast.Tuple):
        return
    for counter in _counters(function):
        for made in (counter, f"{counter} - 1", f"{counter} + 1", f"-{counter}", f"-{counter} - 1"):
            yield sub.slice, ast.parse(made, mode="eval").body, says
    yield sub.slice, ast.UnaryOp(ast.USub(), sub.slice), says
    yield sub.slice, ast.parse("-1", mode="eval").body, says


def _counters(function: ast.FunctionDef) -> list[str]:
    found: dict[str, None] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.For):
            found |= dict.fromkeys(n.id for n in ast.walk(node.target) if isinstance(n, ast.Name))
    return list(found)


def _names(function: ast.FunctionDef) -> list[str]:
    """Return the parameters and variables of a function."""
    found = dict.fromkeys(argument.arg for argument in function.args.args)
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] = None
    return list(found)


def _moved(function: ast.FunctionDef) -> Iterator[TreeEdit]:
    """Yield the function with one statement moved a level out of its block, or into the block before."""
    for path, statement in statements(function):
        (field, i), owner = path[-1], path[:-1]
        if owner:
            without = with_block(function, path, [], drop=1)
            out = (*owner[:-1], (owner[-1][0], owner[-1][1] + 1))
            yield TreeEdit(
                lines_of(statement),
                with_block(without, out, [statement], drop=0),
                f"{code(statement)} stands one level too deep",
            )
        if i:
            before = (*owner, (field, i - 1))
            loop = dict(statements(function)).get(before)
            if isinstance(loop, ast.For | ast.While | ast.If):
                without = with_block(function, path, [], drop=1)
                into = (*before, ("body", len(loop.body)))
                yield TreeEdit(
                    lines_of(statement),
                    with_block(without, into, [copy.deepcopy(statement)], drop=0),
                    f"{code(statement)} stands outside of the block before it",
                )
