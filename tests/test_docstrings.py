"""What a public function takes and returns, its docstring says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader

PACKAGE = Path(grader.__file__).parent

ROOMS_WITH_ARGS = (
    "api.py",
    "assignments",
    "authoring",
    "comparison",
    "errors.py",
    "execution",
    "export",
    "files",
    "grading",
    "hints",
    "models",
    "mutation",
    "notebooks",
    "public_tests",
    "reports",
    "results",
    "sandbox",
    "submissions",
    "testcase",
)
"""Folders and files of the package whose docstrings have sections."""

MODULES = sorted(
    path
    for room in ROOMS_WITH_ARGS
    for path in ([PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*.py"))
)
HOOK = re.compile(r"^See base\b", re.MULTILINE)
"""What says that a function overrides one of a library, which documents it."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_functions(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Function]]:
    """Yield the functions at module level and the methods of classes, without those of private names."""
    for node in body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            if isinstance(node, ast.ClassDef):
                yield from public_functions(node.body, f"{prefix}{node.name}.")
            else:
                yield f"{prefix}{node.name}", node


def parameters(function: Function) -> list[str]:
    """Return the names of the parameters, without self, cls and those that are not used (`_name`)."""
    args = function.args
    named = [arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
    starred = [arg.arg for arg in (args.vararg, args.kwarg) if arg]
    return [name for name in (*named, *starred) if name not in {"self", "cls"} and not name.startswith("_")]


def returns_nothing(function: Function) -> bool:
    """Return whether the annotation of the result is None or NoReturn."""
    annotation = function.returns
    return annotation is None or ast.unparse(annotation) in {"None", "NoReturn"}


def faults(function: Function) -> list[str]:
    """Return what the docstring of a function lacks."""
    text = ast.get_docstring(function) or ""
    names = parameters(function)
    if len(names) < 2 or HOOK.search(text):
        return []
    described = text.partition("Args:\n")[2].split("\n\n")[0]
    missing = [name for name in names if not re.search(rf"^ +\*{{0,2}}{name}: \S", described, re.MULTILINE)]
    if not returns_nothing(function) and not {"Returns:", "Yields:"} & {*text.splitlines()}:
        missing.append("Returns:")
    return missing


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_docstring_names_every_parameter_and_the_result(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lacking = {name: faults(function) for name, function in public_functions(tree.body)}
    assert {name: found for name, found in lacking.items() if found} == {}


@pytest.mark.parametrize("room", ROOMS_WITH_ARGS)
def test_every_room_has_modules(room: str) -> None:
    assert any(path.is_relative_to(PACKAGE / room) for path in MODULES)


WHOLE = '''
def f(a, b) -> int:
    """Return a sum.

    Args:
        a: one.
        b: another.

    Returns:
        the sum.
    """
'''


@pytest.mark.parametrize(
    ("source", "lacking"),
    [
        pytest.param(WHOLE, [], id="all is said"),
        pytest.param(WHOLE.replace("        b: another.\n", ""), ["b"], id="a parameter is left out"),
        pytest.param(WHOLE.replace("b: another", "c: another"), ["b"], id="a parameter was renamed"),
        pytest.param(WHOLE.replace("Args:", "Input:"), ["a", "b"], id="no section of parameters"),
        pytest.param(WHOLE.replace("Returns:", "Out:"), ["Returns:"], id="no section of the result"),
        pytest.param(WHOLE.replace("Returns:", "Yields:"), [], id="what is yielded"),
        pytest.param(WHOLE.replace("-> int", "-> None").replace("Returns:", ""), [], id="no result"),
        pytest.param("def f(a) -> int: ...", [], id="one parameter needs no section"),
        pytest.param("def f(a, *, b) -> None: ...", ["a", "b"], id="no docstring"),
        pytest.param("def f(a, **b) -> None: ...", ["a", "b"], id="any keywords"),
        pytest.param("def f(_, *__) -> int: ...", [], id="parameters that are not used"),
        pytest.param('def visit(a, b) -> int:\n    """See base."""', [], id="a hook of a library"),
    ],
)
def test_what_is_left_out_is_found(source: str, lacking: list[str]) -> None:
    [(_, function)] = public_functions(ast.parse(source).body)
    assert faults(function) == lacking
