"""Keys of programs: digests of the syntax trees of all that is run. Text only; it is parsed, never compiled.

Comments, docstrings, layout and places make no difference, unless the program may see them.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from grader.model import Statement

LARGEST = 16 << 10
"""Characters of a statement whose tree is looked at."""

LOOKING = re.compile(
    r"__|_frame|_code|lineno|filename"
    r"|\b(?:eval|exec|compile|getattr|attrgetter|methodcaller|vars|dir|help|globals|locals|format_map|vformat"
    r"|get_field|inspect|sys|gc|traceback|warnings|warn|linecache|tracemalloc|cProfile|pdb|logging|unittest"
    r"|doctest|pydoc|types|ast|dis|tokenize|builtins|importlib)\b"
)
"""Names by which a program may see its own text, or where it stands."""

MEDDLING = re.compile(
    r"\b(?:weakref|atexit|threading|signal|ctypes|contextvars|decimal|set(?!diff|xor)[a-z_]+)\b"
)
"""Names by which one may change what is not its own, as what it may look at itself by is too."""

PERHAPS = re.compile(
    rf"{LOOKING.pattern}|{MEDDLING.pattern}|\b(?:yield|await|del)\b"
    r"|\bas\b[ \t]*+[(\[]?[ \t]*+\w++[ \t]*+[.\[(]"
    r"|\.[ \t]*+\w++[ \t]*+(?:[-+*/%@&|^<>]{0,3}=(?!=)|:|in\b)"
    r"|^[\w\[\](), \t*'\"+-]*+\.[\w.\[\](), \t*'\"+-]*+=(?!=)"
    r"|\\\n|\)\s*+=(?!=)|^[^\[\]\n]*+\][ \t]*+=(?!=)",  # a statement of several lines
    re.MULTILINE,
)
"""What a text has in which something may meddle. Without it, its tree need not be looked at."""

ATTRIBUTES = re.compile(r"__|\{[^{}.:!\[]*[.\[]")
"""What a text has that names attributes, as the fields of `str.format` do."""

FIELDS = {
    kind: tuple(field for field in kind._fields if field not in {"ctx", "kind", "type_comment"})
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
"""Kind of node -> its fields, but for those that follow from the others, or mean nothing."""

OUTLIVING = frozenset({"Yield", "YieldFrom", "Await", "Stored"})
"""Kinds of nodes whose effects may outlive a call: attributes that are set, and generators that wait."""

DOCUMENTED = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})
"""Kinds of nodes that may have a docstring."""


class Keys:
    """The keys of a program: that of its syntax trees, if it sees no more of itself, and that of its text.

    Args:
        statements: all that is run, in order.
        beside: what else decides what comes of it.
    """

    def __init__(self, statements: Sequence[Statement], beside: object) -> None:
        self._statements = statements
        self._beside = repr(beside).encode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[bytes]:
        if self.trees:
            yield self.trees
        yield self.text

    @functools.cached_property
    def trees(self) -> bytes:
        """The key of the same syntax trees; empty where that is not all that a program sees of itself."""
        trees = [tree_of(statement.source).digest for statement in self._statements]
        return _sha256([b"trees", *trees, self._beside]) if all(trees) else b""

    @functools.cached_property
    def text(self) -> bytes:
        """The key of the same text at the same places."""
        places = [(s.cell, s.line, s.column, len(s.source)) for s in self._statements]
        texts = "".join([statement.source for statement in self._statements])
        return _sha256([repr(places).encode(), texts.encode("utf-8", "surrogatepass"), self._beside])


def _sha256(parts: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"\0".join(parts)).digest()


class Tree(NamedTuple):
    """What is known of a syntax tree: its digest, empty if a program may see more of itself than that.

    `meddles` if it may change what is not its own. No list of such means is complete, and none has to be.
    """

    digest: bytes = b""
    meddles: bool = True


def meddles(source: str) -> bool:
    """Whether a statement may change what is not its own."""
    return (not source.isascii() or PERHAPS.search(source) is not None) and tree_of(source).meddles


@functools.lru_cache(maxsize=2048)
def tree_of(source: str) -> Tree:
    """The syntax tree of a statement."""
    if len(source) > LARGEST:
        return Tree()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in a text harms nothing
            nodes = _flat(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Tree()
    names = "\n".join({node for node in nodes if isinstance(node, str)})
    if LOOKING.search(names):
        return Tree()
    meddles = MEDDLING.search(names) is not None or not OUTLIVING.isdisjoint(nodes)
    return Tree(_sha256([repr(nodes).encode("utf-8", "surrogatepass")]), meddles)


def _flat(tree: ast.AST) -> list[object]:
    """All of a syntax tree but places and docstrings: kinds of nodes, names, lengths, and constants.

    Raises:
        ValueError: there is a text in it that may name attributes, or an integer that has no decimals.
    """
    flat: list[object] = []
    waiting: list[Any] = [tree]
    while waiting:  # no recursion: an expression may be as deep as Python reads
        node = waiting.pop()
        kind = type(node)
        if kind is list:
            flat.append(len(node))
            waiting.extend(node)
        elif kind not in FIELDS:
            flat.append(node)
        elif kind is ast.Constant:
            if isinstance(node.value, str) and ATTRIBUTES.search(node.value):
                raise ValueError(node.value)
            flat.append((type(node.value).__name__, repr(node.value)))
        elif kind is ast.Attribute and node.attr == "format" and type(node.value) is not ast.Constant:
            raise ValueError("a text that is made only when it runs")
        else:
            if kind in DOCUMENTED and _is_text(node.body[0]):
                del node.body[0]
            if kind is ast.Attribute and type(node.ctx) is not ast.Load:
                flat.append("Stored")
            flat.append(kind.__name__)
            waiting.extend([getattr(node, field, None) for field in FIELDS[kind]])
    return flat


def _is_text(statement: ast.stmt) -> bool:
    """Whether a statement is a text: the first one of a function is its docstring."""
    return isinstance(statement, ast.Expr) and isinstance(getattr(statement.value, "value", None), str)
