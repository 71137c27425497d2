"""Explain exceptions about names: misspelled, never set, or parameters of a function, from its source."""

from __future__ import annotations

import ast
import builtins
import difflib
import functools
import re
from collections.abc import Iterable, Iterator

import numpy as np

from grader.models.execution import Failure
from grader.models.submission import Part

ATTRIBUTE = re.compile(r"module 'numpy(\.\w{1,20})?' has no attribute '(\w{1,60})'", re.ASCII)
LOCAL = re.compile(r"(?:cannot access )?local variable '(\w{1,60})'", re.ASCII)
CALLED = re.compile(
    r"(?:\w{1,60}\.)?(\w{1,60})\(\) "
    r"(?:missing (\d+) required positional argument|takes (?:from \d+ to )?(\d+) positional)",
    re.ASCII,
)
MISSING = re.compile(r"'(\w{1,60})'", re.ASCII)
UNEXPECTED = re.compile(r"(\w{1,60})\(\) got an unexpected keyword argument '(\w{1,60})'", re.ASCII)


def known_names(function: str, part: Part) -> set[str]:
    """Return the names that a function can use: its own, those of the notebook that it needs, and Python's.

    Args:
        function: the name of the function.
        part: the statements that it needs.

    Returns:
        the names, without those inside other functions.
    """
    own = definition_of(function, part)
    inside = (
        {node.arg for node in ast.walk(own) if isinstance(node, ast.arg)} | names_set(own) if own else set()
    )
    top = [
        statement
        for tree in _trees(statement.source for statement in part.statements)
        for statement in tree.body
    ]
    defined = {statement.name for statement in top if isinstance(statement, ast.FunctionDef | ast.ClassDef)}
    bound = {name for statement in top for name in _set_directly(statement)}
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for statement in top
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for alias in statement.names
    }
    common = {name for name in vars(builtins) if name.islower()}
    return inside | defined | bound | imported | common | part.uses


def meant(name: str, names: Iterable[str]) -> str:
    """Return a question with the name that was probably meant.

    Args:
        name: the name as written.
        names: the known names.

    Returns:
        the question; "" if no name is alike enough.
    """
    others = {*names} - {name, f"d{name}", name.removeprefix("d")}  # a gradient is no misspelling
    alike = difflib.get_close_matches(name, sorted(others), 1, cutoff=0.8)
    return f"Did you mean `{alike[0]}`?" if alike else ""


def arguments(failure: Failure, function: str, part: Part) -> str:
    """Explain a call with too few or too many arguments, or an unknown attribute of NumPy.

    Args:
        failure: the exception.
        function: the graded function.
        part: the statements that it needs.

    Returns:
        the explanation, or "".
    """
    if failure.exception == "AttributeError" and (match := ATTRIBUTE.match(failure.text)):
        return meant(match[2], dir(np))
    if failure.exception != "TypeError":
        return ""
    if match := UNEXPECTED.search(failure.text):
        return f"{match[1]} has no parameter `{match[2]}`{_signature(match[1], part)}."
    match = CALLED.search(failure.text)
    if match is None:
        return ""
    if match[1] == function and not _is_called_in(function, part):
        names = " and ".join(f"`{name}`" for name in MISSING.findall(failure.text.partition(":")[2]))
        if names:
            return f"It is called without {names}: take that parameter away, or give it a default value."
        return f"It is called with more arguments than it has parameters{_signature(function, part)}."
    name = match[1]
    packed = next((text for text in _packed(name, part)), "")
    if match[2] and packed:
        return (
            f"{name} is given one tuple, `{packed}`, where it takes single arguments{_signature(name, part)}."
        )
    return f"{name} is called with too {'few' if match[2] else 'many'} arguments{_signature(name, part)}."


def unset(failure: Failure, function: str, part: Part) -> str:
    """Explain an UnboundLocalError by the places that would set the name.

    Args:
        failure: the exception.
        function: the graded function.
        part: the statements that it needs.

    Returns:
        the explanation, or "".
    """
    match = LOCAL.search(failure.text) if failure.exception == "UnboundLocalError" else None
    definition = definition_of(function, part)
    if match is None or definition is None:
        return ""
    name = match[1]
    if _is_read_first(name, definition):
        return f"`{name}` is read before the line that sets it."
    if name in {n for one in definition.body for n in _set_directly(one)}:
        return ""  # it is set here: a function that this calls has one of the same name
    loops = [n for n in ast.walk(definition) if isinstance(n, ast.For) and name in _names_in(n.target)]
    if loops:
        inside = " ".join(
            f"`{name}` is set by the loop over `{ast.unparse(loop.iter)[:60]}`, which has no turn here."
            for loop in loops[:1]
        )
        return f"{inside} After the loop it does not exist."
    within = [n for n in ast.walk(definition) if isinstance(n, ast.For | ast.While) and name in names_set(n)]
    if within:
        return f"`{name}` is only set inside a loop, which has no turn here, or set after it is read."
    branches = [n for n in ast.walk(definition) if isinstance(n, ast.If) and name in names_set(n)]
    if branches:
        tests = ", ".join(f"`{ast.unparse(one.test)[:60]}`" for one in branches[:3])
        return f"`{name}` is only set where {tests} holds, and here it does not."
    return ""


def _is_read_first(name: str, definition: ast.FunctionDef) -> bool:
    """Return whether a name is read on a line before the first that sets it, or on that line."""
    lines = [
        (n.lineno, isinstance(n.ctx, ast.Load))
        for n in ast.walk(definition)
        if isinstance(n, ast.Name) and n.id == name
    ]
    read = [line for line, loads in lines if loads]
    stored = [line for line, loads in lines if not loads]
    return bool(read and stored) and min(read) <= min(stored)


def definition_of(function: str, part: Part) -> ast.FunctionDef | None:
    """Return the last definition of a function.

    Args:
        function: its name.
        part: the statements that it needs.

    Returns:
        its syntax tree, which is not to be changed; None if it is not there.
    """
    return _definition(function, tuple(statement.source for statement in part.statements))


@functools.lru_cache(maxsize=256)  # that of the reference is asked for again and again
def _definition(function: str, sources: tuple[str, ...]) -> ast.FunctionDef | None:
    for tree in _trees(source for source in reversed(sources) if function in source):
        found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function]
        if found:
            return found[-1]
    return None


def _trees(sources: Iterable[str]) -> Iterator[ast.Module]:
    for source in sources:
        try:
            yield ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # the text of a %%writefile cell
            continue


def _sets(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


def _names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def names_set(node: ast.AST) -> set[str]:
    """Return the names that a statement, or what is inside it, sets."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and _sets(one)}


def _set_directly(statement: ast.stmt) -> set[str]:
    """Return the names that a statement sets whatever happens."""
    return set() if hasattr(statement, "body") else names_set(statement)


def _calls(name: str, part: Part) -> Iterator[ast.Call]:
    for tree in _trees(statement.source for statement in part.statements):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def _is_called_in(name: str, part: Part) -> bool:
    return next(_calls(name, part), None) is not None


def _packed(name: str, part: Part) -> Iterator[str]:
    """Yield the tuples that are the only argument of a call."""
    for call in _calls(name, part):
        if call.args and isinstance(call.args[0], ast.Tuple):
            yield ast.unparse(call.args[0])[:60]


def _signature(name: str, part: Part) -> str:
    definition = definition_of(name, part)
    return f": it is defined as {name}({ast.unparse(definition.args)[:80]})" if definition else ""
