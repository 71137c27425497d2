"""Run a source notebook with its answers, and note what each test calls and reads. It runs in the sandbox.

What students define is wrapped while a test runs. Each thing that the test does with it from outside is a
step (see `public_tests.replaying`); what the notebook's own functions do among themselves is none.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import inspect
import io
import linecache
import random
import signal
import sys
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.comparison.proxies import CALL, GET, IS_OF, METHOD, READ, Proxy, asking_proxies, is_of, perform
from grader.importers.expressions import expression
from grader.importers.names_in_tests import mentioned, set_first
from grader.models import serialization
from grader.models.values import leaves
from grader.public_tests.replaying import WITHOUT

MOST_STEPS = 400
"""The steps that are kept of one test."""

MOST_BYTES = 4 << 20
"""The encoded size of a value that is kept."""

MOST_PARTS = 4_000
"""The numbers and texts of a value that is kept, an array being one."""

LONGEST = 400
"""Characters of an exception's text."""


NO_VALUES = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


NO_FIELDS = ("builtins", "numpy", "pandas")
"""The modules of values that are told by what they encode to; their fields have caches."""


class CannotTellError(Exception):
    """Something that cannot be written down as data."""


def drive(_student: Any, cells: Sequence[Any], seconds: Sequence[float]) -> Any:
    """Run the cells of a notebook in order.

    Args:
        cells: of each its number, role, code pieces (source, hidden), and the names that students set in it,
            those that they may change, and all that it sets.
        seconds: the time that one cell may take, all of them, and those together that no test needs.

    Returns:
        `tests`, what was noted of each, encoded, since together it may be too much for one answer;
        `cells`, the errors of others; `graded`, the cell that sets each name of students last; and `cut`,
        the first cell that no test needs and that was not run to its end, 0 if there is none.
    """
    recorder = _Recorder(*seconds)
    for number, role, pieces, names in cells:
        if role == "test":
            recorder.test(number, pieces)
        elif role == "trial":
            recorder.try_out(number, pieces[0][0], names)
        else:
            recorder.run(number, pieces[0][0], names)
    for test, pieces in zip(recorder.noted, [one[2] for one in cells if one[1] == "test"], strict=True):
        recorder.test_again(test, pieces)
    return {
        "tests": [*map(_sent, recorder.noted)],
        "cells": recorder.errors,
        "graded": recorder.graded,
        "cut": recorder.cut,
    }


class _Recorder:
    """A notebook that runs; `graded` maps the names that students set to the number of the cell.

    `bound` does so for all names that a cell sets which is no test.
    """

    def __init__(self, seconds: float, together: float, trials: float) -> None:
        self.seconds = seconds
        self.together = together
        self.ends = time.monotonic() + together
        self.trials = trials
        self.cut = 0
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.space = module.__dict__
        self.space.update({"__builtins__": builtins, "In": [], "Out": {}, "_": "", IS_OF: is_of})
        self.prints: dict[str, Any] = {}
        self.graded: dict[str, int] = {}
        self.bound: dict[str, int] = {}
        self.noted: list[Any] = []
        self.errors: list[Any] = []

    def run(self, number: int, source: str, names: Sequence[Sequence[str]]) -> None:
        """Run a cell that is no test; `names` are as `drive` gets them."""
        watched = {name for test in self.noted for name in test["about"]} | set(names[1])
        before = {name: self.prints.get(name) or _print_of(self.space.get(name)) for name in watched}
        error = self._executed(number, source)
        if error is not None:
            self.errors.append([number, *_told(error)])
        self.prints = {name: _print_of(self.space.get(name)) for name in watched}
        for name in watched:
            if name in self.space and before[name] != self.prints[name]:
                for test in self.noted:
                    test["again"] = sorted({*test["again"], name} & {*test["about"]})
                self.graded |= {name: number} if name in names[1] else {}
        self.graded |= {name: number for name in names[0] if name in self.space}
        self.bound |= {name: number for name in names[2] if name in self.space}

    def try_out(self, number: int, source: str, names: Sequence[Sequence[str]]) -> None:
        """Run a cell that no test needs, if there is time left for such."""
        began, errors = time.monotonic(), len(self.errors)
        allowed, self.seconds = self.seconds, min(self.seconds, self.trials)
        if self.trials > 0:
            self.run(number, source, names)
        self.seconds = allowed
        self.trials -= time.monotonic() - began
        if self.trials <= 0:
            self.cut = self.cut or number
            del self.errors[errors:]

    def test(self, number: int, pieces: Sequence[Any]) -> None:
        """Run a test, and note its steps."""
        self.prints = {}
        text = "\n".join(source for source, _ in pieces)
        loaded = (mentioned(text) - set_first(text)) & self.space.keys()
        about = sorted(loaded & self.graded.keys()) or sorted(self._made_of_them(loaded))
        tape = _Tape(self.space, about, self.bound)
        watched = {*about, *(mentioned(text) & self.graded.keys())} & self.space.keys()
        originals = {name: self.space[name] for name in watched}
        read = {name: self._read(tape, name, originals[name]) for name in about}
        marks: list[int] = []
        error: BaseException | None = None
        _seed()
        for part, (source, _) in enumerate(pieces):
            error = error or self._executed(number, source, part, is_test=True)
            marks.append(len(tape.steps))
        for name, value in originals.items():
            self.space[name] = value
        outside = {
            name: _plain_or_none(self.space[name])
            for name in mentioned(text) - set(about)
            if name in self.space and not isinstance(self.space[name], NO_VALUES)
        }
        self.noted.append(
            {
                "number": number,
                "error": [] if error is None else _told(error),
                "steps": tape.steps,
                "answers": tape.answers,
                "marks": marks,
                "about": about,
                "kinds": read,
                "cells": {name: self.graded.get(name) or self.bound[name] for name in about},
                "cannot": tape.cannot,
                "random": tape.random,
                "outside": {name: value for name, (fits, value) in outside.items() if fits},
                "again": [],
                "holds": False,
            }
        )

    def test_again(self, test: dict[str, Any], pieces: Sequence[Any]) -> None:
        """Run a test once more, if what it calls is defined again: it may hold of the last definition."""
        called = [name for name in test["again"] if test["kinds"][name] in ("function", "class")]
        if called and not test["error"]:
            _seed()
            test["holds"] = not any(self._executed(test["number"], source) for source, _ in pieces)

    def _made_of_them(self, names: set[str]) -> set[str]:
        """Return the values that were made after the cells in which students set something."""
        first = min(self.graded.values(), default=0)
        return {
            name
            for name in names & self.bound.keys()
            if 0 < first <= self.bound[name] and not isinstance(self.space[name], NO_VALUES)
        }

    def _read(self, tape: _Tape, name: str, value: Any) -> Any:
        """Put a recording proxy in place of what a student defines; note a plain value."""
        if isinstance(value, types.FunctionType | type):
            tape.objects[name] = value
            self.space[name] = Proxy(tape, name, type if isinstance(value, type) else types.FunctionType)
            return "class" if isinstance(value, type) else "function"
        fits, _ = _plain_or_none(value)
        tape.note([READ, name, [], {}, [] if fits else ["object"]], [], value)
        if fits:
            return "value"
        if isinstance(value, types.ModuleType | types.BuiltinFunctionType):
            return "other"
        self.space[name] = Proxy(tape, len(tape.steps) - 1, type(value))
        return "object"

    def _executed(
        self, number: int, source: str, part: int = 0, *, is_test: bool = False
    ) -> BaseException | None:
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")  # as Jupyter does below each cell
        file = f"<cell {number}, part {part + 1}>" if part else f"<cell {number}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        left = self.ends - time.monotonic()
        if left <= 0:
            return TimeoutError(f"the cells above took all of the {self.together:g} s of a notebook")
        try:
            with _limited(min(self.seconds, left)):
                tree = compile(source, file, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
                tree = asking_proxies(tree) if is_test else tree
                exec(compile(tree, file, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), self.space)  # noqa: S102
        except BaseException as error:  # noqa: BLE001  # whatever a notebook raises
            return error
        return None


class _Tape:
    """A deck that does what a test does, and notes it."""

    def __init__(self, space: dict[str, Any], names: Sequence[str], given: Mapping[str, int]) -> None:
        self.space = space
        self.names = names
        self.given = given
        self.objects: dict[str | int, Any] = {}
        self.steps: list[Any] = []
        self.answers: list[Any] = []
        self.cannot: list[str] = []
        self.random = False
        self.depth = 0

    def is_method(self, on: str | int, name: str) -> bool:
        """Return whether an attribute of a target is a method."""
        value = inspect.getattr_static(self.objects[on], name, None)
        return isinstance(value, types.FunctionType | classmethod | staticmethod) or (
            callable(getattr(self.objects[on], name, None)) and not isinstance(value, type)
        )

    def take(self, kind: str, on: str | int, args: Sequence[Any], keys: dict[str, Any]) -> Any:
        """Perform a step, and note it if it comes from the test."""
        real = [self._real(one) for one in args]
        real_keys = {key: self._real(one) for key, one in keys.items()}
        target = self.objects[on]
        if self.depth or len(self.steps) >= MOST_STEPS:
            return perform(kind, target, real, real_keys)
        if kind == GET and str(real[0]).startswith("__"):
            return perform(kind, target, real, real_keys)
        try:
            given = [self._written(one) for one in args]
            given_keys = {key: self._written(one) for key, one in keys.items()}
        except CannotTellError as error:
            self.cannot.append(str(error))
            given, given_keys = [], {}
        without = [f"{WITHOUT}{name}" for name in self.names if name not in self.space]
        return self._performed([kind, on, given, given_keys, without], target, real, real_keys)

    def _performed(self, step: list[Any], target: Any, args: list[Any], keys: dict[str, Any]) -> Any:
        marks, before = step[4], _encoded(args)
        text, outer = io.StringIO(), sys.stdout
        drawn = _state()
        self.depth += 1
        sys.stdout = text
        try:
            result = perform(step[0], target, args, keys)
        except Exception as error:
            if step[0] in (CALL, METHOD, GET):
                marks.append("raises")
                self.note(step, [one.__name__ for one in type(error).__mro__], None)
            raise
        finally:
            sys.stdout = outer
            self.depth -= 1
            outer.write(text.getvalue())
        self.random = self.random or drawn != _state()
        fits, _ = _plain_or_none(result)
        if not fits:
            marks.append("object")
        if before != _encoded(args) and step[0] in (CALL, METHOD):
            marks.append("after")
        if result is None and text.getvalue() and step[0] in (CALL, METHOD):
            marks.append("printed")
        self.note(step, [], result)
        return result if fits else Proxy(self, len(self.steps) - 1, type(result))

    def note(self, step: list[Any], raised: Sequence[str], result: Any) -> None:
        """Note a step, and the names of the exception that it raised, or whether it gave something."""
        self.objects[len(self.steps)] = result
        self.steps.append(step)
        self.answers.append([*raised] or (None if result is None else True))

    def _real(self, value: Any) -> Any:
        if type(value) is Proxy:
            return self.objects[object.__getattribute__(value, "_on")]
        if type(value) in (list, tuple):
            return type(value)(self._real(one) for one in value)
        return value

    def _written(self, value: Any) -> Any:
        """Return an argument as data."""
        if type(value) is Proxy:
            on = object.__getattribute__(value, "_on")
            return {"$name": on} if isinstance(on, str) else {"$step": on}
        fits, plain = _plain_or_none(value)
        if fits:
            return plain
        name = getattr(value, "__name__", "")
        if name in self.given and self.space.get(name) is value:
            return {"$name": name}
        with contextlib.suppress(Exception):  # it refers to itself, or is an object with odd names
            if text := expression(value):
                return {"$python": text}
        raise CannotTellError(f"an argument of type {type(value).__name__}")


# ---------------------------------------------------------------- values


def _plain_or_none(value: Any) -> tuple[bool, Any]:
    """Return whether a value is plain data, and a copy of it."""
    try:
        data = serialization.encode(value)
        plain = serialization.decode(data)
    except Exception:  # noqa: BLE001  # it is too large, or its methods raise
        return False, None
    if len(data) > MOST_BYTES:
        return False, None
    parts = leaves(plain).values()
    if len(parts) > MOST_PARTS or any(isinstance(leaf, serialization.Unsupported) for leaf in parts):
        return False, None
    return True, plain


def _sent(test: dict[str, Any]) -> bytes:
    """Encode what was noted of a test; without its steps and values if that is too much."""
    return _encoded(test) or _encoded(
        {**test, "steps": [], "answers": [], "outside": {}, "cannot": ["more data than a test case may have"]}
    )


def _encoded(value: Any) -> bytes:
    try:
        return serialization.encode(value)
    except Exception:  # noqa: BLE001  # as above
        return b""


def _print_of(value: Any) -> Any:
    """Return what changes if a value is set anew or changed in place."""
    if isinstance(value, types.FunctionType | type | types.ModuleType):
        return (id(value),)
    own = None if type(value).__module__.startswith(NO_FIELDS) else getattr(value, "__dict__", None)
    return (id(value), _encoded(value), _encoded(own))


# ---------------------------------------------------------------- running


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def late(*_: Any) -> None:
        raise TimeoutError(f"it did not end within {seconds:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _seed() -> None:
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  # what notebooks use


def _state() -> Any:
    drawn: Any = np.random.get_state()  # noqa: NPY002
    return drawn[0], drawn[1].tobytes(), drawn[2], random.getstate()


def _told(error: BaseException) -> list[str]:
    try:
        text = str(error)[:LONGEST]
    except Exception:  # noqa: BLE001  # an exception of the notebook's own
        text = ""
    return [type(error).__name__, text]
