"""Mutation operators for order and completeness: swapped values and dropped statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from grader.mutation.operator import Edit, changed, code, function_name, nodes, operator

Item = TypeVar("Item")

ONE_WAY = (ast.Sub, ast.Div, ast.MatMult)


@operator(("def f():\n    return a, b", "def f():\n    return b, a"), ("z = (a, b, c)", "z = (a, c, b)"))
def entries_swapped(tree: ast.Module) -> Iterator[Edit]:
    """Swap two neighbouring entries of a tuple."""
    for node in nodes(tree, ast.Tuple):
        for elements in _swapped(node.elts):
            new = changed(node, elts=elements)
            hint = "Two values are in each other's place."
            yield Edit(node, new, f"{code(new)} instead of {code(node)}", hint)


@operator(("z = np.dot(W, A)", "z = np.dot(A, W)"), ("z = randn(n, k)", "z = randn(k, n)"))
def arguments_swapped(tree: ast.Module) -> Iterator[Edit]:
    """Swap two neighbouring arguments."""
    for node in nodes(tree, ast.Call):
        if function_name(node) != "range":
            for arguments in _swapped(node.args):
                new = changed(node, args=arguments)
                yield Edit(node, new, f"{code(new)} instead of {code(node)}")


@operator(("z = a - b", "z = b - a"), ("z = W @ A", "z = A @ W"))
def operands_swapped(tree: ast.Module) -> Iterator[Edit]:
    """Swap the operands of an operator that does not commute."""
    for node in nodes(tree, ast.BinOp):
        if isinstance(node.op, ONE_WAY):
            new = changed(node, left=node.right, right=node.left)
            yield Edit(node, new, f"{code(new)} instead of {code(node)}")


@operator(("a = 1\nb = 2", "pass\nb = 2"), ("x.append(a)", "pass"))
def statement_dropped(tree: ast.Module) -> Iterator[Edit]:
    """Drop a statement."""
    for node in nodes(tree, ast.Assign, ast.AugAssign, ast.Expr, ast.Return):
        yield Edit(node, ast.Pass(), f"{code(node)} is missing")


OPERATORS = (entries_swapped, arguments_swapped, operands_swapped, statement_dropped)


def _swapped(items: list[Item]) -> Iterator[list[Item]]:
    """Yield every list with two neighbours swapped."""
    for i, j in pairwise(range(len(items))):
        yield [*items[:i], items[j], items[i], *items[j + 1 :]]
