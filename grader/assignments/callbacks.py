"""Cut drivers and judges out of a file of test cases, each with what it needs and nothing else."""

from __future__ import annotations

import ast
import dataclasses
import functools
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from grader.assignments.assertion_process import TEST, Beside, told
from grader.comparison.judges import READY, Judge, Ready, asserted
from grader.errors import AssignmentError
from grader.models.execution import Driver, Statement
from grader.models.protocol import DRIVE
from grader.models.submission import Cell
from grader.notebooks.statements import BUILTINS, Piece, parse_cell, read_when_run
from grader.public_tests.driving import Student
from grader.testcase.declarations import Declaration

OWN = "grader"
"""The package whose names a cut-out function may not use: students do not have it."""

JUDGE = "judge"
"""The name under which a cut-out judge is defined."""


class Callbacks:
    """The functions of a file of test cases that run elsewhere.

    Args:
        path: the file.
        text: its text.
        declared: the names in it that declare exercises, which no cut-out function may read.
    """

    def __init__(self, path: Path, text: str, declared: Collection[str]) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.declared = frozenset(declared)

    @functools.cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the statements of the file. Most files have neither driver nor judge, and need none."""
        pieces = parse_cell(Cell(1, self.text))
        return pieces if isinstance(pieces, tuple) else ()

    def driver(self, function: Callable[..., Any], name: str, names: Iterable[str]) -> Driver:
        """Return a driver with the statements that it needs.

        Args:
            function: the decorated function.
            name: the graded item.
            names: all graded items.

        Returns:
            the driver.

        Raises:
            AssignmentError: it needs something that does not go with it.
        """
        statement, text = self._definition(function, DRIVE, f"the driver of {name}")
        statement = dataclasses.replace(statement, source=without_defaults(statement.source))
        needed = self._needed([statement], f"the driver of {name}")
        return Driver((*needed, statement), text, mentioned(text, names), names_read(text))

    def judge(self, judge: Callable[..., Any], name: str, line: int) -> Judge:
        """Return a judge with the source that defines it.

        Args:
            judge: the decorated function, or a ready judge.
            name: the graded item.
            line: the line on which the exercise is declared.

        Returns:
            the judge.

        Raises:
            AssignmentError: it needs something that does not go with it.
        """
        what = f"the judge of {name}"
        if not isinstance(judge, Ready):
            statement, _ = self._definition(judge, JUDGE, what)
            return Judge(judge, _joined((*self._needed([statement], what), statement)))
        settings: list[str] = []
        needed: tuple[Statement, ...] = ()
        for field, value in judge.settings.items():
            if callable(value):
                statement, _ = self._definition(value, value.__name__, what)
                needed += (*self._needed([statement], what), statement)
                value = _Name(value.__name__)  # noqa: PLW2901
            settings.append(f"{field}={value!r}")
        made = Statement(1, 1, f"{JUDGE} = {judge.name}({', '.join(settings)})")
        return Judge(judge, _joined((*needed, made)), f"{self.path}, line {line}")

    def asserting(self, declared: Declaration, name: str, beside: Beside) -> Judge:
        """Return the judge of an exercise that has tests whose own assertions judge.

        Its source, which students receive, has the tests that are not hidden.

        Args:
            declared: the exercise.
            name: the graded item.
            beside: what a test may import and read.

        Returns:
            the judge.

        Raises:
            AssignmentError: a test needs something that does not go with it.
        """
        sources: dict[str, str] = {}
        for title, (test, _) in declared.assertions.items():
            what = f"the assertion {title!r} of {name}"
            statement, _text = self._definition(test, TEST, what)
            sources[title] = _joined((*self._needed([statement], what), statement))
        shown = {title: source for title, source in sources.items() if not declared.assertions[title][1]}
        of = declared.tolerance
        settings = f"rtol={of.rtol!r}, atol={of.atol!r}, floor={of.floor!r}"

        def run(source: str, steps: Sequence[Any], answers: Any) -> str | None:
            return told(source, steps, answers, beside)

        judge = asserted(sources, of.rtol, of.atol, of.floor, run)
        return Judge(
            judge, f"{JUDGE} = asserted({shown!r}, {settings})\n", f"{self.path}, line {declared.line}"
        )

    def _definition(self, function: Callable[..., Any], name: str, what: str) -> tuple[Statement, str]:
        """Return a function of the file under another name, as a statement and as students read it."""
        code = getattr(function, "__code__", None)
        first = code.co_firstlineno if code else 0
        piece = next((one for one in self.pieces if one.statement.line == first), None)
        node = ast.parse(piece.statement.source).body[0] if piece else None
        if not isinstance(node, ast.FunctionDef) or (code and node.name != code.co_name):
            raise AssignmentError(
                f"{self.path}{f', line {first}' if first else ''}: {what} is no function of this file\n"
                "  Write it there, with `def`, at top level."
            )
        line, last = first + node.lineno - 1, first + (node.end_lineno or node.lineno) - 1
        text = "\n".join(self.lines[line - 1 : last])
        renamed = text.replace(f"def {node.name}", f"def {name}", 1)
        return Statement(1, line, renamed), renamed

    def _needed(self, statements: Iterable[Statement], what: str) -> tuple[Statement, ...]:
        """Return the statements that some need, transitively, in the order of the file."""
        ready = {kind.__name__ for kind in READY}
        found: set[Piece] = set()
        waiting = [name for one in statements for name in _reads(one)]
        while waiting:
            name = waiting.pop()
            if name in self.declared:
                raise AssignmentError(
                    f"{self.path}: {what} reads {name}, which declares test cases\n"
                    "  Let it use its arguments, imports and functions of its own."
                )
            binding = [piece for piece in self.pieces if name in piece.binds and piece not in found]
            for piece in binding:
                if (piece.module or "").partition(".")[0] == OWN and name not in ready:
                    raise AssignmentError(
                        f"{self.path}: {what} uses {name} of {piece.module}\n"
                        "  Students do not have it: let it use NumPy, and functions of its own."
                    )
                if (piece.module or "").partition(".")[0] != OWN:
                    found.add(piece)
                    waiting += _reads(piece.statement)
        return tuple(sorted((piece.statement for piece in found), key=lambda statement: statement.place))


def without_defaults(source: str) -> str:
    """Return a driver whose parameters have other defaults, in the same lines: each test case has them all.

    What makes a default need not be where the driver runs: it may read a file of the course.
    """
    made = [
        one
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        for one in (*node.args.defaults, *node.args.kw_defaults)
        if one is not None
    ]
    lines = source.encode().split(b"\n")
    for one in sorted(made, key=lambda default: (default.lineno, default.col_offset), reverse=True):
        last = one.end_lineno or one.lineno
        rest = lines[last - 1][one.end_col_offset :]
        lines[one.lineno - 1] = (
            lines[one.lineno - 1][: one.col_offset] + b"None" + b"\n" * (last - one.lineno) + rest
        )
        del lines[one.lineno : last]
    return b"\n".join(lines).decode()


class _Name(str):
    """A name in a source, which is written without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _reads(statement: Statement) -> frozenset[str]:
    """Return the global names that a statement reads, also inside its functions."""
    pieces = parse_cell(Cell(1, statement.source))
    if not isinstance(pieces, tuple):
        return frozenset()
    reads = (piece.reads if piece.clean else read_when_run(piece.statement.source) for piece in pieces)
    return frozenset(name for names in reads for name in names) - BUILTINS


def _joined(statements: Iterable[Statement]) -> str:
    return "\n\n".join(statement.source for statement in statements) + "\n"


def mentioned(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the graded items that a driver mentions: those of its first parameter, and methods.

    Args:
        text: the source of the driver.
        names: the graded items.

    Returns:
        those items, in order.
    """
    roots = _read_of_student(text)
    found = {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
    return tuple(
        name
        for name in names
        if ("." not in name and name in roots)
        or ("." in name and name.partition(".")[0] in roots and _calls(name.partition(".")[2], found))
    )


def names_read(text: str) -> tuple[str, ...]:
    """Return the names of the notebook that a driver reads, in alphabetical order."""
    return tuple(sorted(_read_of_student(text) - {*vars(Student)}))


def _read_of_student(text: str) -> set[str]:
    """Return the attributes of the first parameter that a driver reads."""
    tree = ast.parse(text)
    student = next(node.args.args[0].arg for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == student
    }


def _calls(method: str, attributes: Collection[str]) -> bool:
    """Return whether a driver calls a method; making an object calls those of two underscores."""
    return method in attributes or method.startswith("__")
