"""Edits of a function's own text that turn round the mistakes that students make."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from grader.mutation import OPERATORS
from grader.mutation.arrays import MISTAKEN
from grader.mutation.operator import changed, function_name, nodes, renamed
from grader.repair.keys import is_text, numbers_of_keys
from grader.repair.source_text import FunctionText

REDUCTIONS = frozenset({"sum", "mean", "max", "min", "prod", "std", "var", "argmax", "argmin"})
PRODUCTS = frozenset({"dot", "matmul", "multiply"})

SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr)
"""What may stand in a function and should not."""


class Edit(NamedTuple):
    """One expression or statement of a function, and what may belong in its place."""

    old: ast.expr | ast.stmt
    new: ast.expr | ast.stmt


def edits(text: FunctionText) -> Iterator[Edit]:
    """Yield the edits of a function, those of frequent mistakes first.

    Args:
        text: the function.

    Returns:
        an iterator of edits.
    """
    module = text.module
    yield from _unknown_names(text)
    yield from (Edit(one, ast.Pass()) for one in text.statements if isinstance(one, SIMPLE))
    yield from _of_options(nodes(module, ast.Call))
    yield from _sizes(text)
    yield from _means(text)
    for operator in OPERATORS:
        for edit in operator.edits(module):
            yield Edit(edit.old, edit.new)
    for sub in nodes(module, ast.Subscript):
        yield from _indices(text, sub)
    yield from _keys(text)
    yield from _texts(module)
    yield from _factors(module)
    yield from _numbers(module)


MEANT = [(mistaken, name) for name, others in MISTAKEN.items() for mistaken, _ in others]
"""Functions of NumPy that are called by mistake, and those that are meant: mutations turned round."""


def _means(text: FunctionText) -> Iterator[Edit]:
    """Yield values divided by a size, for a sum where a mean belongs."""
    assigned = [one for one in text.statements if isinstance(one, ast.Assign)]
    sizes = [
        target.id
        for one in assigned
        for target in one.targets
        if isinstance(target, ast.Name) and re.search(r"\.shape\b|\blen\(", ast.unparse(one.value))
    ]
    for one in assigned:
        if isinstance(one.value, ast.BinOp | ast.Call | ast.UnaryOp):
            for size in sizes:
                yield Edit(one.value, ast.BinOp(one.value, ast.Div(), ast.Name(size, ast.Load())))


def _sizes(text: FunctionText) -> Iterator[Edit]:
    """Yield numbers that stand where a parameter of the function belongs, as in a shape."""
    for node in nodes(text.module, ast.Constant):
        if isinstance(node.value, int) and isinstance(text.parents.get(node), ast.Call | ast.Tuple):
            for argument in text.function.args.args:
                yield Edit(node, ast.Name(argument.arg, ast.Load()))


def _of_options(calls: Iterable[ast.Call]) -> Iterator[Edit]:
    """Yield reductions with other axes, calls without an option, and calls of one value as several."""
    for call in calls:
        if function_name(call) in REDUCTIONS:
            yield from _reductions(call)
        yield from (Edit(call, renamed(call, name)) for own, name in MEANT if function_name(call) == own)
        for option in call.keywords:
            yield Edit(call, changed(call, keywords=[k for k in call.keywords if k is not option]))
        if len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Starred):
            yield Edit(call, changed(call, args=_unpacked(call.args[0])))
            yield Edit(call, call.args[0])
        if isinstance(call.func, ast.Name) and call.args:
            yield from _turned_inside_out(call)


def _unpacked(value: ast.expr) -> list[ast.expr]:
    return value.elts if isinstance(value, ast.Tuple) else [ast.Starred(value, ast.Load())]


def _reductions(call: ast.Call) -> Iterator[Edit]:
    others = [k for k in call.keywords if k.arg not in ("axis", "keepdims")]
    arguments = call.args[:1] if isinstance(call.func, ast.Attribute) else call.args
    for axis in (None, 0, 1):
        for keeps in (True, False):
            options = [ast.keyword("axis", ast.Constant(axis))] if axis is not None else []
            kept = [ast.keyword("keepdims", ast.Constant(True))] if keeps else []
            yield Edit(call, changed(call, args=arguments, keywords=[*others, *options, *kept]))


def _turned_inside_out(call: ast.Call) -> Iterator[Edit]:
    """Yield `f(g(x))` for `g(f(x))`, as in `range(reversed(n))`."""
    match call.args:
        case [ast.Call(func=ast.Name()) as inner]:
            turned = changed(inner, args=[changed(call, args=inner.args)])
            yield Edit(call, turned)
        case [ast.BinOp(left=ast.Call(func=ast.Name(), args=[_]) as inner) as sum_]:
            yield Edit(call, changed(inner, args=[changed(call, args=[changed(sum_, left=inner.args[0])])]))
    if function_name(call) == "range":
        yield Edit(call, ast.Call(ast.Name("reversed", ast.Load()), [call], []))
        yield from (Edit(call, changed(call, args=arguments)) for arguments in _bounds(call.args))


def _bounds(arguments: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield other bounds of a range."""
    one = ast.Constant(1)
    match arguments:
        case [stop]:
            yield [one, stop]
            yield [one, ast.BinOp(stop, ast.Add(), one)]
            yield [ast.BinOp(stop, ast.Sub(), one)]
        case [start, stop]:
            yield [stop]
            yield [start, ast.BinOp(stop, ast.Add(), one)]
            yield [start, ast.BinOp(stop, ast.Sub(), one)]


def _indices(text: FunctionText, sub: ast.Subscript) -> Iterator[Edit]:
    """Yield other indices: of a loop around, one off, or counted from the other end."""
    if isinstance(sub.slice, ast.Slice | ast.Tuple) or is_text(sub.slice):
        return
    one = ast.Constant(1)
    for counter in text.counters_around(sub):
        for other in (counter, ast.BinOp(counter, ast.Sub(), one), ast.BinOp(counter, ast.Add(), one)):
            yield Edit(sub.slice, other)
    yield Edit(sub.slice, ast.UnaryOp(ast.USub(), sub.slice))
    yield Edit(sub.slice, ast.UnaryOp(ast.USub(), one))
    yield Edit(sub.slice, ast.BinOp(sub.slice, ast.Add(), one))
    yield Edit(sub.slice, ast.BinOp(sub.slice, ast.Sub(), one))


def _keys(text: FunctionText) -> Iterator[Edit]:
    """Yield keys such as `"dW" + str(l)` with another number."""
    one = ast.Constant(1)
    for _, number in numbers_of_keys(text):
        for base in (*text.counters_around(number), number):
            if base is not number:
                yield Edit(number, base)
            yield Edit(number, ast.BinOp(base, ast.Add(), one))
            yield Edit(number, ast.BinOp(base, ast.Sub(), one))


def _texts(module: ast.Module) -> Iterator[Edit]:
    """Yield texts without spaces, in small letters, of the gradient, and others of the function."""
    found = [node for node in nodes(module, ast.Constant) if isinstance(node.value, str)]
    present = sorted({str(node.value) for node in found})
    for node in found:
        own = str(node.value)
        of_gradient = f"d{own}" if not own.startswith("d") else own[1:]
        for other in dict.fromkeys((own.strip(), own.lower(), own.lower().strip(), of_gradient, *present)):
            if other != own:
                yield Edit(node, ast.Constant(other))


def _factors(module: ast.Module) -> Iterator[Edit]:
    """Yield factors transposed, and a factor left out or turned into a divisor."""
    for node in nodes(module, ast.BinOp, ast.Call):
        match node:
            case ast.BinOp(op=ast.MatMult() | ast.Mult(), left=left, right=right):
                yield from (Edit(left, _transposed(left)), Edit(right, _transposed(right)))
            case ast.Call(args=[left, right]) if function_name(node) in PRODUCTS:
                yield from (Edit(left, _transposed(left)), Edit(right, _transposed(right)))
        match node:
            case ast.BinOp(op=ast.Mult() | ast.Div() | ast.Add() | ast.Sub(), left=left, right=right):
                yield from (Edit(node, left), Edit(node, right))
            case ast.BinOp(op=ast.MatMult()):
                yield Edit(node, ast.BinOp(node.left, ast.Mult(), node.right))
            case ast.Call(func=ast.Attribute(), args=[left, right]) if function_name(node) in (
                "multiply",
                "dot",
            ):
                yield Edit(node, ast.BinOp(left, ast.Mult(), right))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            yield Edit(node, ast.BinOp(node.left, ast.MatMult(), node.right))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Mult):
            other = ast.Mult() if isinstance(node.op, ast.Div) else ast.Div()
            yield Edit(node, ast.BinOp(node.left, other, node.right))


def _transposed(node: ast.expr) -> ast.expr:
    return ast.Attribute(node, "T", ast.Load())


def _numbers(module: ast.Module) -> Iterator[Edit]:
    """Yield numbers one more or less, and with the other sign."""
    for node in nodes(module, ast.Constant):
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            for other in (-node.value, node.value + 1, node.value - 1):
                yield Edit(node, ast.Constant(other))


def names(text: FunctionText) -> Iterator[Edit]:
    """Yield names and numbers replaced by other parameters and variables of the function.

    Args:
        text: the function.

    Returns:
        an iterator of edits.
    """
    known = _known(text)
    for node in nodes(text.module, ast.Name, ast.Constant):
        own = getattr(node, "id", "")
        if _may_be_another(text, node, known):
            yield from (Edit(node, ast.Name(other, ast.Load())) for other in known if other != own)


def _unknown_names(text: FunctionText) -> Iterator[Edit]:
    """Yield names that nothing in the function sets, as the names that are most like them."""
    known = _known(text)
    for node in nodes(text.module, ast.Name):
        if node.id not in known and not hasattr(builtins, node.id):
            alike = difflib.get_close_matches(node.id, known, n=len(known) or 1, cutoff=0.0)
            yield from (Edit(node, ast.Name(other, ast.Load())) for other in alike)


def _known(text: FunctionText) -> dict[str, None]:
    """Return the parameters and variables of a function."""
    known = dict.fromkeys(argument.arg for argument in text.function.args.args)
    for node in ast.walk(text.function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            known[node.id] = None
    return known


def _may_be_another(text: FunctionText, node: ast.expr, known: Collection[str]) -> bool:
    """Return whether a node may stand where another variable belongs: a variable, or the number of a size."""
    up = text.parents.get(node)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int) and isinstance(up, ast.Call | ast.Tuple)
    return (
        isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and (node.id in known or not (isinstance(up, ast.Attribute) or node is getattr(up, "func", None)))
    )
