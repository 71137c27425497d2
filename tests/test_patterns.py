"""No regular expression of the package takes more than linear time, whatever text a student sends."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from witnesses import witnesses

import grader

PACKAGE = Path(grader.__file__).parent
SIZES = (20, 24, 28, 200, 2_000, 20_000)
"""Characters; small ones first, which show what is exponential or cubic before it takes for ever."""

PATIENCE = 0.25
"""Seconds: about a hundred times what a linear expression takes, a tenth of what a quadratic one does."""

LONG = 100_000
"""Characters on which a quadratic expression takes too long on the fastest machine."""

USES = ("match", "fullmatch", "search", "sub", "findall", "finditer", "split")
BOUNDED = {"grader.submissions": 255, "grader.notebooks.markers._TEXT_MARKER": 200}
"""Where what is longer is never asked, and how long a text may be there."""


class Pattern(NamedTuple):
    """One expression of the package: where it stands, and how it is used."""

    place: str
    text: str | bytes
    flags: int
    uses: frozenset[str]


def patterns() -> list[Pattern]:
    trees = {
        ".".join(("grader", *path.relative_to(PACKAGE).with_suffix("").parts)): ast.parse(path.read_bytes())
        for path in sorted(PACKAGE.rglob("*.py"))
        if "template" not in path.parts
    }
    used: dict[str, set[str]] = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in USES:
                    used.setdefault(name, set()).add(attr)
    return [pattern for module, tree in trees.items() for pattern in _of(module, tree, used)]


def _of(module: str, tree: ast.Module, used: dict[str, set[str]]) -> Iterator[Pattern]:
    compiled = [node for node in ast.walk(tree) if _is_of_re(node) and node.func.attr == "compile"]  # type: ignore[attr-defined]
    named = 0
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if call in compiled:
                made = getattr(importlib.import_module(module), name)
                named += 1
                yield Pattern(f"{module}.{name}", made.pattern, made.flags, frozenset(used.get(name, USES)))
    for node in ast.walk(tree):
        if _is_of_re(node) and node.func.attr in USES:  # type: ignore[attr-defined]
            text = _text(node.args[0])  # type: ignore[attr-defined]
            if text is not None:
                flags = re.MULTILINE if "MULTILINE" in ast.dump(node) else 0
                yield Pattern(f"{module}:{node.lineno}", text, flags, frozenset({node.func.attr}))  # type: ignore[attr-defined]


def _is_of_re(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return True
    return False


def _text(node: ast.expr) -> str | bytes | None:
    match node:
        case ast.Constant(value=str() | bytes() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "name" for part in parts)
    return None


FOUND = patterns()


def test_all_expressions_are_found() -> None:
    places = {pattern.place for pattern in FOUND}
    assert {
        "grader.grading.program_keys.STORING",
        "grader.reports.source_listing._TOKEN",
        "grader.submissions.lms_filenames._CANVAS",
    } <= places
    assert len(FOUND) > 60


@pytest.mark.parametrize("pattern", FOUND, ids=lambda pattern: pattern.place)
def test_no_text_keeps_an_expression_busy(pattern: Pattern) -> None:
    longest = next((most for place, most in BOUNDED.items() if pattern.place.startswith(place)), SIZES[-1])
    assert next(_slow(pattern, [size for size in SIZES if size < longest] + [longest]), None) is None


def _slow(pattern: Pattern, sizes: Sequence[int]) -> Iterator[tuple[str, str, int, float]]:
    """How an expression is used, on what, of which length, where it takes too long."""
    compiled = re.compile(pattern.text, pattern.flags)
    text = pattern.text if isinstance(pattern.text, str) else pattern.text.decode("latin-1")
    for size in sizes:
        for witness in witnesses(text, pattern.flags & ~re.UNICODE, size):
            subject = witness if isinstance(pattern.text, str) else witness.encode("latin-1", "replace")
            for use in sorted(pattern.uses):
                if seconds := _seconds(compiled, use, subject):
                    yield use, witness[:40], size, seconds


def _seconds(compiled: re.Pattern[str], use: str, subject: str) -> float:
    """How long an expression takes, if that is too long each time."""
    for _ in range(3):
        start = time.process_time()
        if use == "sub":
            compiled.sub("", subject)
        elif use == "finditer":
            for _ in compiled.finditer(subject):
                pass
        else:
            getattr(compiled, use)(subject)
        taken = time.process_time() - start
        if taken < PATIENCE:
            return 0.0
    return taken


@pytest.mark.parametrize(
    ("text", "use"),
    [
        (r"seed\(\s*(None)?\s*\)", "search"),
        (r"^\s*def\s+(\w+)", "findall"),
        (r"(a+)+b", "match"),
        (r"[ \t]*(x[^\n]*)\s*", "fullmatch"),
    ],
    ids=["two runs of blanks", "blank lines", "exponential", "a line and blanks"],
)
def test_an_expression_that_is_slow_is_found(text: str, use: str) -> None:
    pattern = Pattern("", text, re.MULTILINE if use == "findall" else 0, frozenset({use}))
    assert next(_slow(pattern, (*SIZES, LONG)), None) is not None
