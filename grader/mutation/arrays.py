"""Mutation operators for arrays: axes, transposes, copies, and similar NumPy functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.mutation.operator import Edit, changed, code, function_name, nodes, operator, renamed

REDUCTIONS = {"sum", "mean", "max", "min", "prod"}

MISTAKEN: dict[str, tuple[tuple[str, str], ...]] = {
    "zeros": (("ones", "These should start at zero."),),
    "ones": (("zeros", "These should start at one."),),
    "randn": (("rand", "`rand` is uniform between 0 and 1; `randn` is normal."),),
    "sum": (("mean", ""),),
    "mean": (("sum", ""),),
    "log": (("log2", "The logarithm is to base 2."), ("log10", "The logarithm is to base 10.")),
    "dot": (("multiply", "`np.multiply` works element by element; `np.dot` multiplies matrices."),),
    "multiply": (("dot", "`np.dot` multiplies matrices; `np.multiply` works element by element."),),
    "maximum": (("minimum", ""),),
    "minimum": (("maximum", ""),),
}


@operator(("z = np.sum(x, axis=1)", "z = np.sum(x, axis=0)"), ("z = np.sum(x, axis=1)", "z = np.sum(x)"))
def axis_changed(tree: ast.Module) -> Iterator[Edit]:
    """Reduce along the other axis, or along all axes."""
    for call, option in _options(tree, "axis"):
        match option.value:
            case ast.Constant(value=0 | 1 as axis):
                other = changed(option, value=ast.Constant(1 - axis))
                hint = f"The axis is {1 - axis}; it should be {axis}."
                new = changed(call, keywords=[other if k is option else k for k in call.keywords])
                yield Edit(call, new, f"axis={1 - axis} instead of axis={axis}", hint)
        yield Edit(call, _without(call, option), f"{code(option)} is missing", f"{code(option)} is missing.")


@operator(
    ("z = np.sum(x, keepdims=True)", "z = np.sum(x, keepdims=False)"),
    ("z = np.sum(x, keepdims=True)", "z = np.sum(x)"),
)
def keepdims_changed(tree: ast.Module) -> Iterator[Edit]:
    """Flip or drop `keepdims`."""
    for call, option in _options(tree, "keepdims"):
        match option.value:
            case ast.Constant(value=bool(keeps)):
                flipped = changed(option, value=ast.Constant(not keeps))
                new = changed(call, keywords=[flipped if k is option else k for k in call.keywords])
                yield Edit(call, new, f"keepdims={not keeps} instead of keepdims={keeps}")
        yield Edit(call, _without(call, option), f"{code(option)} is missing", f"{code(option)} is missing.")


@operator(("z = W.T @ dZ", "z = W @ dZ"), ("z = np.transpose(x)", "z = x"))
def transpose_dropped(tree: ast.Module) -> Iterator[Edit]:
    """Drop a transpose."""
    for node in nodes(tree, ast.Attribute, ast.Call):
        match node:
            case (
                ast.Attribute(attr="T", value=array)
                | ast.Call(func=ast.Attribute(attr="transpose"), args=[array])
            ):
                missing = f"{code(array)} is not transposed"
                yield Edit(node, array, missing, f"{missing}, and should be.")


@operator(("z = W @ A", "z = W.T @ A"), ("z = np.dot(W, A)", "z = np.dot(W, A.T)"))
def transpose_added(tree: ast.Module) -> Iterator[Edit]:
    """Transpose a factor of a matrix product."""
    for factor in _factors(tree):
        said = f"{code(factor)} is transposed"
        yield Edit(factor, ast.Attribute(factor, "T"), said, f"{said}, and should not be.")


@operator(("z = np.zeros((3, 1))", "z = np.ones((3, 1))"), ("z = np.log(x)", "z = np.log2(x)"))
def function_mistaken(tree: ast.Module) -> Iterator[Edit]:
    """Call a NumPy function that is similar to the right one."""
    for call in nodes(tree, ast.Call):
        if isinstance(call.func, ast.Attribute):
            for other, hint in MISTAKEN.get(call.func.attr, ()):
                yield Edit(call, renamed(call, other), f"{other} instead of {call.func.attr}", hint)


@operator(("z = copy.deepcopy(x)", "z = x"), ("z = x.copy()", "z = x"), ("z = np.copy(x)", "z = x"))
def copy_dropped(tree: ast.Module) -> Iterator[Edit]:
    """Use the caller's own value instead of a copy."""
    for call in nodes(tree, ast.Call):
        match call:
            case ast.Call(args=[original]) if function_name(call) in {"copy", "deepcopy"}:
                pass
            case ast.Call(func=ast.Attribute(attr="copy", value=original), args=[]):
                pass
            case _:
                continue
        hint = f"The function changes the caller's {code(original)}; work on a copy."
        yield Edit(call, original, f"{code(original)} is not copied", hint)


OPERATORS = (
    axis_changed,
    keepdims_changed,
    transpose_dropped,
    transpose_added,
    function_mistaken,
    copy_dropped,
)


def _options(tree: ast.Module, name: str) -> Iterator[tuple[ast.Call, ast.keyword]]:
    """Yield the reductions that have an option, with the option."""
    for call in nodes(tree, ast.Call):
        if function_name(call) in REDUCTIONS:
            yield from ((call, keyword) for keyword in call.keywords if keyword.arg == name)


def _without(call: ast.Call, option: ast.keyword) -> ast.Call:
    return changed(call, keywords=[keyword for keyword in call.keywords if keyword is not option])


def _factors(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the names that are factors of a matrix product."""
    for node in nodes(tree, ast.BinOp, ast.Call):
        match node:
            case ast.BinOp(op=ast.MatMult(), left=left, right=right):
                factors = [left, right]
            case ast.Call(args=[left, right]) if function_name(node) in {"dot", "matmul"}:
                factors = [left, right]
            case _:
                continue
        yield from (factor for factor in factors if isinstance(factor, ast.Name))
