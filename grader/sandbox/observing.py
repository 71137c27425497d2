"""Observe one call in a worker process: calls of other functions, random draws, operands where it raised.

It runs in the process of the submission, which may have changed anything: what it returns is an unproven
claim like any answer. It is only used for public calls.
"""

from __future__ import annotations

import ast
import copy
import functools
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

MOST_CALLS = 40
MOST_NUMBERS = 20_000
"""The numbers in all arguments and results that are kept of one call."""

LONGEST = 60
"""Characters of an expression or text."""

FEW = 12
"""Keys or entries that are described."""

DEEP = 3
"""Levels of tuples and lists that are described."""

DRAWING = (
    "seed",
    "rand",
    "randn",
    "random",
    "uniform",
    "normal",
    "randint",
    "standard_normal",
    "random_sample",
)
SAFE_CALLS = ("str", "len", "int", "type")
SAFE_ATTRIBUTES = ("T", "shape", "size", "ndim", "dtype")

Texts = Mapping[str, Sequence[tuple[int, str]]]
"""File -> (first line, text) of each statement."""


def observe(
    called: Callable[..., Any], function: Any, statements: Sequence[tuple[int, int, str]], *args: Any
) -> Any:
    """Call a function, or its driver, and return what was observed.

    Args:
        called: what is called: the function, or what drives it.
        function: the function whose calls are observed.
        statements: the (cell, line, source) of each statement of the program.
        *args: the arguments of the call.

    Returns:
        `calls` of other functions, `draws` of random numbers, and, if it raised, `frames`: the expressions
        that raised, outermost first.
    """
    if not isinstance(function, types.FunctionType):
        return {}
    texts: dict[str, list[tuple[int, str]]] = {}
    for cell, line, source in statements:
        texts.setdefault(f"<cell {cell}>", []).append((line, source))
    recorder = _Recorder(function, texts)
    frames: list[Any] = []
    with recorder:
        try:
            called(*args)
        except Exception as error:  # noqa: BLE001  # the submission's, whatever it is
            frames = _frames(error, texts)
    return {"calls": recorder.calls, "draws": recorder.draws, "frames": frames}


class _Recorder:
    """A context in which a function's calls of other functions, and its random draws, are recorded."""

    def __init__(self, function: types.FunctionType, texts: Texts) -> None:
        self.code = function.__code__
        self.space = function.__globals__
        self.texts = texts
        self.calls: list[Any] = []
        self.draws: list[Any] = []
        self.left = MOST_NUMBERS

    def __enter__(self) -> None:
        names = {name for code in _codes(self.code) for name in code.co_names}
        others = {name: self.space.get(name) for name in names}
        self.before = {
            name: value
            for name, value in others.items()
            if isinstance(value, types.FunctionType) and value.__code__ is not self.code
        }
        self.drawing = {name: getattr(np.random, name) for name in DRAWING}
        self.space.update({name: self._observed(name, value) for name, value in self.before.items()})
        for name, value in self.drawing.items():
            setattr(np.random, name, self._drawn(name, value))

    def __exit__(self, *_: object) -> None:
        self.space.update(self.before)
        for name, value in self.drawing.items():
            setattr(np.random, name, value)

    def _observed(self, name: str, function: types.FunctionType) -> Callable[..., Any]:
        code = function.__code__
        parameters = code.co_varnames[: code.co_argcount]
        defaults = dict(zip(reversed(parameters), reversed(function.__defaults__ or ()), strict=False))

        def observed(*args: Any, **keywords: Any) -> Any:
            caller = sys._getframe(1)
            given = {**defaults, **dict(zip(parameters, args, strict=False)), **keywords}
            mine = caller.f_code in _codes(self.code)
            if not mine or len(self.calls) >= MOST_CALLS or not self._fits(given):
                return function(*args, **keywords)
            texts = _arguments(_node(caller.f_code, caller.f_lasti, self.texts), parameters)
            ordered = [[key, texts.get(key, key), given[key]] for key in parameters if key in given]
            call = [name, copy.deepcopy(ordered), False, None]
            self.calls.append(call)
            result = function(*args, **keywords)
            if self._fits(result):
                call[-2:] = [True, copy.deepcopy(result)]
            return result

        return observed

    def _drawn(self, name: str, draw: Callable[..., Any]) -> Callable[..., Any]:
        def drawn(*args: Any, **keywords: Any) -> Any:
            mine = sys._getframe(1).f_code.co_filename.startswith("<cell ")
            if mine and len(self.draws) < MOST_CALLS:
                self.draws.append([name, [sketch(arg) for arg in args]])
            return draw(*args, **keywords)

        return drawn

    def _fits(self, value: Any) -> bool:
        self.left -= _extent(value)
        return self.left >= 0


def _extent(value: Any, depth: int = 8) -> int:
    """Return about how many numbers a value has; very many if it is deep."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, Mapping | list | tuple):
        inner = value.values() if isinstance(value, Mapping) else value
        return sum(_extent(one, depth - 1) for one in inner) if depth else MOST_NUMBERS + 1
    return len(value) if isinstance(value, str) else 1


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield a code and those inside it, as of comprehensions."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _codes(inner)


# ---------------------------------------------------------------- values


def sketch(value: Any, depth: int = DEEP) -> Any:
    """Return the kind of a value as plain data.

    Args:
        value: the value.
        depth: the levels of tuples and lists that are described.

    Returns:
        a list: its type, and its shape, keys, entries or small value.
    """
    kind = type(value).__name__[:LONGEST]
    if isinstance(value, np.ndarray):
        return ["array", [*value.shape], value.dtype.kind]
    if isinstance(value, Mapping):
        return ["dict", len(value), [key if isinstance(key, str | int) else "?" for key in [*value][:FEW]]]
    if isinstance(value, list | tuple):
        inner = [sketch(one, depth - 1) for one in value[:FEW]] if depth else []
        return [kind, len(value), inner]
    if isinstance(value, str):
        return ["text", value[:LONGEST]]
    if isinstance(value, bool | int | float | np.number | np.bool_):
        return ["number", value.item() if isinstance(value, np.generic) else value]
    return ["None"] if value is None else ["other", kind]


# ---------------------------------------------------------------- places


def _frames(error: BaseException, texts: Texts) -> list[Any]:
    """Return the expressions of the submission that raised: [file, line, function, kind, text, operands]."""
    found = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        node = _node(code, traceback.tb_lasti, texts)
        if node is not None:
            space = (traceback.tb_frame.f_globals, traceback.tb_frame.f_locals)
            parts = [[ast.unparse(one)[:LONGEST], seen] for one, seen in _operands(node, space)]
            text = ast.unparse(node)[: 2 * LONGEST]
            kind = type(getattr(node, "op", node)).__name__
            found.append([code.co_filename, traceback.tb_lineno, code.co_name, kind, text, parts])
        traceback = traceback.tb_next
    return found[:1] + found[1:][-1:]


def _position(code: types.CodeType, instruction: int) -> tuple[int, int, int, int]:
    """Return (line, last line, column, last column) of an instruction."""
    every = [*code.co_positions()]
    line, last, column, end = every[instruction // 2]
    return line or 0, last or 0, column or 0, end or 0


def _node(code: types.CodeType, instruction: int, texts: Texts) -> Any:
    """Return the smallest expression or statement that an instruction belongs to; None if it is elsewhere."""
    line, last, column, end = _position(code, instruction)
    for first, source in texts.get(code.co_filename, ()):
        if not first <= line <= first + source.count("\n"):
            continue
        around = [
            node
            for node in _nodes(first, source)
            if (node.lineno, node.col_offset) <= (line, column)
            and (node.end_lineno or 0, node.end_col_offset or 0) >= (last, end)
        ]
        inner = [node for node in around if not isinstance(getattr(node, "ctx", None), ast.Store)]
        asserts = [node for node in inner if isinstance(node, ast.Assert)]
        return (asserts or inner or [None])[-1]
    return None


@functools.lru_cache(maxsize=64)  # one function calls many others
def _nodes(first: int, source: str) -> tuple[ast.expr | ast.stmt, ...]:
    """Return the expressions and statements of a text that begins on a line, outer ones first."""
    tree = ast.parse("\n" * (first - 1) + source)
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.expr | ast.stmt))


def _arguments(node: Any, parameters: Sequence[str]) -> dict[str, str]:
    """Return the texts of the arguments of a call, by the names of the parameters."""
    if not isinstance(node, ast.Call) or any(isinstance(arg, ast.Starred) for arg in node.args):
        return {}
    named = [(one.arg or "", one.value) for one in node.keywords]
    every = [*zip(parameters, node.args, strict=False), *named]
    return {name: ast.unparse(value)[:LONGEST] for name, value in every}


def _operands(node: ast.AST, space: tuple[dict[str, Any], Mapping[str, Any]]) -> Iterator[tuple[Any, Any]]:
    """Yield the readable parts of an expression, the largest ones, each with the sketch of its value."""
    for part in _parts(node):
        if _is_readable(part):
            if isinstance(part, ast.Constant):
                continue
            try:
                code = compile(ast.Expression(part), "<operand>", "eval")
                yield part, sketch(eval(code, dict(space[0]), dict(space[1])))  # noqa: S307  # names, indices
            except Exception:  # noqa: BLE001  # its parts may have values
                yield from _operands(part, space)
        else:
            yield from _operands(part, space)


def _parts(node: Any) -> list[Any]:
    """Return the expressions that a node consists of, without the name of a called function."""
    if isinstance(node, ast.Call):
        method = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return [*method, *node.args, *(keyword.value for keyword in node.keywords)]
    if isinstance(node, ast.Assign):
        return [node.value]
    if isinstance(node, ast.Assert):
        return [node.test]
    if isinstance(node, ast.For):
        return [node.iter]
    if isinstance(node, ast.Subscript):
        return [node.value, node.slice]
    if isinstance(node, ast.expr) or (isinstance(node, ast.stmt) and not hasattr(node, "body")):
        return [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
    return []


def _is_readable(node: Any) -> bool:
    """Return whether to read an expression again changes nothing: names, their entries, simple arithmetic."""
    if isinstance(node, ast.Name | ast.Constant):
        return True
    if isinstance(node, ast.Attribute):
        return node.attr in SAFE_ATTRIBUTES and _is_readable(node.value)
    if isinstance(node, ast.Subscript):
        return _is_readable(node.value) and _is_readable(node.slice)
    if isinstance(node, ast.Tuple | ast.List):
        return all(map(_is_readable, node.elts))
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and _is_readable(node.operand)
    if isinstance(node, ast.BinOp):
        simple = isinstance(node.op, ast.Add | ast.Sub | ast.FloorDiv)
        return simple and _is_index(node.left) and _is_index(node.right)
    if isinstance(node, ast.Call):
        safe = isinstance(node.func, ast.Name) and node.func.id in SAFE_CALLS and not node.keywords
        return safe and all(map(_is_readable, node.args))
    return False


def _is_index(node: Any) -> bool:
    """Return whether an expression may be part of an index or key: a number, a text, or a name."""
    return isinstance(node, ast.Constant | ast.Name | ast.BinOp | ast.Call) and _is_readable(node)
