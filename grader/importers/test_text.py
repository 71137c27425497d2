"""Say what the text of a test looks at: values, properties of them, the source, a plot."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

LOOKS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"\bgetsource(?:lines)?\b|\b__code__\b|\bast\.parse\b|\bgetfullargspec\b|inspect\.signature|\b__doc__\b"
        ),
        "it looks at the source of the function",
        'Write @exercise(forbid=["for"]) for what may not be in it.',
    ),
    (
        re.compile(
            r"\b(?:plt\.gca|plt\.gcf|plotchecker|get_axes|get_lines|matplotcheck|PlotTester)\b|\baxs?\.get_\w+"
        ),
        "it looks at a plot",
        "Write a driver that returns student.figure().",
    ),
    (
        re.compile(r"\bmock\b|\bmonkeypatch\b|\bpatch\(|builtins\.input|\bsys\.stdin[ \t]*="),
        "it replaces what the function uses",
        "Write a driver; student.feed(...) and student.printed() are input and output.",
    ),
)

EQUALITIES = re.compile(
    r"^(?:allclose|isclose|array_equal|array_equiv|assert_equal|assert_allclose|assert_array_\w+|assert_almost_equal"
    r"|approx|equals|assert_frame_equal|assert_series_equal|assertEqual|assertAlmostEqual|assert_raises|assertRaises|raises|test_\w+|check_\w+)$"
)
ABOUT = {"shape", "size", "ndim", "dtype", "columns", "index", "__class__", "__name__"}
ABOUT_CALLS = {
    "len",
    "type",
    "isinstance",
    "issubclass",
    "hasattr",
    "callable",
    "dir",
    "locals",
    "globals",
    "set",
}


def looked_at(text: str) -> tuple[str, str] | None:
    """Return what a test looks at that cannot be recorded, and what to write instead."""
    return next(((reason, advice) for pattern, reason, advice in LOOKS if pattern.search(text)), None)


def is_about_properties(text: str) -> bool:
    """Return whether no assertion of a test compares a value: they are about shapes, types, ranges."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return False
    deletes = any(isinstance(node, ast.Delete) for node in ast.walk(tree))
    return not any(_compares(node) or (deletes and _catches(node)) for node in ast.walk(tree))


def _catches(node: ast.AST) -> bool:
    """Return whether a test goes on after an error that it expects: of a name that it has deleted."""
    return isinstance(node, ast.ExceptHandler) and node.type is not None and _called(node.type) == "NameError"


def _compares(node: ast.AST) -> bool:
    if isinstance(node, ast.ExceptHandler):
        return node.type is not None and _called(node.type) not in {"AssertionError", "NameError"}
    if isinstance(node, ast.Call):
        return bool(EQUALITIES.match(_called(node.func)))
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    if any(isinstance(one, ast.Eq | ast.NotEq | ast.Is | ast.In) for one in node.ops):
        return not any(_is_about(side) for side in sides) and not _is_none(sides) and not _is_name_in(node)
    return any(_is_distance(side) for side in sides)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_about(side: ast.expr) -> bool:
    """Return whether an expression is a property of something."""
    for node in _outer(side):
        if isinstance(node, ast.Attribute) and node.attr in ABOUT:
            return True
        if isinstance(node, ast.Call) and _called(node.func) in ABOUT_CALLS:
            return True
    return False


def _outer(side: ast.expr) -> Iterator[ast.expr]:
    yield side
    while isinstance(side, ast.Subscript):
        side = side.value
        yield side


def _is_none(sides: list[ast.expr]) -> bool:
    return any(isinstance(side, ast.Constant) and side.value is None for side in sides)


def _is_name_in(node: ast.Compare) -> bool:
    """Return whether it asks if a name is defined."""
    text = isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)
    return text and any(_is_about(side) for side in node.comparators)


def _is_distance(side: ast.expr) -> bool:
    """Return whether an expression is how far two values are apart: abs(x - y), or a norm of it."""
    return any(
        isinstance(node, ast.Call)
        and _called(node.func) in {"abs", "absolute", "fabs", "norm", "max", "amax"}
        and any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.Sub) for one in ast.walk(node))
        for node in ast.walk(side)
    )


def is_empty(text: str) -> bool:
    """Return whether a test has nothing but comments."""
    return all(line.lstrip()[:1] in ("", "#") for line in text.split("\n"))
