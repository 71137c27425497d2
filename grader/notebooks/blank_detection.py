"""Detect whether a graded function is still as it was handed out, with no code between its markers."""

from __future__ import annotations

import ast
import functools
import re
import textwrap
from collections.abc import Collection, Iterable, Iterator

START = re.compile(r"(START CODE HERE|YOUR CODE STARTS HERE)", re.IGNORECASE)
END = re.compile(r"(END CODE HERE|YOUR CODE ENDS HERE)", re.IGNORECASE)
# Matches stripped lines, and never in two ways, as students' text could make that slow.
_BLANK_LINE = re.compile(
    r"""(
        pass | \.\.\. | None
      | raise\s++NotImplementedError.*+
      | (for|while|if|elif|else)\b[^\#]*:           # the lines below decide
      | [^=]*=\s*+None(\s*+,\s*+None)*+                 # W1 = None, a[str(l)], b = None, None
    )?\s*+(\#.*+)?""",
    re.VERBOSE,
)
_HEADER = re.compile(r"[^#]{0,2000}:\s*(#.*)?")
_COPIES = {"copy", "deepcopy"}


@functools.lru_cache(maxsize=512)
def is_blank(source: str) -> bool:
    """Return whether every region between the markers of a function is empty; without markers, its body.

    A region is empty if its lines are comments, `pass`, `None`, assignments of None, or `raise
    NotImplementedError`. A function that computes what it returns is not blank, wherever its code is: some
    students write above the markers, and leave the region between them unchanged.
    """
    regions = _regions(source.split("\n"))
    if not regions:
        return _body_is_blank(source)
    return all(map(_is_blank_line, (line for region in regions for line in region))) and not _answers(source)


def text_is_blank(text: str) -> bool:
    """Return whether a text has a placeholder, as `...`, and nothing but lines of an empty region."""
    lines = text.split("\n")
    held = any(line.strip() and not line.lstrip().startswith("#") for line in lines)
    return held and all(map(_is_blank_line, lines))


@functools.lru_cache(maxsize=512)
def class_is_blank(source: str) -> bool:
    """Return whether no method of a class that students write has been written.

    Those are the methods with a marked region; without any, all but those of two underscores.
    """
    try:
        node = ast.parse(source).body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError, IndexError):
        return False
    members = node.body if isinstance(node, ast.ClassDef) else []
    methods = {one.name: one for one in members if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    lines = source.split("\n")
    texts = {
        name: textwrap.dedent("\n".join(lines[one.lineno - 1 : one.end_lineno]))
        for name, one in methods.items()
    }
    marked = [text for text in texts.values() if START.search(text)]
    left = marked or [text for name, text in texts.items() if not name.startswith("__")]
    if not methods:
        return all(isinstance(one, ast.Pass | ast.Expr) for one in members)
    return bool(left) and all(map(is_blank, left))


def breaks_by_being_blank(source: str) -> bool:
    """Return whether a function fails to parse only because the code between its markers is missing."""
    if not is_blank(source):
        return False
    lines = source.split("\n")
    filled: list[str] = []
    inside = False
    for number, line in enumerate(lines):
        filled.append(line)
        inside = not END.search(line) and (inside or START.search(line) is not None)
        indent = line[: len(line) - len(line.lstrip())]
        if START.search(line):
            filled.append(f"{indent}pass")
        elif inside and _HEADER.fullmatch(line) and not _goes_deeper(lines[number + 1 :], len(indent)):
            filled.append(f"{indent}    pass")
    try:
        ast.parse(textwrap.dedent("\n".join(filled)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _goes_deeper(lines: Iterable[str], indent: int) -> bool:
    """Return whether the first line of code is indented by more."""
    code = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return len(code) - len(code.lstrip()) > indent


def _is_blank_line(line: str) -> bool:
    return _BLANK_LINE.fullmatch(line.strip()) is not None


def _regions(lines: list[str]) -> list[list[str]]:
    """Return the lines between each start marker and its end marker."""
    regions: list[list[str]] = []
    inside = False
    for line in lines:
        marks = "code" in line.casefold()  # faster than two expressions
        if marks and END.search(line):
            inside = False
        elif marks and START.search(line):
            inside = True
            regions.append([])
        elif inside:
            regions[-1].append(line)
    return regions


def _body_is_blank(source: str) -> bool:
    """Return whether a function has only its docstring and statements of an empty region."""
    body = re.sub(r'[rR]?("""|\'\'\')(?s:.*?)\1', "", source)
    lines = body.split("\n")
    first = next((i for i, line in enumerate(lines) if _HEADER.fullmatch(line)), len(lines))
    return first + 1 < len(lines) and all(map(_is_blank_line, lines[first + 1 :]))


# ---------------------------------------------------------------- code beside the markers


def _answers(source: str) -> bool:
    """Return whether a function returns a value it made: not None, its input, or a name it never binds.

    The stub returns something. So a function without any `return` was written if it makes or prints something
    below a marker.
    """
    try:
        function = ast.parse(source).body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    if not isinstance(function, ast.FunctionDef):
        return False
    given = {argument.arg for argument in function.args.args}
    made: set[str] = set()
    statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
    for statement in sorted(statements, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(statement, ast.Return) and _is_made(statement.value, made, given):
            return True
        made.update(_makes(statement, made, given))
    if any(isinstance(statement, ast.Return) for statement in statements):
        return False
    marker = source[: START.search(source).start()].count("\n") + 1  # type: ignore[union-attr]  # it has a start marker
    below = [statement for statement in statements if statement.lineno > marker]
    return any(_prints(statement) or any(_makes(statement, made, given)) for statement in below)


def _prints(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
        case _:
            return False


def _makes(statement: ast.stmt, made: Collection[str], given: Collection[str]) -> Iterator[str]:
    """Yield the names that a statement gives a new value, as a whole or in part."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp()):  # `W = W - rate * dW`, too
            yield name
        case ast.Assign(targets=targets, value=value) if _is_made(value, made, given):
            read = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)} - {*made, *given}
            for target in _flat(targets):
                match target:
                    case ast.Name(id=name) if name not in read:  # `cost = np.squeeze(cost)` makes nothing
                        yield name
                    case ast.Subscript(value=ast.Name(id=name)):
                        yield name
        case ast.AugAssign(target=ast.Subscript(value=ast.Name(id=name))):
            yield name
        case ast.AugAssign(target=ast.Name(id=name), value=value) if _is_made(value, {*made, *given}, given):
            yield name
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):  # caches.append(cache)
            yield name
        case ast.For(target=target):
            yield from (node.id for node in _flat([target]) if isinstance(node, ast.Name))


def _is_made(value: ast.expr | None, made: Collection[str], given: Collection[str]) -> bool:
    match value:
        case None | ast.Constant(value=None):
            return False
        case ast.Name(id=name):
            return name in made
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
            inputs = {*made, *given}
            return bool(parts) and all(_is_made(part, inputs, given) for part in parts)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name not in _COPIES
        case _:
            return True


def _flat(targets: list[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        yield from target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
