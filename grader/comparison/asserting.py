"""Judge answers by the assertions of a test that runs where the student's code is not.

The test is called with proxies. What it does with them are the steps that were recorded, and what they
give are the student's answers to these steps, plain data.
"""

from __future__ import annotations

import ast
import builtins
import copy
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.comparison.proxies import IS_OF, METHOD, Proxy, asking_proxies, is_of

CLOSE = 1e-4
"""How close the numbers of arguments have to be to those that were recorded, relatively."""

LONGEST = 300
"""Characters of a message that are passed on."""

DEPARTED = "The test goes on otherwise from your answers than from those of the solution."


def told(source: str, steps: Sequence[Any], answers: Any) -> str | None:
    """Run a test on a student's answers.

    Args:
        source: the source of the test, which defines a function `test`.
        steps: the steps that it takes.
        answers: the student's answer to each of them.

    Returns:
        None if the test passes, or one sentence.
    """
    if not isinstance(answers, list) or len(answers) != len(steps):
        return DEPARTED
    space: dict[str, Any] = {"__name__": "assertion", IS_OF: is_of}
    tree = asking_proxies(ast.parse(source))
    exec(compile(tree, "<assertion>", "exec", dont_inherit=True), space)  # noqa: S102  # the instructor's
    test = space["test"]
    deck = _Answers(steps, answers)
    np.random.seed(0)  # noqa: NPY002  # as when it was recorded
    try:
        test(*(deck.argument(name) for name in test.__code__.co_varnames[: test.__code__.co_argcount]))
    except DepartedError:
        return DEPARTED
    except AssertionError as error:
        return _sentence(str(error), "An assertion about it does not hold.")
    except Exception as error:  # noqa: BLE001  # the test's verdict, whatever it raises
        return _sentence(str(error), f"The test of it raises {type(error).__name__}.")
    return None


def _sentence(text: str, otherwise: str) -> str:
    said = " ".join(text.split())[:LONGEST]
    return said if said and said[0].isalpha() else otherwise


class _Known(Proxy):
    """Stands for an object with the names of its classes, which a test may import before it asks for one."""

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return _kind(self._kind) or Proxy


class DepartedError(Exception):
    """The test takes other steps than were recorded, since the answers differ."""


class _Answers:
    """A deck that gives the answers of a student to the recorded steps, in their order."""

    def __init__(self, steps: Sequence[Any], answers: Sequence[Any]) -> None:
        self.steps, self.answers = steps, answers
        self.next = 0

    def argument(self, name: str) -> Any:
        """Return what a test is called with: a value that the steps begin with, or a proxy."""
        for i, (kind, on, _, _, marks) in enumerate(self.steps):
            if kind == "read" and on == name:
                answer = self.answers[i]
                return _Known(self, i, answer) if "object" in marks else copy.deepcopy(answer)
        return Proxy(self, name)

    def is_method(self, on: str | int, name: str) -> bool:
        """Return whether the next step calls a method of that name."""
        step = self._step()
        return step is not None and step[0] == METHOD and step[1] == on and step[2][0] == name

    def take(self, kind: str, on: str | int, args: Sequence[Any], keys: dict[str, Any]) -> Any:
        """Return the answer to the next step, which has to be this one."""
        step = self._step()
        if step is None or step[:2] != (kind, on) or not self._alike(step[2:4], (args, keys)):
            raise DepartedError
        at, marks = self.next, step[4]
        self.next += 1
        answer = self.answers[at]
        if "raises" in marks:
            raise _exception(answer)
        if "printed" in marks:
            answer, text = answer
            sys.stdout.write(text)
        if "after" in marks:
            answer, after = answer
            for mine, theirs in zip(args, after, strict=False):
                _overwrite(mine, theirs)
        return _Known(self, at, answer) if "object" in marks else copy.deepcopy(answer)

    def _step(self) -> tuple[Any, ...] | None:
        while self.next < len(self.steps) and self.steps[self.next][0] == "read":
            self.next += 1
        return tuple(self.steps[self.next]) if self.next < len(self.steps) else None

    def _alike(self, recorded: Any, mine: Any) -> bool:
        """Return whether arguments are the recorded ones; functions and proxies are not compared."""
        (args, keys), (my_args, my_keys) = recorded, mine
        if len(args) != len(my_args) or keys.keys() != my_keys.keys():
            return False
        pairs = [*zip(args, my_args, strict=True), *((keys[key], my_keys[key]) for key in keys)]
        return all(_is_reference(one) or _alike(one, other) for one, other in pairs)


def _alike(one: Any, other: Any) -> bool:
    """Return whether two values are the same but for rounding."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    mine, theirs = np.asarray(one), np.asarray(other)
    if mine.shape != theirs.shape:
        return False
    if mine.dtype.kind in "fciub" and theirs.dtype.kind in "fciub":
        return bool(np.allclose(mine, theirs, CLOSE, CLOSE * 1e-3, equal_nan=True))
    same = (mine == theirs) | ((mine != mine) & (theirs != theirs))  # a missing value equals nothing
    return type(one) is type(other) and bool(np.all(same))


def _kind(names: Any) -> type | None:
    """Return the first of some classes that the test has imported, by whose name an object is asked for."""
    for name in names.split() if isinstance(names, str) else ():
        module, _, own = name.rpartition(".")
        found = getattr(sys.modules.get(module), own, None)
        if isinstance(found, type):
            return found
    return None


def _is_reference(value: Any) -> bool:
    return isinstance(value, Mapping) and len(value) == 1 and str(next(iter(value))).startswith("$")


def _exception(answer: Any) -> BaseException:
    """Return the exception that a student's code raised; of one of its own, another of that name."""
    name = answer[1] if isinstance(answer, list) and len(answer) == 2 else None
    if not isinstance(name, str):
        return DepartedError()
    kind = getattr(builtins, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        return kind("raised")
    own: type[Exception] = type(name, (Exception,), {})
    return own("raised")


def _overwrite(mine: Any, theirs: Any) -> None:
    """Change an argument as the student's code did."""
    if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray) and mine.shape == theirs.shape:
        mine[...] = theirs
    elif isinstance(mine, list) and isinstance(theirs, list):
        mine[:] = theirs
    elif isinstance(mine, dict) and isinstance(theirs, dict):
        mine.clear()
        mine.update(theirs)
