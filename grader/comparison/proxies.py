"""Objects that pass on whatever is done with them: calls, attributes, entries and operators.

A test that is handed a `Proxy` in place of a student's function or object works as written, and each thing
that it does is one step of a deck, which performs it, or looks up what it gave elsewhere.
"""

from __future__ import annotations

import ast
import builtins
import operator
from collections.abc import Callable, Sequence
from typing import Any, Protocol

CALL, METHOD, GET, SET, READ, APPLY = "call", "method", "get", "set", "read", "apply"
"""What a step does: calls its target, calls a method of it, reads or sets an attribute, reads a name, or
applies a function of the table below."""

OPERATORS = (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor"),
    *("lt", "le", "eq", "ne", "gt", "ge", "neg", "pos", "invert"),
    *("getitem", "setitem", "delitem", "contains"),
)
BUILTINS = (
    *("len", "iter", "next", "reversed", "str", "repr", "bool", "float", "int", "complex"),
    *("hash", "abs", "round", "dir"),
)
CHECKS: dict[str, Callable[..., Any]] = {
    "instancecheck": lambda kind, one: isinstance(one, kind),
    "subclasscheck": lambda kind, one: issubclass(one, kind),
    "typecheck": lambda kind, one: type(one) is kind,
}
"""What Python asks a class for: `isinstance(one, kind)` inside of a class that a proxy stands for, too; and
what a test asks by `type(one) is kind`."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **CHECKS,
    **{name: getattr(operator, name) for name in OPERATORS},
    **{name: getattr(builtins, name) for name in BUILTINS},
}
"""What can be applied to a target, by name."""

REFLECTED = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"]


class Deck(Protocol):
    """Performs the steps of a test."""

    def take(self, kind: str, on: str | int, args: Sequence[Any], keys: dict[str, Any]) -> Any:
        """Perform a step.

        Args:
            kind: what it does.
            on: its target: a name, or the number of an earlier step.
            args: what it is done with.
            keys: the keyword arguments of a call.

        Returns:
            its result: plain data, or a proxy.
        """

    def is_method(self, on: str | int, name: str) -> bool:
        """Return whether an attribute of a target is a method.

        Args:
            on: the target.
            name: the attribute.

        Returns:
            True if it is called.
        """


class Proxy:
    """Stands for a function, class or object: the one of a name, or the result of the step of that number."""

    def __init__(self, deck: Deck, on: str | int, kind: type | None = None) -> None:
        object.__setattr__(self, "_deck", deck)
        object.__setattr__(self, "_on", on)
        object.__setattr__(self, "_kind", kind)

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # isinstance() asks for it
        return self._kind or Proxy

    def __call__(self, *args: Any, **keys: Any) -> Any:
        """Call the target."""
        return self._deck.take(CALL, self._on, args, keys)

    def __getattr__(self, name: str) -> Any:
        if not self._deck.is_method(self._on, name):
            return self._deck.take(GET, self._on, [name], {})
        return lambda *args, **keys: self._deck.take(METHOD, self._on, [name, *args], keys)

    def __setattr__(self, name: str, value: Any) -> None:
        self._deck.take(SET, self._on, [name, value], {})

    def __mro_entries__(self, _bases: Any) -> tuple[type, ...]:
        raise TypeError("a test cannot derive a class from a student's")

    def __index__(self) -> int:
        return int(self._deck.take(APPLY, self._on, ["int"], {}))


def _applied(name: str) -> Callable[..., Any]:
    def method(self: Any, *args: Any) -> Any:
        return self._deck.take(APPLY, self._on, [name, *args], {})

    return method


def _reflected(name: str) -> Callable[..., Any]:
    def method(self: Any, other: Any) -> Any:
        return self._deck.take(APPLY, self._on, [f"r{name}", other], {})

    return method


for _name in (*OPERATORS, *BUILTINS, *CHECKS):
    setattr(Proxy, f"__{_name.strip('_')}__", _applied(_name))
for _name in REFLECTED:
    setattr(Proxy, f"__r{_name}__", _reflected(_name))
    _operator = FUNCTIONS.get(_name) or FUNCTIONS[f"{_name}_"]
    FUNCTIONS[f"r{_name}"] = lambda mine, other, _operator=_operator: _operator(other, mine)


def perform(kind: str, target: Any, args: Sequence[Any], keys: dict[str, Any]) -> Any:
    """Do to a target what a step says.

    Args:
        kind: what the step does.
        target: the object.
        args: what it is done with.
        keys: the keyword arguments of a call.

    Returns:
        the result.
    """
    if kind == CALL:
        return target(*args, **keys)
    if kind == METHOD:
        return getattr(target, args[0])(*args[1:], **keys)
    if kind == GET:
        return getattr(target, args[0])
    if kind == SET:
        return setattr(target, args[0], args[1])
    if kind == READ:
        return target
    return FUNCTIONS[args[0]](target, *args[1:])


# ---------------------------------------------------------------- what a test asks by type()

IS_OF = "__is_of__"
"""The name of `is_of` in a test; see `asking_proxies`."""

SAME = (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)


def is_of(one: Any, kind: Any) -> bool:
    """Return whether `type(one) is kind`, of what proxies stand for.

    Args:
        one: an object, or a proxy of one.
        kind: a class, or a proxy of one.

    Returns:
        True if it is.
    """
    return bool(kind.__typecheck__(one)) if issubclass(type(kind), Proxy) else one.__class__ is kind


class _Asking(ast.NodeTransformer):
    """Lets a proxy answer where a test asks for a type: `type(one)` itself is that of the proxy."""

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Replace `type(one) is kind` and `kind == type(one)` by a call of `is_of`, or its negation."""
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        asked = [side for side in sides if isinstance(side, ast.Attribute) and side.attr == "__class__"]
        if len(asked) != 1 or len(sides) != 2 or not isinstance(node.ops[0], SAME):
            return node
        kind = sides[1] if asked[0] is sides[0] else sides[0]
        call = ast.Call(ast.Name(IS_OF, ast.Load()), [asked[0].value, kind], [])
        negated = isinstance(node.ops[0], ast.IsNot | ast.NotEq)
        return ast.copy_location(ast.UnaryOp(ast.Not(), call) if negated else call, node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Replace `type(one)` by `one.__class__`, which a proxy has."""
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="type"), args=[one], keywords=[]):
                return ast.copy_location(ast.Attribute(one, "__class__", ast.Load()), node)
        return node


def asking_proxies(tree: ast.Module) -> ast.Module:
    """Return a test that asks for types in a way that proxies can answer.

    Args:
        tree: the test, which is changed; it has to find `is_of` by the name `IS_OF`.

    Returns:
        the same tree.
    """
    _Asking().visit(tree)
    return ast.fix_missing_locations(tree)
