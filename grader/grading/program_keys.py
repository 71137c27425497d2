"""Keys of programs: digests of the syntax trees of all that is run. Text only; it is parsed, never compiled.

Comments, docstrings, layout and places make no difference, unless the program may see them.
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
"""Characters of a statement whose tree is looked at."""

LOOKING = frozenset(
    {
        "ast", "attrgetter", "builtins", "cProfile", "compile", "dir", "dis", "doctest", "eval",
        "exec", "format_map", "gc", "get_field", "getattr", "globals", "help", "importlib",
        "inspect", "linecache", "locals", "logging", "methodcaller", "pdb", "pydoc", "sys",
        "tokenize", "traceback", "tracemalloc", "types", "unittest", "vars", "vformat", "warn",
        "warnings",
    }
)  # fmt: skip
"""Words by which a program may see its own text, or where it stands."""

INSIDES = "__", "_frame", "_code", "lineno", "filename"
"""What is in names by which it may, too."""

MEDDLING = frozenset({"atexit", "contextvars", "ctypes", "decimal", "signal", "threading", "weakref"})
"""Words by which one may change what is not its own, as what it may look at itself by is too."""

SETTING = re.compile(r"\bset(?!diff|xor)[a-z_]+\b")
"""Names of what sets something for all."""

OUTLASTING = frozenset({"yield", "await", "del"})
"""Keywords of what may go on after a call, or end before it."""

RENAMING = re.compile(r"\bas\b[ \t]*+[(\[]?[ \t]*+\w++[ \t]*+[.\[(]")
STORING = re.compile(
    r"\.[ \t]*+\w++[ \t]*+(?:[-+*/%@&|^<>]{0,3}=(?!=)|:|in\b)"
    r"|^[\w\[\](), \t*'\"+-]*+\.[\w.\[\](), \t*'\"+-]*+=(?!=)"
    r"|\\\n|\)\s*+=(?!=)|^[^\[\]\n]*+\][ \t]*+=(?!=)",  # a statement of several lines
    re.MULTILINE,
)
"""What a text has in which an attribute may be set. Without it, its tree need not be looked at."""

SUSPICIOUS = LOOKING | MEDDLING | OUTLASTING
WORD = re.compile(r"\w+")

ATTRIBUTES = re.compile(r"__|\{[^{}.:!\[]*[.\[]")
"""What a text has that names attributes, as the fields of `str.format` do."""

ASIDE = re.compile(r"#[^\n]*+|(\"\"\"|\'\'\')(?s:.*?)\1")
"""Comments and texts of several lines, as far as an expression finds them."""

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

    @property
    def length(self) -> int:
        """The characters of the program."""
        return sum(len(statement.source) for statement in self._statements)

    @property
    def exact(self) -> bytes:
        """The key of all programs that do the same: that of the trees, or else of the text."""
        return self.trees or self.text

    @functools.cached_property
    def trees(self) -> bytes:
        """The key of the same syntax trees; empty where that is not all that a program sees of itself."""
        trees = [tree_of(statement.source).digest for statement in self._statements]
        return _sha256([b"trees", *trees, self._beside]) if all(trees) else b""

    @functools.cached_property
    def loose(self) -> bytes:
        """The key of about the same text, for little time: most programs of the same trees share it."""
        return _sha256([*[_stripped(statement.source) for statement in self._statements], self._beside])

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


@functools.lru_cache(maxsize=2048)
def _stripped(source: str) -> bytes:
    """The digest of a text without blanks, comments and texts of several lines."""
    return _sha256(["".join(ASIDE.sub("", source).split()).encode("utf-8", "surrogatepass")])


def meddles(source: str) -> bool:
    """Whether a statement may change what is not its own."""
    return _perhaps(source) and tree_of(source).meddles


def _perhaps(source: str) -> bool:
    """Whether the text alone does not show that a statement changes nothing but its own."""
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
    """The words in a text: its names, its keywords, and what its comments say."""
    return frozenset(WORD.findall(source))


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
    words = words_of(names)
    if not words.isdisjoint(LOOKING) or any(inside in names for inside in INSIDES):
        return Tree()
    meddles = not (words.isdisjoint(MEDDLING) and OUTLIVING.isdisjoint(nodes)) or bool(SETTING.search(names))
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
