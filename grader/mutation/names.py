"""Mutation operators for names: variables, activations and keys that are confused with one another."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from grader.mutation.operator import Edit, code, function_name, nodes, operator, renamed

OTHER_ACTIVATION = {"relu": "sigmoid", "sigmoid": "relu", "tanh": "relu"}


@operator(
    ("def f(a, b):\n    return a * a", "def f(a, b):\n    return a * b"),
    ("x, y = f()\nz = x", "x, y = f()\nz = y"),
)
def name_mistaken(tree: ast.Module) -> Iterator[Edit]:
    """Use another parameter or variable of the same kind."""
    kinds = list(_kinds(tree))
    for name in nodes(tree, ast.Name):
        others = {other: None for kind in kinds if name.id in kind for other in kind if other != name.id}
        if isinstance(name.ctx, ast.Load):
            for other in others:
                yield Edit(name, ast.Name(other, name.ctx), f"`{other}` instead of {code(name)}")


@operator(('z = f(x, "relu")', 'z = f(x, "sigmoid")'), ('z = a == "tanh"', 'z = a == "relu"'))
def activation_text_changed(tree: ast.Module) -> Iterator[Edit]:
    """Use the name of another activation."""
    for text, value in _texts(nodes(tree, ast.Constant)):
        if other := OTHER_ACTIVATION.get(value):
            hint = f"The activation is {other} in a place where it should be {value}."
            yield Edit(text, ast.Constant(other), f'"{other}" instead of "{value}"', hint)


@operator(("A, Z = relu(Z)", "A, Z = sigmoid(Z)"), ("z = relu_backward(d, Z)", "z = sigmoid_backward(d, Z)"))
def activation_mistaken(tree: ast.Module) -> Iterator[Edit]:
    """Call the function of another activation."""
    for call in nodes(tree, ast.Call):
        name = function_name(call)
        activation, _, suffix = name.partition("_")
        if activation in OTHER_ACTIVATION:
            other = "_".join(filter(None, (OTHER_ACTIVATION[activation], suffix)))
            hint = f"`{other}` is called in a place where it should be `{name}`."
            yield Edit(call, renamed(call, other), f"{other} instead of {name}", hint)


@operator(
    ('z = d["W1"]', 'z = d["b1"]'),
    ('z = {"W1": x}', 'z = {"w1": x}'),
    ('z = d[f"dW{i}"]', 'z = d[f"db{i}"]'),
    ('z = d["dW" + str(i)]', 'z = d["W" + str(i)]'),
)
def key_changed(tree: ast.Module) -> Iterator[Edit]:
    """Use a key with another letter."""
    for text, key in _texts(_keys(tree)):
        for other in _misspelled(key):
            yield Edit(text, ast.Constant(other), f'the key "{other}" instead of "{key}"')


OPERATORS = (name_mistaken, activation_text_changed, activation_mistaken, key_changed)


# ---------------------------------------------------------------- kinds


def _kinds(tree: ast.Module) -> Iterator[list[str]]:
    """Yield groups of names for values of the same kind."""
    texts, containers = set(_compared_with_text(tree)), set(_containers(tree))
    for function in nodes(tree, ast.FunctionDef):
        parameters = [argument.arg for argument in function.args.args]
        values = [name for name in dict.fromkeys((*parameters, *_aliases(function))) if name not in texts]
        yield [name for name in values if name in containers]
        yield [name for name in values if name not in containers]
    yield from (_names_of(target) for target in nodes(tree, ast.Tuple) if isinstance(target.ctx, ast.Store))
    yield list(_counters(tree))


def _containers(tree: ast.Module) -> Iterator[str]:
    """Yield the names of values that are indexed, measured by `len` or unpacked."""
    for node in nodes(tree, ast.Subscript, ast.Call, ast.Assign):
        match node:
            case ast.Subscript(value=ast.Name(id=name)):
                yield name
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
                yield name
            case ast.Assign(targets=[ast.Tuple()], value=ast.Name(id=name)):
                yield name


def _compared_with_text(tree: ast.Module) -> Iterator[str]:
    for node in nodes(tree, ast.Compare):
        match node:
            case ast.Compare(left=ast.Name(id=name), comparators=[ast.Constant(value=str())]):
                yield name


def _names_of(target: ast.Tuple) -> list[str]:
    return [e.id for e in target.elts if isinstance(e, ast.Name) and e.id != "_"]


def _aliases(function: ast.FunctionDef) -> Iterator[str]:
    """Yield the variables that are assigned a name or a copy."""
    for node in nodes(function, ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name()):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                if function_name(call) in {"copy", "deepcopy"}:
                    yield name


def _counters(tree: ast.Module) -> Iterator[str]:
    """Yield the variables that count: loop variables of ranges, and sizes."""
    for node in nodes(tree, ast.For, ast.Assign):
        match node:
            case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range"))):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_number(value):
                yield name


def _is_number(value: ast.expr) -> bool:
    match value:
        case ast.BinOp(op=ast.FloorDiv()) | ast.Call(func=ast.Name(id="len")):
            return True
        case ast.Subscript(value=ast.Attribute(attr="shape")):
            return True
    return False


# ---------------------------------------------------------------- texts


def _texts(constants: Iterable[ast.expr]) -> Iterator[tuple[ast.Constant, str]]:
    """Yield the string constants, each with its text."""
    for constant in constants:
        match constant:
            case ast.Constant(value=str(text)):
                yield constant, text


def _keys(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the expressions that are keys, or the beginnings of composed keys."""
    for node in nodes(tree, ast.Subscript, ast.Dict):
        match node:
            case ast.Subscript(slice=index):
                yield _first(index)
            case ast.Dict(keys=indices):
                yield from (_first(index) for index in indices if index is not None)


def _first(index: ast.expr) -> ast.expr:
    match index:
        case ast.BinOp(left=first) | ast.JoinedStr(values=[first, *_]):
            return first
    return index


def _misspelled(key: str) -> Iterator[str]:
    """Yield similar keys: weight for bias, value for gradient, and other capitalization."""
    gradient, letter, rest = ("d", key[1:2], key[2:]) if key[:1] == "d" else ("", key[:1], key[1:])
    yield gradient + letter.swapcase() + rest
    yield gradient + {"W": "b", "b": "W", "A": "W"}.get(letter, letter) + rest
    if gradient:
        yield letter + rest
