"""Take the steps that a test took with a submission, and return what each of them gave.

A step is a tuple (kind, target, arguments, keywords, marks). The target is a name, or the number of an
earlier step; so is an argument `{"$name": ...}` or `{"$step": ...}`, and `{"$python": ...}` is a source.
The marks say what else to look at: `object` (the result is not looked at), `kind` (but for its classes),
`raises`, `after` (the arguments after it), `printed`, and `without NAME` (while the notebook does not define
that name).
"""

from __future__ import annotations

import ast
import contextlib
import copy
import io
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Any

import numpy as np

from grader.comparison.proxies import perform

OBJECT, KIND, RAISES, AFTER, PRINTED = "object", "kind", "raises", "after", "printed"
WITHOUT = "without "
MOST_CLASSES = 20
"""The classes of an object that are named, the nearest first."""

NAME, STEP, PYTHON = "$name", "$step", "$python"


def replay(steps: Sequence[Any], names: Mapping[str, Any], space: MutableMapping[str, Any]) -> list[Any]:
    """Take steps, one after the other.

    Args:
        steps: the steps.
        names: what the names in them stand for.
        space: what the notebook defines.

    Returns:
        the answer of each step: its result, None if that is an object that is not looked at, the names of its
        classes with `kind`, or ["raised", the name of the exception]; with `after` and `printed`, a list of
        the result and these.
    """
    results: list[Any] = []
    answers: list[Any] = []
    for step in steps:
        with _without([mark.removeprefix(WITHOUT) for mark in step[4] if mark.startswith(WITHOUT)], space):
            result, answer = _taken(step, results, names)
        results.append(result)
        answers.append(answer)
    return answers


@contextlib.contextmanager
def _without(names: Sequence[str], space: MutableMapping[str, Any]) -> Iterator[None]:
    taken = {name: space.pop(name) for name in names if name in space}
    try:
        yield
    finally:
        space.update(taken)


def _taken(step: Sequence[Any], results: Sequence[Any], names: Mapping[str, Any]) -> tuple[Any, Any]:
    kind, target, given, keywords, marks = step
    on = names[target] if isinstance(target, str) else results[target]
    args = [_argument(one, results, names) for one in given]
    keys = {key: _argument(one, results, names) for key, one in keywords.items()}
    text = io.StringIO()
    with contextlib.redirect_stdout(text) if PRINTED in marks else contextlib.nullcontext():
        if RAISES in marks:
            try:
                result = perform(kind, on, args, keys)
            except Exception as error:  # noqa: BLE001  # whatever the student's code raises is the answer
                return None, ["raised", type(error).__name__]
        else:
            result = perform(kind, on, args, keys)
    answer = None if OBJECT in marks else copied(result)
    if KIND in marks:
        classes = type(result).__mro__[:MOST_CLASSES]
        answer = " ".join(f"{one.__module__}.{one.__qualname__}" for one in classes)
    if AFTER in marks:
        answer = [answer, copied(args)]
    if PRINTED in marks:
        answer = [answer, text.getvalue()]
    return result, answer


def _argument(given: Any, results: Sequence[Any], names: Mapping[str, Any]) -> Any:
    if isinstance(given, Mapping) and len(given) == 1:
        ((key, value),) = given.items()
        if key == NAME:
            return names[value]
        if key == STEP:
            return results[value]
        if key == PYTHON:
            return evaluated(value)
    return given


def evaluated(source: str) -> Any:
    """Return the value of an expression, or the function, that an instructor's source ends with."""
    space: dict[str, Any] = {"np": np, "numpy": np}
    *above, last = ast.parse(source).body
    exec(compile(ast.Module(above, []), "<argument>", "exec"), space)  # noqa: S102  # the instructor's
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "<argument>", "eval"), space)  # noqa: S307  # as above
    exec(compile(ast.Module([last], []), "<argument>", "exec"), space)  # noqa: S102  # as above
    return space[last.name] if isinstance(last, ast.FunctionDef) else None


def copied(value: Any) -> Any:
    """Return a copy that later steps cannot change; the value itself if it cannot be copied."""
    try:
        return copy.deepcopy(value)
    except Exception:  # noqa: BLE001  # whatever it is, encoding it says what is wrong
        return value
