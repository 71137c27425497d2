"""Fingerprint a function's source, whatever its names, comments and layout.

Winnowing: Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD
2003, applied to the syntax tree of a function in source order.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

GRAM = 16
"""The tokens that one hash covers: about two statements. Shorter matches are not significant."""

WINDOW = 8
"""One of so many consecutive hashes is kept, so every match of `GRAM + WINDOW - 1` tokens is found."""

Hashes = NDArray[np.uint64]

_POWERS = np.uint64(0x9E3779B97F4A7C15) ** np.arange(GRAM, dtype=np.uint64)  # modulo 2^64
_MIX = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprints:
    """The hashes kept of a source, (n,), and the lines of each one's tokens, counted from 1, (n, GRAM)."""

    hashes: Hashes
    lines: NDArray[np.intp]


@functools.lru_cache(maxsize=2048)
def fingerprints(source: str) -> Fingerprints:
    """Return the fingerprints of a function; none if it does not parse."""
    tokens, lines = _tokens(source)
    if len(tokens) < GRAM:
        return Fingerprints(np.empty(0, np.uint64), np.empty((0, GRAM), np.intp))
    numbers = np.fromiter(map(_number, tokens), np.uint64, len(tokens))
    hashes = _windows(numbers, GRAM) @ _POWERS  # (tokens - GRAM + 1,)
    hashes = (hashes ^ (hashes >> np.uint64(32))) * _MIX  # hashes should be ordered at random
    kept = _winnowed(hashes)
    return Fingerprints(hashes[kept], _windows(np.array(lines, np.intp), GRAM)[kept])


def _winnowed(hashes: Hashes) -> NDArray[np.intp]:
    """Return the index of the least hash of each window, the last of equal ones."""
    width = min(WINDOW, len(hashes))
    windows = _windows(hashes, width)[:, ::-1]  # reversed: argmin gives the first
    least = np.arange(len(windows)) + width - 1 - windows.argmin(axis=1)
    return np.flatnonzero(np.bincount(least))


def _windows(row: NDArray[Any], width: int) -> NDArray[Any]:
    """Return all windows of a contiguous row, (len(row) - width + 1, width)."""
    return np.ndarray((len(row) - width + 1, width), row.dtype, row, strides=row.strides * 2)


@functools.lru_cache(maxsize=4096)
def _number(token: str) -> int:
    """Hash a token to the same number in every process, unlike `hash`."""
    return int.from_bytes(hashlib.blake2b(token.encode("utf-8", "replace"), digest_size=8).digest(), "little")


# ---------------------------------------------------------------- tokens

_TEXTS = {ast.Name: "id", ast.arg: "arg", ast.Attribute: "attr", ast.keyword: "arg", ast.Constant: "value"}


def _tokens(source: str) -> tuple[list[str], list[int]]:
    """Return the nodes of a source in order, and their lines; names that it binds are all alike."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in a string does not matter
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [], []
    tokens, lines, bound, line = [], [], set(), 1
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        line = getattr(node, "lineno", line)
        token = _token(node)
        tokens.append(token)
        lines.append(line)
        if type(node) is ast.arg:
            bound |= {token, f"Name {node.arg!r:.80}"}
        elif type(node) is ast.Name and type(node.ctx) is ast.Store:
            bound.add(token)
        waiting += _children(node)
    return ["a name" if token in bound else token for token in tokens], lines


def _token(node: ast.AST) -> str:
    """Return the kind of a node, and its text if it has one."""
    kind = type(node)
    text = _TEXTS.get(kind)
    return f"{kind.__name__} {getattr(node, text)!r:.80}" if text else kind.__name__


def _children(node: ast.AST) -> list[ast.AST]:
    """Return the child nodes, the last first, without docstrings and expression contexts."""
    children: list[ast.AST] = []
    for name in reversed(node._fields):
        value = getattr(node, name, None)
        if type(value) is list:
            children += [item for item in reversed(value) if isinstance(item, ast.AST) and not _is_text(item)]
        elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
            children.append(value)
    return children


def _is_text(node: ast.AST) -> bool:
    return type(node) is ast.Expr and type(node.value) is ast.Constant
