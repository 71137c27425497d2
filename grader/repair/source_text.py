"""The text of a function, and changes of it: which bytes are replaced by what."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from grader.mutation.operator import replaced

BLOCKS = ("body", "orelse", "finalbody")
"""The fields of statements that hold statements."""

LOOSE = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda)
"""Expressions that need parentheses inside of others."""


class Splice(NamedTuple):
    """New text for the bytes from `start` to `end` of a source."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a function's text. `lines` are the first and the last that it concerns, from 1.

    `says` names what is changed; `edit` is the change itself, empty where that would show a right version.
    """

    splices: tuple[Splice, ...]
    lines: tuple[int, int]
    says: str
    edit: str = ""


class FunctionText:
    """The source of a function with its syntax tree.

    Args:
        source: the source.

    Raises:
        SyntaxError: it does not parse.
        ValueError: it is not one function.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._bytes = source.encode("utf-8", "surrogatepass")
        body = ast.parse(source).body
        if len(body) != 1 or not isinstance(body[0], ast.FunctionDef):
            raise ValueError("not one function")
        self.function = body[0]
        self._starts = [0]
        for line in self._bytes.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    @cached_property
    def module(self) -> ast.Module:
        """The function as a module, which the mutation operators take."""
        return ast.Module([self.function], [])

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The parent of each node."""
        return {child: node for node in ast.walk(self.module) for child in ast.iter_child_nodes(node)}

    @cached_property
    def statements(self) -> list[ast.stmt]:
        """The statements inside the function, outer ones first, without its docstring."""
        return [s for block in self.blocks for s in block]

    @cached_property
    def blocks(self) -> list[list[ast.stmt]]:
        """The lists of statements inside the function, outer ones first, without its docstring."""
        return list(_blocks(self.function, docstring=True))

    @property
    def asserts(self) -> list[ast.Assert]:
        """The `assert` statements of the function: none makes it right."""
        return [node for node in ast.walk(self.function) if isinstance(node, ast.Assert)]

    def loops_around(self, node: ast.AST) -> Iterator[ast.For]:
        """Yield the `for` loops around a node, the nearest first."""
        while (up := self.parents.get(node)) is not None:
            if isinstance(up, ast.For) and node not in (up.target, up.iter):
                yield up
            node = up

    def counters_around(self, node: ast.AST) -> Iterator[ast.Name]:
        """Yield the variables of the loops around a node, the nearest first."""
        for loop in self.loops_around(node):
            for name in ast.walk(loop.target):
                if isinstance(name, ast.Name):
                    yield ast.Name(name.id, ast.Load())

    def applied(self, splices: Sequence[Splice]) -> str:
        """Return the source with a change.

        Args:
            splices: what is replaced; they do not overlap.

        Returns:
            the new source.
        """
        ordered = sorted(splices)
        ends = [0, *(splice.end for splice in ordered)]
        starts = [*(splice.start for splice in ordered), len(self._bytes)]
        kept = [
            self._bytes[end:start].decode("utf-8", "surrogatepass")
            for end, start in zip(ends, starts, strict=True)
        ]
        return kept[0] + "".join(splice.text + after for splice, after in zip(ordered, kept[1:], strict=True))

    # ------------------------------------------------------------ splices

    def replacing(self, old: ast.AST, new: ast.AST) -> Splice:
        """Return the splice that replaces an expression or a statement.

        Inside of a formatted text, the whole text is written anew: before Python 3.12 nothing tells where
        its parts are.

        Args:
            old: a node of the function.
            new: the node in its place.

        Returns:
            the splice.
        """
        node, up = old, self.parents.get(old)
        while up is not None:
            if isinstance(up, ast.JoinedStr):
                node, new = up, replaced(up, node, new) if node is old else replaced(up, old, new)
            up = self.parents.get(up)
        if isinstance(new, ast.stmt):
            return Splice(*self._span(node), self.written([new], node))
        text = ast.unparse(ast.fix_missing_locations(new))
        return Splice(*self._span(node), f"({text})" if isinstance(new, LOOSE) else text)

    def lines_of_block(self, block: Sequence[ast.stmt]) -> tuple[int, int]:
        """Return the lines of a block, with the comments that end it: markers may stand among them."""
        first, last = lines_of(*block)
        for number, line in enumerate(self.source.split("\n")[last:], last + 1):
            comment = line.strip().startswith("#") and len(line) - len(line.lstrip()) >= block[0].col_offset
            if not comment and line.strip():
                break
            last = number if comment else last
        return first, last

    def enclosing(self, old: ast.AST, new: ast.AST) -> tuple[ast.AST, ast.AST]:
        """Return the index or call around an expression before and after a change, else the two alone."""
        up = self.parents.get(old)
        while up is not None and not isinstance(up, ast.stmt):
            if isinstance(up, ast.Subscript | ast.Call):
                return up, replaced(up, old, new)
            up = self.parents.get(up)
        return old, new

    def statements_instead(self, old: Sequence[ast.stmt], new: Sequence[ast.stmt]) -> Splice:
        """Return the splice that puts statements in the place of neighbouring ones.

        Args:
            old: statements of one block that follow one another.
            new: the statements in their place.

        Returns:
            the splice.
        """
        start, _ = self._span(old[0])
        _, end = self._span(old[-1])
        return Splice(start, end, self.written(new or [ast.Pass()], old[0]))

    def passed_over(self, statement: ast.stmt) -> Splice:
        """Return the splice that leaves a statement out and keeps the lines where they are."""
        start, end = self._span(statement)
        return Splice(start, end, "pass" + "\n" * self._bytes.count(b"\n", start, end))

    def before(self, statement: ast.stmt, new: Sequence[ast.stmt]) -> Splice:
        """Return the splice that puts statements before another."""
        start, _ = self._span(statement)
        return Splice(start, start, f"{self.written(new, statement)}\n{self._indent(statement)}")

    def after(self, statement: ast.stmt, new: Sequence[ast.stmt]) -> Splice:
        """Return the splice that puts statements behind another."""
        _, end = self._span(statement)
        return Splice(end, end, f"\n{self._indent(statement)}{self.written(new, statement)}")

    def written(self, statements: Sequence[ast.stmt], place: ast.AST) -> str:
        """Return statements as text for a place.

        Args:
            statements: the statements.
            place: the statement whose indentation they get.

        Returns:
            the text; its first line has no indentation.
        """
        module = ast.fix_missing_locations(ast.Module([*statements], []))
        return ast.unparse(module).replace("\n", f"\n{self._indent(place)}")

    def has_lines_of_its_own(self, statement: ast.stmt) -> bool:
        """Return whether nothing else stands before a statement on its line."""
        start, _ = self._span(statement)
        return not self._bytes[self._starts[statement.lineno - 1] : start].strip()

    def _indent(self, node: ast.AST) -> str:
        start, _ = self._span(node)
        line = self._bytes[self._starts[self._line(node) - 1] : start].decode("utf-8", "replace")
        return line[: len(line) - len(line.lstrip())]

    def _span(self, node: ast.AST) -> tuple[int, int]:
        start = self._starts[self._line(node) - 1] + node.col_offset  # type: ignore[attr-defined]
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    @staticmethod
    def _line(node: ast.AST) -> int:
        line: int = node.lineno  # type: ignore[attr-defined]
        return line


def lines_of(*nodes: ast.AST) -> tuple[int, int]:
    """Return the first and the last line of some nodes; an f-string's parts may have none."""
    first = [line for node in nodes if isinstance(line := getattr(node, "lineno", None), int)]
    last = [line for node in nodes if isinstance(line := getattr(node, "end_lineno", None), int)]
    return min(first, default=1), max(last, default=1)


def neighbours(block: Sequence[ast.stmt], most: int) -> Iterator[Sequence[ast.stmt]]:
    """Yield the runs of at least two neighbouring statements of a block, short ones first.

    Args:
        block: the statements.
        most: how many there are in the longest.

    Returns:
        an iterator of runs.
    """
    for length in range(2, most + 1):
        for start in range(len(block) - length + 1):
            yield block[start : start + length]


def _blocks(owner: ast.AST, *, docstring: bool = False) -> Iterator[list[ast.stmt]]:
    for field in BLOCKS:
        block = getattr(owner, field, None) or []
        if (
            docstring
            and block
            and isinstance(block[0], ast.Expr)
            and isinstance(block[0].value, ast.Constant)
        ):
            block = block[1:]
        if block:
            yield block
            for statement in block:
                yield from _blocks(statement)
