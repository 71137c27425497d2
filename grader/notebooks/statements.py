"""Split code cells into top-level statements, with the names that each binds and reads. Static only."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.models.execution import Statement
from grader.models.submission import Cell
from grader.notebooks.magics import python_body, python_of, written_file
from grader.notebooks.python_versions import needed_python

OF_NOTEBOOKS = frozenset({"display", "get_ipython", "In", "Out", "_", "__", "___", "exit", "quit"})
"""Names that every notebook has; where student code runs, they are stand-ins."""

BUILTINS = frozenset(dir(builtins)) | {"__name__", "__doc__"} | OF_NOTEBOOKS
ALL = "*"
NONE: frozenset[str] = frozenset()
"""No names: one set shared by all statements without any, as each new one takes 200 bytes."""

SMALL = 16 << 10
"""The longest cell, in characters, that is cached."""

TypeAlias: type[ast.stmt] = getattr(ast, "TypeAlias", ast.FunctionDef)  # new in Python 3.12
"""`type X = ...`: its names are looked up lazily."""

BINDING = re.compile(r"\b(?:lambda|for)\b|:=")
"""What an expression that binds names has. Without it, nothing can be wrong with its names."""

RESET = "reset_namespace"
"""The translation of `%reset -f`, after which no name is bound."""

RANDOM = "random generator"
"""The pseudo-name that a call of `seed` changes; it is no valid name."""

MODULES = frozenset({"np", "plt"})
"""Modules that most calls of a notebook are attributes of, and that none changes."""

CHANGES_ARGUMENT = frozenset(
    {
        "shuffle", "fill_diagonal", "copyto", "put", "place", "putmask", "at", "heapify", "heappush",
        "reload", "save", "savez", "savetxt", "dump",
    }
)  # fmt: skip
"""Functions of NumPy and of Python that are called to change their arguments."""

BINDS_ANY = frozenset(
    {"exec", "globals", "vars", "locals", "setattr", "__main__", "run_cell", "user_ns", "run_file"}
)
"""Words of a statement that may bind names given as strings, or not in it at all."""

OF_SHELL = re.compile(r"\b(?:get_ipython\(\)|ipython|shell|ip)\.(?:ex|push)[ \t]?\(")
"""Methods of IPython's shell that do so too; of anything else, as of a stack, they have other meanings."""

IDLE = BUILTINS - BINDS_ANY - {"get_ipython"}
"""Builtins that bind nothing when they are called."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One top-level statement of a cell.

    Imports, definitions and constants are clean, and an `if` or `try` of nothing else: they only define.
    Other statements (calls, plots, loops) are run for a program only if they make what it needs. `reads` has
    the global names that a clean piece reads, also inside its functions, without builtins; `binds` those that
    it binds at top level, `*` if it may bind any; `changes` those that a piece which is not clean may delete,
    or change the objects of; `words` every word of its text. `module` is the module of a `from module
    import`, or the one that a `%%writefile` cell writes, which is one piece. The `statement`, which goes into
    a program, begins with its decorators.
    """

    kind: type[ast.stmt]
    statement: Statement
    clean: bool
    reads: frozenset[str]
    binds: frozenset[str]
    words: frozenset[str]
    changes: frozenset[str] = NONE
    module: str | None = None

    def placed(self, cell: int) -> Piece:
        """Return the same piece in the cell of a number."""
        there = Statement(cell, self.statement.line, self.statement.source, self.statement.column)
        return Piece(
            self.kind, there, self.clean, self.reads, self.binds, self.words, self.changes, self.module
        )

    @property
    def cell(self) -> int:
        """Return the number of its cell."""
        return self.statement.cell

    @property
    def binds_any(self) -> bool:
        """Return whether it may bind names given as strings, or not in it at all."""
        return not self.clean and ALL in self.binds


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that does not parse: the line and the reason."""

    cell: Cell
    line: int
    reason: str


Pieces = tuple[Piece, ...]


def parse_cell(cell: Cell) -> Pieces | Broken:
    """Return the top-level statements of a code cell without its magics, or why it does not parse.

    A cell with only expressions that bind no name, such as calls, counts as empty: no program can need any of
    it.
    """
    if len(cell.source) > SMALL:
        pieces = _placed(_pieces(cell.source), cell.number)
    else:
        pieces = _known(cell.source, cell.number)
    return Broken(cell, pieces.lineno or 1, pieces.msg) if isinstance(pieces, SyntaxError) else pieces


@lru_cache(maxsize=2048)
def _known(source: str, number: int) -> Pieces | SyntaxError:
    """Return the pieces of a cell, cached: in a class, most cells are the same, at nearby numbers."""
    return _placed(_known_pieces(source), number)


@lru_cache(maxsize=1024)
def _known_pieces(source: str) -> Pieces | SyntaxError:
    return _pieces(source)


def _placed(pieces: Pieces | SyntaxError, number: int) -> Pieces | SyntaxError:
    if isinstance(pieces, SyntaxError):
        return pieces
    return tuple([piece.placed(number) for piece in pieces])


def _pieces(source: str) -> Pieces | SyntaxError:
    if source.lstrip().startswith("%%"):
        if file := _file(source):
            return (file,)
        body = python_body(source)
        if body is None:
            return ()  # the cell is not Python
        source = body
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in a string does not matter
        pieces = _parsed(source)
        if isinstance(pieces, SyntaxError) and (python := python_of(source)) != source:
            source, pieces = python, _parsed(python)
        if isinstance(pieces, SyntaxError) and (version := needed_python(source)):
            pieces.msg = f"it needs Python {_dotted(version)}; this is {_dotted(sys.version_info[:2])}"
    return pieces


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _file(source: str) -> Piece | None:
    """Return the piece of a cell that writes a module; the first line of its statement names the module."""
    file = written_file(source)
    if file is None:
        return None
    text = f"%%writefile {'-a ' if file.appended else ''}{file.module}\n{file.text}"
    return Piece(ast.Pass, Statement(0, file.line, text), True, NONE, NONE, NONE, module=file.module)


def _parsed(source: str) -> Pieces | SyntaxError:
    try:
        body = _reached(ast.parse(source).body)
        if all(type(node) is ast.Expr for node in body) and not BINDING.search(source):
            body = [node for node in body if _acts(node)]
        lines = re.split(rb"\r\n?|\n", source.encode())  # as Python counts lines
        pieces = tuple([_piece(node, lines) for node in body])
        if not all(piece.clean for piece in pieces):
            _symbols(source)  # raises for wrong names, such as a repeated parameter
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        if "null bytes" in str(error):  # a ValueError before Python 3.11.4
            return SyntaxError(str(error))
        return SyntaxError(f"it cannot be read ({type(error).__name__})")
    return pieces


def _piece(node: ast.stmt, lines: list[bytes]) -> Piece:
    clean, line = _clean(node), _first_line(node)
    source = _text(node, line, lines)
    statement = Statement(0, line, source, node.col_offset)
    binds = frozenset(bound_names(node))
    if clean:
        module = node.module if isinstance(node, ast.ImportFrom) else None
        return Piece(type(node), statement, True, _reads(source, line), binds, NONE, module=module)
    words = frozenset(re.findall(r"\w+", source))
    changes = frozenset(changed(node))
    if not words.isdisjoint(BINDS_ANY) or OF_SHELL.search(source):
        binds |= {ALL}
        changes |= words - BUILTINS
    return Piece(type(node), statement, False, NONE, binds, words, changes)


def _reached(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return the statements of a cell up to one that certainly raises: Jupyter runs none below."""
    for number, node in enumerate(body):
        if _stops(node):
            return body[:number]
    return body


def _stops(node: ast.stmt) -> bool:
    match node:
        case ast.Raise() | ast.Assert(test=ast.Constant(value=False | 0)):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="sys"), attr="exit"))):
            return True
        case _:
            return False


def ignored(cell: Cell) -> str:
    """Return why Jupyter defines nothing of a cell, or not all, as a predicate; empty if it does."""
    if cell.source.lstrip().startswith("%%timeit"):
        return "is run by %%timeit, which keeps nothing of it"
    try:
        body = ast.parse(python_body(cell.source) or "").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    stop = next((node for node in body if _stops(node)), None)
    return f"ends in line {stop.lineno}, which raises an exception: nothing below is run" if stop else ""


def _acts(node: ast.stmt) -> bool:
    """Return whether an expression may change or bind something; the author's functions may do anything."""
    called = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(isinstance(one, ast.Name) and one.id not in IDLE for one in called) or any(changed(node))


def _reads(source: str, line: int) -> frozenset[str]:
    try:
        return frozenset(_read(_symbols(source)))
    except SyntaxError as error:
        error.lineno = (error.lineno or 1) + line - 1
        raise


def _symbols(source: str) -> symtable.SymbolTable:
    return symtable.symtable(source, "<cell>", "exec")


def _text(node: ast.stmt, first: int, lines: list[bytes]) -> str:
    """Return the source of a top-level statement. Columns are in bytes of UTF-8, as in `ast`."""
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
        case TypeAlias():
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
    """Return whether an expression has only literals, names and arithmetic, without calls and indexing."""
    allowed = (
        ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp,
        ast.BinOp, ast.BoolOp, ast.Compare, ast.Lambda, ast.expr_context, ast.operator, ast.unaryop,
        ast.cmpop, ast.boolop,
    )  # fmt: skip
    if isinstance(node, ast.Lambda):
        return True
    return all(isinstance(part, allowed) for part in ast.walk(node))


def bound_names(statement: ast.AST) -> Iterator[str]:
    """Yield the names that a statement binds at top level, not those inside its functions."""
    waiting = [statement]
    while waiting:  # no recursion: a student's expression may be as deep as Python parses
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
                if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
                    yield node.name
                waiting += ast.iter_child_nodes(node)


def changed(statement: ast.AST) -> Iterator[str]:
    """Yield the names whose objects a statement may change in place, or that it deletes.

    Setting a part, or calling a method, may change an object.
    """
    for node in ast.walk(statement):
        match node:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                yield from root_of(node)
            case ast.Name(id=name, ctx=ast.Del()):
                yield name
            case ast.Call(func=ast.Attribute(attr="seed")):
                yield RANDOM
            case ast.Call(func=ast.Attribute(attr=name) as method, args=arguments, keywords=keywords):
                yield from MODULES.symmetric_difference(root_of(method)) - MODULES
                if name in CHANGES_ARGUMENT:
                    yield from (argument.id for argument in arguments if isinstance(argument, ast.Name))
                for keyword in keywords:
                    if keyword.arg == "out":
                        yield from root_of(keyword.value)
            case ast.Call(func=ast.Name(id=name), args=arguments) if name not in IDLE:
                yield from (argument.id for argument in arguments if isinstance(argument, ast.Name))


def root_of(node: ast.expr) -> Iterator[str]:
    """Yield the name at the root of attributes and subscripts."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


@lru_cache(maxsize=512)
def read_when_run(source: str) -> frozenset[str]:
    """Return the global names that a statement reads which is not clean; `RANDOM` if it may draw numbers."""
    try:
        names = _reads(source, 1)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return NONE  # running it raises the error
    return names | {RANDOM} if re.search(r"\b(?:random|rand|randn|rng)\b", source) else names


@lru_cache(maxsize=512)
def read_without_annotations(source: str) -> frozenset[str]:
    """Return the global names that a statement reads where annotations are not evaluated."""
    return _reads(f"from __future__ import annotations\n{source}", 0)


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    if isinstance(table, symtable.Function):
        yield from table.get_globals()  # in a fraction of the time that it takes to make its symbols
    else:
        top = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_declared_global() or (symbol.is_referenced() and (top or symbol.is_global())):
                yield symbol.get_name()
    for child in table.get_children():
        yield from _read(child)
