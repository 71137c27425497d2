"""Code cells as top-level statements: what each binds, and what it reads. Text only; nothing is run."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.model import Cell, Statement

BUILTINS = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__"}
ALL = "*"
NONE: frozenset[str] = frozenset()
"""No names: one set for all statements without any, since each that is made takes 200 bytes."""

SMALL = 16 << 10
"""Characters up to which a cell is worth remembering."""

MAGIC = re.compile(r"([\w, ]+=\s*)?[%!]|\?")  # %matplotlib inline, !ls, files = !ls, ?np.dot
BINDING = re.compile(r"\b(?:lambda|for)\b|:=")
"""What an expression has in which names are bound. Without it, nothing can be wrong with its names."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One top-level statement of a cell. Only a `clean` one may become part of a program.

    Clean are imports, definitions and constants, and an `if` or `try` of nothing else: what a program
    needs. Everything else (calls, plots, loops) only leaves names behind. `reads` has the global names that
    a clean piece reads, also from inside its functions, builtins left out; `binds` those that it binds at
    top level, `*` when it may bind any; `words` every word of the text of one that is not clean. `module`
    is what a `from module import` names. The `statement`, which is what goes into a program, begins with
    its decorators.
    """

    kind: type[ast.stmt]
    statement: Statement
    clean: bool
    reads: frozenset[str]
    binds: frozenset[str]
    words: frozenset[str]
    module: str | None = None

    def placed(self, cell: int) -> Piece:
        """The same in the cell of a number."""
        there = Statement(cell, self.statement.line, self.statement.source, self.statement.column)
        return Piece(self.kind, there, self.clean, self.reads, self.binds, self.words, self.module)

    @property
    def cell(self) -> int:
        """The number of the cell that it is in."""
        return self.statement.cell


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that does not parse: where, and why."""

    cell: Cell
    line: int
    reason: str


Pieces = tuple[Piece, ...]


def parse_cell(cell: Cell) -> Pieces | Broken:
    """The top-level statements of a code cell, its magics left out, or why there are none.

    A cell of nothing but expressions that bind no name, such as calls of a student's own, counts as empty:
    nothing of it can ever be part of a program, or be missed in one.
    """
    if len(cell.source) > SMALL:
        pieces = _placed(_pieces(cell.source), cell.number)
    else:
        pieces = _known(cell.source, cell.number)
    return Broken(cell, pieces.lineno or 1, pieces.msg) if isinstance(pieces, SyntaxError) else pieces


def without_magics(source: str) -> str:
    """The source with `pass` for each line that IPython alone understands."""
    return "\n".join(map(_without_magic, source.split("\n")))


def _without_magic(line: str) -> str:
    text = line.strip()
    if MAGIC.match(text) or (text.endswith("?") and "#" not in text):
        return line[: len(line) - len(line.lstrip())] + "pass"
    return line


@lru_cache(maxsize=2048)
def _known(source: str, number: int) -> Pieces | SyntaxError:
    """The pieces of a cell. In a class, most cells are those of everybody, a few places up or down."""
    return _placed(_known_pieces(source), number)


@lru_cache(maxsize=1024)
def _known_pieces(source: str) -> Pieces | SyntaxError:
    return _pieces(source)


def _placed(pieces: Pieces | SyntaxError, number: int) -> Pieces | SyntaxError:
    if isinstance(pieces, SyntaxError):
        return pieces
    return tuple([piece.placed(number) for piece in pieces])


def _pieces(source: str) -> Pieces | SyntaxError:
    start = source.lstrip()
    if start.startswith("%%") and not start.startswith(("%%time", "%%capture", "%%prun")):
        return ()  # the cell is not Python
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in a text harms nothing
        pieces = _parsed(source)
        return _parsed(without_magics(source)) if isinstance(pieces, SyntaxError) else pieces


def _parsed(source: str) -> Pieces | SyntaxError:
    try:
        body = ast.parse(source).body
        if all(type(node) is ast.Expr for node in body) and not BINDING.search(source):
            return ()
        lines = re.split(rb"\r\n?|\n", source.encode())  # as Python counts lines
        pieces = tuple([_piece(node, lines) for node in body])
        if not all(piece.clean for piece in pieces):
            _symbols(source)  # finds what is wrong with names: a parameter that is there twice
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(f"it cannot be read ({type(error).__name__})")
    return pieces


def _piece(node: ast.stmt, lines: list[bytes]) -> Piece:
    clean, line = _clean(node), _first_line(node)
    source = _text(node, line, lines)
    return Piece(
        kind=type(node),
        statement=Statement(0, line, source, node.col_offset),
        clean=clean,
        reads=_reads(source, line) if clean else NONE,
        binds=frozenset(bound_names(node)),
        words=NONE if clean else frozenset(re.findall(r"\w+", source)),
        module=node.module if isinstance(node, ast.ImportFrom) else None,
    )


def _reads(source: str, line: int) -> frozenset[str]:
    try:
        return frozenset(_read(_symbols(source))) - BUILTINS
    except SyntaxError as error:
        error.lineno = (error.lineno or 1) + line - 1
        raise


def _symbols(source: str) -> symtable.SymbolTable:
    return symtable.symtable(source, "<cell>", "exec")


def _text(node: ast.stmt, first: int, lines: list[bytes]) -> str:
    """The source of a top-level statement. Columns are in bytes of UTF-8, as `ast` has them."""
    text = lines[first - 1 : node.end_lineno]
    text[-1] = text[-1][: node.end_col_offset]
    text[0] = text[0][node.col_offset if first == node.lineno else 0 :]
    return b"\n".join(text).decode()


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _clean(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return True
        case ast.Assign(targets=targets, value=value):
            return all(isinstance(t, ast.Name | ast.Tuple) for t in targets) and _constant(value)
        case ast.AnnAssign(target=ast.Name(), value=ast.expr() as value):
            return _constant(value)
        case ast.If(test=test, body=body, orelse=orelse):
            return _constant(test) and all(map(_clean, [*body, *orelse]))
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
            handled = [statement for handler in handlers for statement in handler.body]
            return all(_clean(s) or isinstance(s, ast.Pass) for s in [*body, *handled, *orelse, *final])
        case _:
            return False


def _constant(node: ast.expr) -> bool:
    """Whether an expression is made of literals, names and arithmetic: it calls and indexes nothing."""
    harmless = (
        ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp,
        ast.BinOp, ast.BoolOp, ast.Compare, ast.Lambda, ast.expr_context, ast.operator, ast.unaryop,
        ast.cmpop, ast.boolop,
    )  # fmt: skip
    if isinstance(node, ast.Lambda):
        return True
    return all(isinstance(part, harmless) for part in ast.walk(node))


def bound_names(statement: ast.AST) -> Iterator[str]:
    """The names that a statement binds at top level; those inside its functions are not."""
    waiting = [statement]
    while waiting:  # no recursion: a student's expression may be as deep as Python reads
        node = waiting.pop()
        match node:
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from ((alias.asname or alias.name.split(".")[0]) for alias in aliases)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                pass
            case _:
                waiting += ast.iter_child_nodes(node)


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_declared_global() or (symbol.is_referenced() and (top or symbol.is_global())):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _read(child)
