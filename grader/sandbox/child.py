"""The process that runs one submission: defines its functions, then answers calls until the pipe closes.

From the first statement of a submission on, nothing in this process is to be trusted. What it sends
is plain data and a claim; the grader decides what that is worth.
"""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.util
import io
import os
import random
import sys
import types
import warnings
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from time import perf_counter
from typing import Any

import numpy as np

from grader import wire
from grader.sandbox.conversation import CHUNK, GREETING, HEADER, framed
from grader.sandbox.noting import Notes

MAX_TEXT = 2000
PLACES = 16
"""Frames of a traceback that are told, of the outermost and of the innermost ones."""
NUMPY_ERRORS = np.geterr()


def serve(requests: int, replies: int) -> None:
    """Receive a program, report how its statements fared, then answer one call after the other."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # half an emoji prints in Jupyter, so it does here
    channel = _Channel(requests, replies)
    channel.send(GREETING)
    space = _Space(**channel.receive())
    channel.send(space.failures)
    while (request := channel.receive()) is not None:
        channel.send(space.answer(*request))


# ---------------------------------------------------------------- messages


class _Channel:
    """Messages through two pipes. Replies go out together when there is no further request to answer."""

    def __init__(self, requests: int, replies: int) -> None:
        self.requests = requests
        self.replies = replies
        self.received = bytearray()
        self.unsent = bytearray()

    def receive(self) -> Any:
        """The next message, or None when the grader has closed the pipe."""
        if not self._has(HEADER):
            return None
        size = int.from_bytes(self._take(HEADER), "little")
        return wire.decode(self._take(size)) if self._has(size) else None

    def send(self, message: Any) -> None:
        """Send a message before the next wait."""
        self.unsent += framed(wire.encode(message))
        if len(self.unsent) > CHUNK:
            self._flush()

    def _has(self, size: int) -> bool:
        while len(self.received) < size:
            self._flush()
            chunk = os.read(self.requests, max(size - len(self.received), CHUNK))
            if not chunk:
                return False
            self.received += chunk
        return True

    def _take(self, size: int) -> bytes:
        data = bytes(memoryview(self.received)[:size])
        del self.received[:size]
        return data

    def _flush(self) -> None:
        unsent, self.unsent = self.unsent, bytearray()
        rest = memoryview(unsent)
        while rest:
            rest = rest[os.write(self.replies, rest) :]


# ---------------------------------------------------------------- programs


class _Space:
    """The program of one submission, compiled once and defined anew for each call."""

    def __init__(
        self,
        statements: Sequence[Any],
        modules: Mapping[str, str],
        stand_ins: Sequence[Any],
        lent: Sequence[str],
        noted: Sequence[str],
    ) -> None:
        sys.meta_path.insert(0, _Provided(modules))
        lender = _define(_compile(stand_ins, "reference"), {})
        self.lent = {name: lender[name] for name in lent}
        self.codes: list[types.CodeType] = []
        self.failures: list[Any] = []
        self.not_imported: dict[str, Any] = {}
        for statement in statements:
            try:
                self.codes += _compile([statement], "cell")
            except Exception as error:  # noqa: BLE001  # whatever it is, it is the submission's
                self.failures.append(_describe(error))
        _define(self.codes, self.lent, self.failures, not_imported=self.not_imported)
        self.notes = Notes(noted) if noted and not self.failures else None

    def answer(self, function: str, encoded_args: bytes, seed: int) -> tuple[Any, ...]:
        """What a call did, and the seconds it took.

        Returns:
            ("returned", seconds, encoded value, changed positions, notes),
            ("raised", seconds, failure, notes) or ("missing",).
        """
        with warnings.catch_warnings():
            np.seterr(**NUMPY_ERRORS)
            notes = self.notes.afresh() if self.notes else None
            namespace = _define(self.codes, self.lent, notes=notes)
            if function not in namespace:
                return ("missing",)
            called = notes.unwrapped(function) if notes else namespace[function]
            args = wire.decode(encoded_args)
            random.seed(seed)
            np.random.seed(seed)  # noqa: NPY002  # the generator that submissions use
            start = perf_counter()
            try:
                value = _encoded(called(*args))
            except BaseException as error:  # noqa: BLE001  # a submission may raise anything, SystemExit too
                seconds, taken = perf_counter() - start, notes and notes.taken()
                return ("raised", seconds, self._why(error), taken)
            seconds, taken = perf_counter() - start, notes and notes.taken()
            return ("returned", seconds, value, _changed(encoded_args, args), taken)

    def _why(self, error: BaseException) -> Any:
        """What a call raised; of a name that an import should have bound, what that import raised."""
        unbound = error.name if type(error) is NameError else None
        return self.not_imported.get(unbound or "") or _describe(error)


class _Provided(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the modules that the assignment provides, before any other of that name."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self.modules = modules

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        if fullname not in self.modules:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin="provided")

    def exec_module(self, module: types.ModuleType) -> None:
        code = compile(self.modules[module.__name__], f"<{module.__name__}>", "exec", dont_inherit=True)
        exec(code, module.__dict__)  # noqa: S102


def _compile(statements: Sequence[Any], label: str) -> list[types.CodeType]:
    return [
        compile("\n" * (line - 1) + source, f"<{label} {cell}>", "exec", dont_inherit=True)
        for cell, line, source in statements
    ]


def _define(
    codes: Sequence[types.CodeType],
    lent: Mapping[str, Any],
    failures: list[Any] | None = None,
    notes: Notes | None = None,
    not_imported: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Run statements in a namespace of their own. One that raises leaves undefined what it would define.

    What they raise is added to `failures`, and what keeps a name from being imported to `not_imported`.
    """
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module  # dataclasses and enum look for the module of a class
    namespace = module.__dict__
    namespace["__builtins__"] = builtins
    for code in codes:
        try:
            exec(code, namespace)  # noqa: S102  # the purpose of this process
        except BaseException as error:  # noqa: BLE001
            if failures is not None:
                failures.append(_describe(error))
            if not_imported is not None and isinstance(error, ImportError):
                not_imported |= dict.fromkeys(code.co_names, _describe(error))
        if notes is not None:
            notes.wrap(
                namespace, code.co_names
            )  # at once: the next statement may give the function a second name
    namespace.update(lent)
    return namespace


# ---------------------------------------------------------------- answers


def _encoded(value: Any) -> bytes:
    """`value` as it crosses to the grader; what cannot cross is said to be that."""
    try:
        return wire.encode(value)
    except (wire.WireError, MemoryError):
        return wire.encode(wire.Unsupported("value that is too large"))


def _changed(before: bytes, args: Sequence[Any]) -> list[int]:
    """The positions of the arguments that are no longer what was sent."""
    if _encoded(args) == before:
        return []
    sent = wire.decode(before)
    return [i for i, arg in enumerate(args) if _encoded(arg) != wire.encode(sent[i])]


def _describe(error: BaseException) -> tuple[str, str, list[list[int]]]:
    """An exception as (type, text, places): the cell and line of each call on the way, the innermost last."""
    places: list[list[int]] = []
    traceback = error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith("<cell "):
            places.append([int(file[6:-1]), traceback.tb_lineno])
        traceback = traceback.tb_next
    if len(places) > 2 * PLACES:
        places[PLACES:-PLACES] = []
    try:
        text = str(error)[:MAX_TEXT]
    except BaseException:  # noqa: BLE001
        text = ""
    return type(error).__name__[:100], text, places
