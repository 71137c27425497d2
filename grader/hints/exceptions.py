"""Explain exceptions of student code in fixed words; their own text is untrusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader.hints.evidence import NUMBERED
from grader.hints.names import arguments, known_names, meant, unset
from grader.hints.observation import Observation
from grader.hints.raised import by_operands
from grader.models.common_imports import IMPORTS
from grader.models.execution import Call, Failure, Status
from grader.models.submission import Part

MEANINGS = (
    (
        "IndexError",
        "list index",
        "It reads past the end of a list: the last of n entries has the index n - 1.",
    ),
    (
        "IndexError",
        "tuple index",
        "It reads past the end of a tuple: the last of n entries has the index n - 1.",
    ),
    ("ValueError", "broadcast", "Two arrays whose shapes do not fit are combined element by element."),
    ("ValueError", "not aligned|matmul", "The shapes of two matrices do not fit their product."),
    (
        "ValueError",
        "not enough values",
        "It takes a tuple or list apart into more names than there are values.",
    ),
    (
        "ValueError",
        "too many values",
        "It takes a tuple or list apart into fewer names than there are values.",
    ),
    (
        "ValueError",
        "truth value of an array",
        "A condition needs one truth value, and here is a whole array.",
    ),
    ("ValueError", "element with a sequence", "Several arrays stand where one array is needed."),
    ("ValueError", "range.. arg 3", "The step of a `range` is 0."),
    (
        "UnboundLocalError",
        "",
        "It reads a name without a value: a loop that never turns, or a branch not taken, sets none.",
    ),
    ("ZeroDivisionError", "", "It divides by zero."),
    ("RecursionError", "", "A function calls itself without end."),
    ("TypeError", "NoneType", "A value is None there. A function without `return` gives None."),
    (
        "TypeError",
        "interpreted as an integer|must be integers",
        "A count or an index has to be a whole number.",
    ),
    ("TypeError", "positional argument", "A function is called with too few or too many arguments."),
    ("TypeError", "not callable", "Parentheses follow something that is not a function."),
    ("TypeError", "operand|multiply|not supported", "An operator is used on values of the wrong kinds."),
    ("TypeError", "not subscriptable|has no len", "A number is treated as if it had entries."),
    ("RuntimeError", "start new thread", "The grader's sandbox starts no threads."),
    ("OSError", "Errno 38", "The grader's sandbox has no network, and so no event loops."),
    (
        "PermissionError",
        "Errno",
        "The grader's sandbox has no folder to write to and no network, and starts no other programs.",
    ),
    (
        "FileNotFoundError",
        "Errno 2",
        "The grader's sandbox has what came with the notebook, in its folder, and no other files of yours.",
    ),
    ("AttributeError", "'(tuple|list|dict)' object", "A tuple, list or dictionary is treated as an array."),
)
"""(type of the exception, regular expression for its text, explanation); the first match counts."""


def explained(
    status: Status, failure: Failure, part: Part, call: Call, seen: Observation, modules: Mapping[str, str]
) -> str:
    """Explain why a call did not return.

    Args:
        status: the status of the run.
        failure: the exception.
        part: the statements that the function needs.
        call: the call.
        seen: what was observed of it.
        modules: the sources of the modules that come with the notebook.

    Returns:
        the explanation, or "" if none is certain.
    """
    if status is Status.TIMED_OUT:
        return "Look for a loop that never ends."
    if status is Status.NOT_RUN:
        return (
            "Make what takes so much smaller or faster: one operation on whole arrays does what a loop does."
        )
    if status is not Status.RAISED:
        return ""
    return (
        _unbound(failure, call.function, part, modules)
        or _numbered_key(failure, call.args)
        or arguments(failure, call.function, part)
        or by_operands(failure, call.function, seen.frames)
        or unset(failure, call.function, part)
        or _missing_key(failure, call.args)
        or _meaning(failure)
    )


def unbound_name(failure: Failure) -> str | None:
    """Return the name that a NameError is about, or None."""
    match = re.fullmatch(r"name '(\w+)' is not defined", failure.text)
    return match[1] if match and failure.exception == "NameError" else None


def _unbound(failure: Failure, function: str, part: Part, modules: Mapping[str, str]) -> str:
    name = unbound_name(failure)
    if name is None or name not in part.unbound:
        return ""
    if name in part.hidden:
        return f"Cell {part.hidden[name]}, which would set `{name}`, does not parse, so nothing of it is run."
    if name in IMPORTS:
        return f"Add `{IMPORTS[name]}` to a cell above."
    cells = part.unbound[name]
    provided = next(
        (m for m, source in modules.items() if re.search(rf"^def {name}\(", source, re.MULTILINE)), ""
    )
    if provided and not cells:
        return f"It is in {provided}.py, which came with the notebook: add `from {provided} import {name}`."
    if cells:
        which = f"cell {cells[0]} does" if len(cells) == 1 else f"cell {cells[0]} and other cells do"
        those = "that cell" if len(cells) == 1 else "those cells"
        return f"The function never sets `{name}`: {which}, and it has to work without {those}."
    question = meant(name, [*known_names(function, part), *_defined(modules)])
    return f"Nothing in the notebook defines `{name}`. {question}".strip()


def _defined(modules: Mapping[str, str]) -> list[str]:
    """Return the functions that modules define."""
    return [name for source in modules.values() for name in re.findall(r"^def (\w+)", source, re.MULTILINE)]


def _numbered_key(failure: Failure, args: Sequence[Any]) -> str:
    """Explain a KeyError about a layer that the arguments do not have, or about capital letters."""
    if failure.exception != "KeyError":
        return ""
    missing, keys = failure.text.strip("'\""), _keys(args)
    if any(missing != key and missing.lower() == key.lower() for key in keys):
        return "It looks up a key that differs from a right one in capital and small letters."
    numbers = sorted(_numbers_like(missing, keys))
    if numbers and (match := NUMBERED.fullmatch(missing)) and len(match[2]) < 6:  # longer: no layer
        if int(match[2]) == 0:
            return f"It looks for a layer 0, and layers are counted from {numbers[0]}."
        if int(match[2]) > numbers[-1]:
            return f"It looks for a layer after the last one, which is layer {numbers[-1]}."
    return ""


def _missing_key(failure: Failure, args: Sequence[Any]) -> str:
    """Explain any other KeyError by comparing its key with the keys in the arguments."""
    if failure.exception != "KeyError":
        return ""
    if failure.text.strip("'\"") in _keys(args):
        return "It looks for a key of an input in a dictionary that does not have it."
    return "It looks up a key that the dictionary does not have."


def _keys(args: Sequence[Any]) -> set[str]:
    return {key for arg in args if isinstance(arg, Mapping) for key in arg if isinstance(key, str)}


def _numbers_like(missing: str, keys: set[str]) -> Iterator[int]:
    """Yield the numbers of the keys that share the letters of the missing key."""
    wanted = NUMBERED.fullmatch(missing)
    for key in keys:
        found = NUMBERED.fullmatch(key)
        if wanted and found and found[1] == wanted[1]:
            yield int(found[2])


def _meaning(failure: Failure) -> str:
    for exception, contains, meaning in MEANINGS:
        if failure.exception == exception and re.search(contains, failure.text):
            return meaning
    return ""
