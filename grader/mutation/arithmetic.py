"""Mutation operators for arithmetic: operators, constants, counts, signs and factors."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.mutation.operator import Edit, changed, code, function_name, nodes, operator

ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Pow: (ast.Mult,),
}
SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.MatMult: "@",
    ast.FloorDiv: "//",
    ast.Pow: "**",
}
COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
}


@operator(("z = a + b", "z = a - b"), ("z = W @ A", "z = W * A"), ("n = k // 2", "n = k / 2"))
def arithmetic_swapped(tree: ast.Module) -> Iterator[Edit]:
    """Replace an arithmetic operator."""
    for node in nodes(tree, ast.BinOp):
        for other in ARITHMETIC.get(type(node.op), ()):
            said = f"`{SIGNS[other]}` instead of `{SIGNS[type(node.op)]}` in {code(node)}"
            yield Edit(node, changed(node, op=other()), said)


@operator(("z = a > 0", "z = a >= 0"), ("z = a == b", "z = a != b"))
def comparison_swapped(tree: ast.Module) -> Iterator[Edit]:
    """Replace a comparison operator."""
    for node in nodes(tree, ast.Compare):
        for other in COMPARISON.get(type(node.ops[0]), ()):
            new = changed(node, ops=[other(), *node.ops[1:]])
            yield Edit(node, new, f"{code(new)} instead of {code(node)}")


@operator(
    ("z = x[i - 1]", "z = x[i - 2]"),
    ("z = x[i]", "z = x[i + 1]"),
    ("z = x[i:]", "z = x[i - 1:]"),
    ("for i in range(1, n): pass", "for i in range(1, n + 1): pass"),
    ('z = x[f"W{i}"]', 'z = x[f"W{i - 1}"]'),
)
def off_by_one(tree: ast.Module) -> Iterator[Edit]:
    """Increase or decrease an integer wherever something is counted."""
    for place in _counts(tree):
        for new in _neighbours(place):
            yield Edit(place, new, f"{code(new)} instead of {code(place)}: off by one")


@operator(("z = 0.01 * x", "z = 0.1 * x"), ("np.random.seed(3)", "np.random.seed(4)"))
def constant_changed(tree: ast.Module) -> Iterator[Edit]:
    """Multiply or divide a float by ten; change a seed."""
    for constant in nodes(tree, ast.Constant):
        if isinstance(constant.value, float):
            for value in (float(f"{constant.value * 10:.12g}"), float(f"{constant.value / 10:.12g}")):
                yield Edit(constant, ast.Constant(value), f"{value} instead of {constant.value}")
    for call in nodes(tree, ast.Call):
        match call:
            case ast.Call(args=[ast.Constant(value=int(seed)) as old]) if function_name(call) == "seed":
                hint = "Is the seed the one that the text asks for?"
                yield Edit(old, ast.Constant(seed + 1), f"the seed is {seed + 1} instead of {seed}", hint)


@operator(("z = x @ y / m", "z = x @ y"), ("z = (a + b) * c", "z = a + b"), ("z = a * b", "z = b"))
def factor_dropped(tree: ast.Module) -> Iterator[Edit]:
    """Drop a factor of a product, or the divisor of a quotient."""
    for node in nodes(tree, ast.BinOp):
        match node:
            case ast.BinOp(op=ast.Div(), left=left, right=right):
                missing = f"the division by {code(right)} is missing"
                yield Edit(node, left, missing, f"{missing[0].upper()}{missing[1:]}.")
            case ast.BinOp(op=ast.Mult() | ast.MatMult(), left=left, right=right):
                yield Edit(node, left, f"the factor {code(right)} is missing")
                yield Edit(node, right, f"the factor {code(left)} is missing")


@operator(("z = a + b", "z = a"), ("z = a - b", "z = a"), ("z = 1 - b", "z = b"))
def term_dropped(tree: ast.Module) -> Iterator[Edit]:
    """Drop a term of a sum."""
    for node in nodes(tree, ast.BinOp):
        if isinstance(node.op, ast.Add | ast.Sub):
            yield Edit(node, node.left, f"the term {code(node.right)} is missing")
            yield Edit(node, node.right, f"the term {code(node.left)} is missing")


@operator(("z = -x / m", "z = x / m"))
def minus_dropped(tree: ast.Module) -> Iterator[Edit]:
    """Drop a unary minus."""
    for node in nodes(tree, ast.UnaryOp):
        if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
            hint = "A minus is missing."
            yield Edit(node, node.operand, f"the minus of {code(node)} is missing", hint)


OPERATORS = (
    arithmetic_swapped,
    comparison_swapped,
    off_by_one,
    constant_changed,
    factor_dropped,
    term_dropped,
    minus_dropped,
)


def _counts(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the expressions that count: integers, loop bounds, indices, and numbers inside keys."""
    for node in nodes(tree, ast.expr):
        match node:
            case ast.Constant(value=bool()):
                continue
            case ast.Constant(value=int()):
                if not _is_option(node, tree):
                    yield node
            case ast.Subscript(slice=ast.Name() | ast.Call() as index):
                yield index
            case ast.Subscript(slice=ast.Slice(lower=lower, upper=upper)):
                yield from (bound for bound in (lower, upper) if isinstance(bound, ast.Name | ast.Call))
            case ast.Call(func=ast.Name(id="range"), args=bounds):
                yield from (bound for bound in bounds if isinstance(bound, ast.Name | ast.Call))
            case ast.FormattedValue(value=ast.Name() | ast.Call() as number):
                yield number


def _is_option(constant: ast.Constant, tree: ast.Module) -> bool:
    """Return whether a number is an option, such as a seed or an axis, rather than a count."""
    return any(
        constant in call.args if function_name(call) == "seed" else constant in _options(call)
        for call in nodes(tree, ast.Call)
    )


def _options(call: ast.Call) -> list[ast.expr]:
    return [keyword.value for keyword in call.keywords]


def _neighbours(place: ast.expr) -> Iterator[ast.expr]:
    match place:
        case ast.Constant(value=int(value)):
            yield from (ast.Constant(value + step) for step in (1, -1))
        case _:
            yield from (ast.BinOp(place, sign(), ast.Constant(1)) for sign in (ast.Add, ast.Sub))
