"""Read the tests that otter and OK keep outside of source notebooks, and take test cases apart."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grader.importers.cell_trees import tree_of
from grader.importers.otter_points import number_of
from grader.importers.source import Piece

CHECK = re.compile(r"\b(?:grader|ok)\.(?:check|grade)\(\s*[\"']([\w.-]{1,80})[\"']")
TOOL = re.compile(r"[ \t]*(?:(?:from|import) +(?:otter|client)\b|(?:_ *= *)?(?:grader|ok) *[.=])")


class Test(NamedTuple):
    """A test case of a question: its cell, what is to run of it, and what the cell configures."""

    number: int
    source: str
    code: str
    output: str
    hidden: bool
    points: float | None


class Question(NamedTuple):
    """The tests of a question: what configures them, and the test cases."""

    config: Mapping[str, Any]
    tests: Sequence[Test]


def given_tests(notebook: Mapping[str, Any], folder: Path | None) -> dict[str, Question]:
    """Return the tests that are in the metadata of a notebook, or in the folder `tests` beside it.

    Args:
        notebook: what is in the notebook.
        folder: its folder, if that is to be looked at.

    Returns:
        the tests of each question by its name.
    """
    otter = notebook.get("metadata", {}).get("otter")
    within = otter.get("tests") if isinstance(otter, dict) else None
    found = {str(name): _question(test) for name, test in within.items()} if isinstance(within, dict) else {}
    for path in sorted((folder / "tests").glob("*.py")) if folder and not found else ():
        found[path.stem] = _question(_text(path))
    return {name: question for name, question in found.items() if question.tests}


def without_calls(source: str) -> tuple[str, list[str]]:
    """Return a cell without the lines that call otter or OK, and the questions that it checks."""
    lines = source.split("\n")
    kept = [line for line in lines if not (TOOL.match(line) or CHECK.search(line))]
    if len(kept) == len(lines):
        return source, []
    code = [line for line in kept if line.strip() and not line.lstrip().startswith("#")]
    return "\n".join(kept) if code else "", CHECK.findall(source)


def pieces_of(code: str, output: str, hidden: bool) -> tuple[Piece, ...]:
    """Return what is run of a test case.

    Args:
        code: its source: a doctest, or a cell, in which a test function is called with the names it takes.
        output: what the cell displays.
        hidden: whether students do not see it.

    Returns:
        the pieces.
    """
    if re.search(r"^[ \t]*>>> ", code, re.MULTILINE):
        return tuple(_examples(code, hidden))
    if call := _called(code):
        return (Piece(call, hidden),)
    return (Piece(code, hidden, output.strip()),)


def _examples(code: str, hidden: bool) -> Iterator[Piece]:
    waiting = ""
    for example in doctest.DocTestParser().get_examples(code):
        waiting += example.source
        if example.want:
            yield Piece(waiting, hidden, example.want.strip())
            waiting = ""
    if waiting:
        yield Piece(waiting, hidden)


def _called(code: str) -> str:
    """Return a cell that is one function with a call of it as otter calls it; nothing if it is not."""
    tree = tree_of(code)
    body = tree.body if tree else []
    if not body or not isinstance(body[0], ast.FunctionDef) or len(body) > 2:
        return ""
    if not all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) for node in body[1:]):
        return ""
    function = body[0]
    names = ", ".join(argument.arg for argument in (*function.args.posonlyargs, *function.args.args))
    lines = code.split("\n")[function.lineno - 1 : function.end_lineno]
    return "\n".join([*lines, f"{function.name}({names})"])


# ---------------------------------------------------------------- files


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _question(test: object) -> Question:
    """Return the tests of a question, which is data, or the source of a file."""
    if isinstance(test, dict):
        return Question(test, list(_of_suites(test)))
    tree = tree_of(str(test))
    body = tree.body if tree else []
    set_to = {
        node.targets[0].id: _literal(node.value)
        for node in body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    if isinstance(set_to.get("test"), dict):
        return Question(set_to["test"], list(_of_suites(set_to["test"])))
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    return Question(set_to, [made for node in functions if (made := _of_function(node, str(test)))])


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None


def _of_suites(test: Mapping[str, Any]) -> Iterator[Test]:
    for suite in test.get("suites") or ():
        for case in suite.get("cases") or () if isinstance(suite, dict) else ():
            code = case.get("code") if isinstance(case, dict) else None
            if isinstance(code, str):
                setup = str(suite.get("setup") or "")
                text = f"{setup}\n{code}" if setup.strip() else code
                yield Test(0, code, text, "", bool(case.get("hidden")), number_of(case.get("points")))


def _of_function(node: ast.FunctionDef, text: str) -> Test | None:
    """Return a function that otter's decorator `test_case` makes a test case."""
    marks = next((one for one in node.decorator_list if "test_case" in ast.unparse(one)), None)
    if marks is None:
        return None
    states = {key.arg: _literal(key.value) for key in marks.keywords} if isinstance(marks, ast.Call) else {}
    source = "\n".join(text.split("\n")[node.lineno - 1 : node.end_lineno])
    return Test(0, source, source, "", bool(states.get("hidden")), number_of(states.get("points")))
