"""Changes that take a statement, a header or a block of a right version into a wrong function."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.mutation.operator import changed, function_name
from grader.repair import wording
from grader.repair.donor_names import inlined, translated
from grader.repair.source_text import BLOCKS, Change, FunctionText, lines_of, neighbours

COMPOUND = (ast.For, ast.While, ast.If, ast.With, ast.Try)
COMPREHENSION = (ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
HEADERS = {ast.For: ("target", "iter"), ast.While: ("test",), ast.If: ("test",)}
MOST = 4
"""The statements that follow one another and are changed together."""


class Donor(NamedTuple):
    """A right version in the names of a wrong one, its statements, and the names that the wrong one knows."""

    function: ast.FunctionDef
    statements: list[ast.stmt]
    known: frozenset[str]

    def is_known(self, node: ast.AST) -> bool:
        """Return whether a node reads no variable of the right version that the wrong one does not have."""
        own = {
            n.id for n in ast.walk(self.function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        read = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        return read & own <= self.known


def donor_for(text: FunctionText, right: ast.FunctionDef) -> Donor:
    """Return a right version in the names of a wrong one.

    Args:
        text: the wrong function.
        right: the right version.

    Returns:
        the donor.
    """
    made = translated(right, text.function)
    known = frozenset(node.id for node in ast.walk(text.function) if isinstance(node, ast.Name))
    loops = any(isinstance(node, COMPREHENSION) for node in ast.walk(text.function))
    wanted = (node for node in _statements(made) if not isinstance(node, ast.Assert) and not _is_text(node))
    return Donor(made, [node for node in wanted if loops or not _computes_all(node)], known)


# ---------------------------------------------------------------- one statement


def of_statements(text: FunctionText, donor: Donor) -> Iterator[Change]:
    """Yield changes of one statement, or of the first line of one.

    Args:
        text: the wrong function.
        donor: the right version.

    Returns:
        an iterator of changes.
    """
    yield from _of_statements(text, donor)
    yield from _of_headers(text, donor)


def of_lines(text: FunctionText, donor: Donor) -> Iterator[Change]:
    """Yield changes of a variable's value, missing statements, and changes of neighbouring statements.

    Args:
        text: the wrong function.
        donor: the right version.

    Returns:
        an iterator of changes.
    """
    yield from _of_values(text, donor)
    yield from _inserted(text, donor)
    yield from _of_neighbours(text, donor, blocks=False)


def _of_statements(text: FunctionText, donor: Donor) -> Iterator[Change]:
    same: dict[str, list[ast.stmt]] = {}
    for mine in _simple(text.statements):
        same.setdefault(ast.unparse(mine), []).append(mine)
    for equal in same.values():
        for other in _simple(donor.statements):
            if _alike(equal[0], other):
                for made in _versions(text, equal[0], other, donor):
                    if donor.is_known(made) and not (
                        isinstance(made, ast.Return) and _computes_more(equal[0], made)
                    ):
                        yield from (_instead(text, [mine], [made]) for mine in equal)
                        if len(equal) > 1:
                            splices = tuple(text.statements_instead([mine], [made]) for mine in equal)
                            yield Change(splices, lines_of(*equal), wording.statements(equal[:1]))


def _of_values(text: FunctionText, donor: Donor) -> Iterator[Change]:
    """Yield variables that are set to what the right version computes for another one."""
    values = [s.value for s in _simple(donor.statements) if isinstance(s, ast.Assign)]
    right = [inlined(value, donor.function, donor.known) for value in values]
    for mine in text.statements:
        if isinstance(mine, ast.Assign) and isinstance(mine.targets[0], ast.Name):
            for value in right:
                if donor.is_known(value):
                    yield _instead(text, [mine], [changed(mine, value=value)])


def _versions(text: FunctionText, mine: ast.stmt, other: ast.stmt, donor: Donor) -> Iterator[ast.stmt]:
    """Yield a right statement for the place of a wrong one, whole and in parts."""
    yield other
    theirs = getattr(other, "value", None)
    if theirs is None:
        return
    value = inlined(theirs, donor.function, donor.known)
    for shifted in _shifted(text, mine, value):
        yield changed(other, value=shifted)
        if isinstance(mine, ast.Assign) and isinstance(other, ast.Assign):
            yield changed(mine, value=shifted)
    if isinstance(mine, ast.Assign) and isinstance(other, ast.Assign):
        yield changed(other, value=mine.value)


def _shifted(text: FunctionText, place: ast.AST, value: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression, and the same for a loop that counts one lower or higher."""
    yield value
    counters = {loop.target.id for loop in text.loops_around(place) if isinstance(loop.target, ast.Name)}
    if counters & {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}:
        for operator in (ast.Add(), ast.Sub()):
            yield _Shift(counters, operator).visit(copy.deepcopy(value))


class _Shift(ast.NodeTransformer):
    def __init__(self, counters: set[str], operator: ast.operator) -> None:
        self._counters, self._operator = counters, operator

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._counters and isinstance(node.ctx, ast.Load):
            return ast.BinOp(node, self._operator, ast.Constant(1))
        return node


def _alike(mine: ast.stmt, other: ast.stmt) -> bool:
    """Return whether one statement may stand in the place of another: they set or call the same."""
    if isinstance(mine, ast.Return) or isinstance(other, ast.Return):
        return isinstance(mine, ast.Return) and not _computes_more(mine, other)
    called = _called(mine) & _called(other)
    return bool(called) or bool(_targets(mine) & _targets(other)) or not (_targets(mine) or _targets(other))


def _computes_more(mine: ast.stmt, other: ast.stmt) -> bool:
    """Return whether a `return` calls what the wrong one does not: it may compute what other lines should."""
    return not isinstance(other, ast.Return) or not _calls_in(other) <= _calls_in(mine)


def _calls_in(node: ast.AST) -> set[str]:
    return {function_name(one) for one in ast.walk(node) if isinstance(one, ast.Call)}


def _called(statement: ast.stmt) -> set[str]:
    value = getattr(statement, "value", None)
    return {function_name(value)} if isinstance(value, ast.Call) else set()


def _targets(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.Assign(targets=targets):
            pass
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
            targets = [target]
        case _:
            return set()
    return {
        n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    } | {ast.unparse(t.value) for target in targets for t in ast.walk(target) if isinstance(t, ast.Subscript)}


# ---------------------------------------------------------------- missing statements and headers


def _inserted(text: FunctionText, donor: Donor) -> Iterator[Change]:
    present = {ast.unparse(statement) for statement in text.statements}
    returns = any(isinstance(statement, ast.Return) for statement in text.statements)
    for other in _simple(donor.statements):
        if (
            ast.unparse(other) in present
            or not donor.is_known(other)
            or (returns and isinstance(other, ast.Return))
        ):
            continue
        for block in text.blocks:
            if text.has_lines_of_its_own(block[0]):
                line = block[0].lineno
                yield Change((text.before(block[0], [other]),), (line, line), wording.MISSING_BEFORE)
            for mine in block:
                if text.has_lines_of_its_own(mine):
                    line = lines_of(mine)[1]
                    yield Change((text.after(mine, [other]),), (line, line), wording.MISSING_AFTER)


def _of_headers(text: FunctionText, donor: Donor) -> Iterator[Change]:
    for mine in text.statements:
        for other in donor.statements:
            if type(mine) is type(other) and type(mine) in HEADERS:
                for field in HEADERS[type(mine)]:
                    splice = text.replacing(getattr(mine, field), getattr(other, field))
                    yield Change((splice,), (mine.lineno, mine.lineno), wording.header(mine))


# ---------------------------------------------------------------- several statements


def _of_neighbours(text: FunctionText, donor: Donor, *, blocks: bool) -> Iterator[Change]:
    """Yield runs of statements, some of them with blocks or none, with the right one in the place of each."""
    for block in text.blocks:
        for run in neighbours(block, MOST):
            if blocks is not any(isinstance(mine, COMPOUND) for mine in run):
                continue
            partners = [_partner(mine, donor.statements) for mine in run]
            right = [partner for partner in partners if partner is not None]
            if len(right) == len(run) and _differ(run[0], right[0]) and _differ(run[-1], right[-1]):
                yield _instead(text, run, right)


def _differ(mine: ast.stmt, other: ast.stmt) -> bool:
    return ast.unparse(mine) != ast.unparse(other)


def _partner(mine: ast.stmt, statements: Sequence[ast.stmt]) -> ast.stmt | None:
    """Return the right statement that has the part of a wrong one: the most alike."""
    if isinstance(mine, COMPOUND):
        return next((other for other in statements if type(other) is type(mine)), None)
    fitting = [other for other in _simple(statements) if _alike(mine, other)]
    own = _words(mine)
    return max(fitting, key=lambda other: (own & _words(other)).total(), default=None)


def _words(statement: ast.stmt) -> Counter[str]:
    """Return the names, texts and numbers of a statement, the target's too."""
    leaves = (n for n in ast.walk(statement) if isinstance(n, ast.Name | ast.Constant | ast.Attribute))
    return Counter(
        n.id if isinstance(n, ast.Name) else n.attr if isinstance(n, ast.Attribute) else repr(n.value)
        for n in leaves
    )


def of_blocks(text: FunctionText, donor: Donor) -> Iterator[Change]:
    """Yield the function with a block, a header and its blocks, or neighbours of these, of the right version.

    Args:
        text: the wrong function.
        donor: the right version.

    Returns:
        an iterator of changes.
    """
    for mine in text.statements:
        for other in donor.statements:
            if type(mine) is not type(other) or not isinstance(mine, COMPOUND):
                continue
            for field in BLOCKS:
                block, right = getattr(mine, field, None), getattr(other, field, None)
                if block and right:
                    body = [_written_out(statement, donor) for statement in right]
                    for shifted in _shifted_block(text, block[0], body):
                        splice = text.statements_instead(block, shifted)
                        yield Change((splice,), text.lines_of_block(block), wording.block(mine))
            yield _instead(text, [mine], [other])
    yield from _of_neighbours(text, donor, blocks=True)


def _written_out(statement: ast.stmt, donor: Donor) -> ast.stmt:
    value = getattr(statement, "value", None)
    if isinstance(value, ast.expr) and not isinstance(statement, COMPOUND):
        return changed(statement, value=inlined(value, donor.function, donor.known))
    return statement


def _shifted_block(text: FunctionText, place: ast.stmt, block: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    yield block
    counters = {loop.target.id for loop in text.loops_around(place) if isinstance(loop.target, ast.Name)}
    if counters:
        for operator in (ast.Add(), ast.Sub()):
            yield [_Shift(counters, operator).visit(copy.deepcopy(statement)) for statement in block]


def _instead(text: FunctionText, old: Sequence[ast.stmt], new: Sequence[ast.stmt]) -> Change:
    return Change((text.statements_instead(old, new),), lines_of(*old), wording.statements(old))


def _simple(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    return (statement for statement in statements if not isinstance(statement, COMPOUND))


def _computes_all(statement: ast.stmt) -> bool:
    """Return whether a statement has a loop inside of an expression: it may do a whole function's work."""
    return not isinstance(statement, COMPOUND) and any(
        isinstance(n, COMPREHENSION) for n in ast.walk(statement)
    )


def _statements(owner: ast.AST) -> Iterator[ast.stmt]:
    for field in BLOCKS:
        for statement in getattr(owner, field, None) or ():
            yield statement
            yield from _statements(statement)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
