"""Cache keys of programs: digests of the syntax trees of all that runs. Parses text, never compiles it.

Comments, docstrings, layout and positions make no difference, unless the program can read them.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import re
import warnings
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from grader.models.execution import Statement

LARGEST = 16 << 10
"""Characters up to which a statement is parsed."""

LOOKING = frozenset(
    {
        "ast", "attrgetter", "builtins", "cProfile", "compile", "dir", "dis", "doctest", "eval",
        "exec", "format_map", "gc", "get_field", "getattr", "globals", "help", "importlib",
        "inspect", "linecache", "locals", "logging", "methodcaller", "pdb", "pydoc", "sys",
        "tokenize", "traceback", "tracemalloc", "types", "unittest", "vars", "vformat", "warn",
        "warnings",
    }
)  # fmt: skip
"""Names through which a program may read its own source or position."""

INSIDES = "__", "_frame", "_code", "lineno", "filename"
"""Substrings of further such names."""

MEDDLING = frozenset(
    {"atexit", "contextvars", "ctypes", "decimal", "environ", "putenv", "signal", "threading", "weakref"}
)
"""Names through which a program may change global state; those in `LOOKING` allow it too."""

SETTING = re.compile(r"\bset(?!diff|xor)[a-z_]+\b")
"""Names of setters of global options."""

OUTLASTING = frozenset({"yield", "await", "del"})
"""Keywords of code that may run after a call, or end before it."""

RENAMING = re.compile(r"\bas\b[ \t]*+[(\[]?[ \t]*+\w++[ \t]*+[.\[(]")
STORING = re.compile(
    r"\.[ \t]*+\w++[ \t]*+(?:[-+*/%@&|^<>]{0,3}=(?!=)|:|in\b)"
    r"|^[\w\[\](), \t*'\"+-]*+\.[\w.\[\](), \t*'\"+-]*+=(?!=)"
    r"|\\\n|\)\s*+=(?!=)|^[^\[\]\n]*+\][ \t]*+=(?!=)",  # a statement of several lines
    re.MULTILINE,
)
"""Source text that may assign to an attribute. Without a match the statement need not be parsed."""

SUSPICIOUS = LOOKING | MEDDLING | OUTLASTING
WORD = re.compile(r"\w+")

ATTRIBUTES = re.compile(r"__|\{[^{}.:!\[]*[.\[]")
"""Text that names attributes, as the fields of `str.format` do."""

ASIDE = re.compile(r"#[^\n]*+|(\"\"\"|\'\'\')(?s:.*?)\1")
"""Comments and triple-quoted strings, as far as a regular expression finds them."""

FIELDS = {
    kind: tuple(field for field in kind._fields if field not in {"ctx", "kind", "type_comment"})
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
"""Kind of node -> its fields, without those that are redundant or mean nothing."""

OUTLIVING = frozenset({"Yield", "YieldFrom", "Await", "Stored"})
"""Kinds of nodes whose effects may outlive a call: attribute assignments and suspended generators."""

DOCUMENTED = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})
"""Kinds of nodes that may have a docstring."""


class Keys:
    """The cache keys of a program: by its syntax trees unless it can read its own source, and by its text.

    Args:
        statements: all that runs, in order.
        beside: everything else that the result depends on.
        own: the key of the function's own text, which is cheaper than all others.
    """

    def __init__(self, statements: Sequence[Statement], beside: object, own: bytes) -> None:
        self.own = own
        self._statements = statements
        self._beside = repr(beside).encode("utf-8", "surrogatepass")

    @property
    def length(self) -> int:
        """The number of characters of the program."""
        return sum(len(statement.source) for statement in self._statements)

    @property
    def exact(self) -> bytes:
        """The key shared by equivalent programs: of the trees, or else of the text."""
        return self.trees or self.text

    @functools.cached_property
    def trees(self) -> bytes:
        """The key of the syntax trees; empty if the program can read more of itself than those."""
        trees = [tree_of(statement.source).digest for statement in self._statements]
        return _sha256([b"trees", *trees, self._beside]) if all(trees) else b""

    @functools.cached_property
    def loose(self) -> bytes:
        """A cheap key of roughly the same text, which most programs of the same trees share."""
        return _sha256([*[_stripped(statement.source) for statement in self._statements], self._beside])

    @functools.cached_property
    def text(self) -> bytes:
        """The key of the same text at the same positions."""
        places = [(s.cell, s.line, s.column, len(s.source)) for s in self._statements]
        texts = "".join([statement.source for statement in self._statements])
        return _sha256([repr(places).encode(), texts.encode("utf-8", "surrogatepass"), self._beside])


def own_text(statements: Sequence[Statement]) -> bytes:
    """Return the key of roughly the same text of one function and what it needs, without its dependencies."""
    return _sha256([_stripped(statement.source) for statement in statements])


def _sha256(parts: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"\0".join(parts)).digest()


class Tree(NamedTuple):
    """The digest of a syntax tree, empty if the program can read more of itself than that.

    `meddles` is True if it may change global state. Such a list of names is never complete, and need not be.
    """

    digest: bytes = b""
    meddles: bool = True


@functools.lru_cache(maxsize=2048)
def _stripped(source: str) -> bytes:
    """Return the digest of a text without whitespace, comments and triple-quoted strings."""
    return _sha256(["".join(ASIDE.sub("", source).split()).encode("utf-8", "surrogatepass")])


@functools.lru_cache(maxsize=2048)
def meddles(source: str) -> bool:
    """Return whether a statement may change global state."""
    return _perhaps(source) and tree_of(source).meddles


def _perhaps(source: str) -> bool:
    """Return False if the text alone shows that a statement changes no global state."""
    words = words_of(source)
    return (
        not source.isascii()
        or not words.isdisjoint(SUSPICIOUS)
        or any(inside in source for inside in INSIDES)
        or ("set" in source and SETTING.search(source) is not None)
        or ("as" in words and RENAMING.search(source) is not None)
        or STORING.search(source) is not None
    )


@functools.lru_cache(maxsize=2048)
def words_of(source: str) -> frozenset[str]:
    """Return the words in a text, comments included."""
    return frozenset(WORD.findall(source))


@functools.lru_cache(maxsize=2048)
def tree_of(source: str) -> Tree:
    """Return the digest of a statement's syntax tree."""
    if len(source) > LARGEST:
        return Tree()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as of an invalid escape
            nodes = _flat(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Tree()
    names = "\n".join({node for node in nodes if isinstance(node, str)})
    words = words_of(names)
    if not words.isdisjoint(LOOKING) or any(inside in names for inside in INSIDES):
        return Tree()
    meddles = not (words.isdisjoint(MEDDLING) and OUTLIVING.isdisjoint(nodes)) or bool(SETTING.search(names))
    return Tree(_sha256([repr(nodes).encode("utf-8", "surrogatepass")]), meddles)


def _flat(tree: ast.AST) -> list[object]:
    """Flatten a syntax tree without positions and docstrings into kinds of nodes, names, lengths, constants.

    Raises:
        ValueError: a string may name attributes, or an integer is too long for a decimal representation.
    """
    flat: list[object] = []
    waiting: list[Any] = [tree]
    while waiting:  # iterative: expressions may be nested deeper than the stack allows
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
    """Return whether a statement is a string, as a docstring is."""
    return isinstance(statement, ast.Expr) and isinstance(getattr(statement.value, "value", None), str)
