"""Find which function changes an argument in place, by static analysis."""

from __future__ import annotations

import ast
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

MUTATING = frozenset({
    "append", "clear", "extend", "fill", "insert", "itemset", "partition", "pop", "popitem", "put", "remove",
    "resize", "reverse", "setdefault", "sort", "update",
})  # fmt: skip
"""Methods that change their object."""

FILLING = frozenset({"copyto", "fill_diagonal", "place", "put_along_axis", "putmask"})
"""NumPy functions that change their first argument."""

VIEWING = frozenset({
    "diagonal", "get", "items", "ravel", "reshape", "squeeze", "swapaxes", "transpose", "values", "view",
})  # fmt: skip
"""Methods whose result may share memory with their object."""

DRAWING = frozenset({"random", "seed", "shuffle"})
"""Names that lead to global random generators."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Kept = ast.Global | ast.Nonlocal | ast.Yield | ast.YieldFrom | ast.Await | ast.Lambda | ast.ClassDef
"""Nodes by which a function may keep something from one call to the next."""


def changer(sources: Iterable[str], function: str, position: int) -> str:
    """Return the function that changes an argument of a call in place.

    Args:
        sources: statements; the last definition of a name counts.
        function: the function that is called.
        position: the position of the argument that is changed.

    Returns:
        its name; empty if the source does not show it.
    """
    defined: dict[str, Function] = {}
    for source in sources:
        for name, one in _defined(source):
            if isinstance(one, str):
                defined |= {name: defined[one]} if one in defined else {}
            else:
                defined[name] = one
    names = _parameters(defined[function]) if function in defined else []
    found = _changer(defined, function, names[position]) if names[position:] else ""
    return function if found and defined[found] is defined[function] else found


@functools.lru_cache(maxsize=256)
def _defined(source: str) -> tuple[tuple[str, Function | str], ...]:
    """Return the functions that a statement defines, by name, and the aliases that it gives to some."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    found: list[tuple[str, Function | str]] = []
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.append((name, node))
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)):
                found.append((name, other))
    return tuple(found)


@functools.lru_cache(maxsize=1024)
def may_spoil(source: str) -> bool:
    """Return whether calls of a statement's functions may change an argument or keep state for later calls.

    It is False only where the source shows that they do neither.
    """
    try:
        return not all(map(_has_no_side_effects, ast.parse(source).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True


def _has_no_side_effects(node: ast.stmt) -> bool:
    """Return whether a statement defines a function without side effects, or an immutable value."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name()], value=ast.Constant() | ast.Name()):
            return True
        case ast.FunctionDef(decorator_list=[]):
            return _keeps_to_itself(node)
        case _:
            return False


def _keeps_to_itself(function: ast.FunctionDef) -> bool:
    given = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    own: set[str] = set()
    filled: list[ast.expr] = []
    for node in ast.walk(function):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                own.add(name)
            case ast.Attribute(attr=name) | ast.Name(id=name) if name in DRAWING:
                return False
            case ast.FunctionDef() if node is not function:
                return False
            case ast.Call(func=ast.Attribute(), args=[_, _, *others]):  # may be NumPy's `out`
                filled += others
            case _ if isinstance(node, Kept):
                return False
    defaults = (*function.args.defaults, *function.args.kw_defaults)
    if not all(default is None or isinstance(default, ast.Constant) for default in defaults):
        return False
    roots = {_root(one) for one in _changed(function)}
    if not roots and not filled:
        return True
    theirs = {name for parameter in given for name in _shared(function, parameter)}
    return roots <= own - theirs and theirs.isdisjoint(map(_root, filled))


def _changer(defined: Mapping[str, Function], function: str, parameter: str) -> str:
    """Return the first function that changes its argument in place, following a parameter passed on."""
    seen: set[tuple[str, str]] = set()
    waiting = [(function, parameter)]
    while waiting:  # no recursion: call chains may be as long as a text allows
        function, parameter = one = waiting.pop()
        if one in seen or function not in defined:
            continue
        seen.add(one)
        found = defined[function]
        shared = _shared(found, parameter)
        if any(_root(target) in shared for target in _changed(found)):
            return function
        waiting += reversed(list(_handed_on(found, shared, defined)))
    return ""


def _parameters(function: Function) -> list[str]:
    """Return the names of a function's parameters, in order of position."""
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args)]


def _shared(function: Function, parameter: str) -> set[str]:
    """Return the names in a function that may refer to its argument, or to a part of it."""
    becomes: defaultdict[str, set[str]] = defaultdict(set)
    for node in ast.walk(function):
        for target, value in _set(node):
            becomes[_root(value)].update(
                one.id
                for one in ast.walk(target)
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            )
    shared, waiting = {parameter}, [parameter]
    while waiting:
        found = becomes[waiting.pop()] - shared
        shared |= found
        waiting += found
    return shared


def _set(node: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    """Return the targets that a statement or expression assigns, each with its value."""
    match node:
        case ast.Assign(targets=[target], value=value) | ast.For(target=target, iter=value):
            return _paired(target, value)
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.NamedExpr(target=target, value=value)
        ):
            return [(target, value)]
    return []


def _paired(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """Return the pairs of an assignment: `a, b = c, d` assigns c to a."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _root(node: ast.expr) -> str:
    """Return the name of which an expression is a part or a view; empty for a new value."""
    while True:
        match node:
            case ast.Name(id=name):
                return name
            case ast.Subscript(value=inner) | ast.Attribute(value=inner) | ast.Starred(value=inner):
                node = inner
            case ast.Call(func=ast.Attribute(value=inner, attr=method)) if method in VIEWING:
                node = inner
            case _:
                return ""


def _changed(function: Function) -> Iterator[ast.expr]:
    """Yield the expressions that a function changes in place."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets) | ast.Delete(targets=targets):
                inside = (one for target in targets for one in ast.walk(target))
                yield from (one for one in inside if isinstance(one, ast.Subscript | ast.Attribute))
            case ast.AugAssign(target=target):
                yield target
            case ast.Call(func=ast.Attribute(value=inner, attr=method)) if method in MUTATING:
                yield inner
            case ast.Call(func=ast.Attribute(attr=filler), args=[first, *_]) if filler in FILLING:
                yield first
        if isinstance(node, ast.Call):
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "out")


def _handed_on(
    function: Function, shared: Collection[str], defined: Mapping[str, Function]
) -> Iterator[tuple[str, str]]:
    """Yield the functions that get a shared value, each with the parameter that receives it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in defined:
            callee = node.func.id
            own = _parameters(defined[callee])
            given = [*zip(own, node.args, strict=False), *((k.arg or "", k.value) for k in node.keywords)]
            yield from ((callee, name) for name, value in given if _root(value) in shared)
