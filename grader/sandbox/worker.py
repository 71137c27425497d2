"""The process that runs one submission: defines its functions, then answers calls until the pipe closes.

From the first statement of a submission on, nothing in this process can be trusted. Whatever it sends is
plain data and an unproven claim, which the grader judges.
"""

from __future__ import annotations

import builtins
import contextlib
import dis
import functools
import importlib
import inspect
import os
import random
import sys
import types
import warnings
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np

from grader.models import serialization
from grader.models.protocol import DRIVE, MOVED, reads
from grader.public_tests.driving import drive
from grader.public_tests.replaying import copied
from grader.sandbox.arguments import received
from grader.sandbox.channel import CHUNK, GREETING, HEADER, framed
from grader.sandbox.compilation import Code, Compiler, Kept, Lent, Written
from grader.sandbox.ipython_shell import NOTEBOOK, Shell, is_ours
from grader.sandbox.observing import observe
from grader.sandbox.provided_modules import Provided
from grader.sandbox.replies import changed, describe, encoded, encoded_reply

NUMPY_ERRORS = np.geterr()
NO_DRIVERS: Mapping[str, Sequence[Any]] = types.MappingProxyType({})
FIXED = (types.FunctionType, type)
"""Types of what no program changes."""

IMPORT_NAME = dis.opmap["IMPORT_NAME"]


def serve(requests: int, replies: int) -> None:
    """Receive programs, report the failures of their statements, and answer the calls of each.

    Args:
        requests: the descriptor of the pipe to read from.
        replies: the descriptor of the pipe to write to.
    """
    channel = _Channel(requests, replies)
    channel.send(GREETING)
    space: Space | None = None
    while (request := channel.receive()) is not None:
        if isinstance(request, dict):
            if space is not None:
                space.leave()
            named = {name: text for text, names in request["modules"].items() for name in names}
            space = Space(**{**request, "modules": named})
            channel.send(space.failures)
        elif space is not None:
            channel.send(space.answer(*request))


# ---------------------------------------------------------------- messages


class _Channel:
    """Length-prefixed messages over two pipes. Replies are flushed when no further request is buffered."""

    def __init__(self, requests: int, replies: int) -> None:
        self.requests = requests
        self.replies = replies
        self.received = bytearray()
        self.unsent = bytearray()

    def receive(self) -> Any:
        """Return the next message, or None if the grader closed the pipe."""
        if not self._has(HEADER):
            return None
        size = int.from_bytes(self._take(HEADER), "little")
        return serialization.decode(self._take(size)) if self._has(size) else None

    def send(self, message: Any) -> None:
        """Buffer a message; it is sent before the next blocking read."""
        self.unsent += framed(encoded_reply(message))
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


class Space:
    """The program of one submission, compiled once and defined anew for each call.

    The first call has the namespace in which it was defined at first: what leads to a variable may take long.
    To read a variable leaves a namespace as it is, so the next call has that one too.
    """

    def __init__(
        self,
        statements: Sequence[Any],
        modules: Mapping[str, str],
        stand_ins: Sequence[Any],
        lent: Mapping[str, str],
        drivers: Mapping[str, Sequence[Any]] = NO_DRIVERS,
    ) -> None:
        self.modules = Provided(modules)
        sys.meta_path.insert(0, self.modules)
        self.draws = True
        self.lending = self._steps(Compiler("reference").compiled(stand_ins))
        self.names = lent
        self.kept: dict[str, Any] = {}
        self.lent: dict[str, Any] = {}
        self.methods: dict[str, Any] = {}
        self._lend(self._define(self.lending) if lent else {})
        self.drivers = {name: Compiler("driver").compiled(driver) for name, driver in drivers.items()}
        self.read = {name for name, driver in drivers.items() if [one[2] for one in driver] == [reads(name)]}
        vars(builtins).update(NOTEBOOK, get_ipython=Shell(self.modules.run))
        self.steps: list[Step] = []
        self.failures: list[Any] = []
        self.lost: dict[str, Any] = {}
        self.lost_star: Any = None  # the first failed star import, which might have set any name
        self.statements = statements
        compiler = Compiler("cell")
        for statement in statements:
            try:
                self.steps += self._steps(compiler.compiled([statement]))
            except Exception as error:  # noqa: BLE001  # the submission's fault, whatever it is
                self.failures.append(describe(error))
        np.seterr(**NUMPY_ERRORS)  # another program may have run before
        first = self._define(self.steps, self.lent, self._lose)
        moved = any(source == MOVED for _, _, source in statements)
        self.unused: dict[str, Any] | None = None if moved else first
        self.draws = _next_numbers() != UNDRAWN
        self._import_ahead()

    def leave(self) -> None:
        """Take the modules of this program out of the process: another program follows."""
        self.modules.unload()
        sys.meta_path.remove(self.modules)

    def _import_ahead(self) -> None:
        """Import the modules that functions import, so that this takes none of the time of a call."""
        codes = [code for _, code in self.steps if isinstance(code, types.CodeType)]
        for name in {name for code in codes for name in _imported_inside(code)}:
            with contextlib.suppress(BaseException):  # a call that imports it raises it again
                importlib.import_module(name)

    def _steps(self, codes: Iterable[Code]) -> list[Step]:
        """Return each code with the callable that runs it, chosen once and not for every call."""
        return [(self._running(code), code) for code in codes]

    def _running(self, code: Code) -> Callable[[dict[str, Any]], object]:
        if isinstance(code, Written):
            return lambda _: self.modules.write(code)
        if isinstance(code, Lent):
            return lambda namespace: namespace.update({code.name: self.lent[code.item]})
        if isinstance(code, Kept):
            return lambda namespace: self.kept.update({code.item: copied(namespace[code.name])})
        return functools.partial(_await if code.co_flags & inspect.CO_COROUTINE else exec, code)

    def _lose(self, code: Code, error: BaseException) -> None:
        """Record a failed statement and the names that it would have set; who needs them gets this error."""
        failure = self._cause(error)
        self.failures.append(failure)
        if isinstance(code, types.CodeType):
            self.lost.update(dict.fromkeys(_stored(code), failure))
            if ("*",) in code.co_consts:
                self.lost_star = self.lost_star or failure

    def _cause(self, error: BaseException) -> Any:
        """Describe an exception, or the failed statement that left the name unset."""
        if type(error) is not NameError:
            return describe(error)
        return self.lost.get(error.name or "") or self.lost_star or describe(error)

    def _define(
        self,
        steps: Iterable[Step],
        lent: Mapping[str, Any] | None = None,
        lose: Callable[[Code, BaseException], None] | None = None,
    ) -> dict[str, Any]:
        """Run statements in a new namespace. A statement that raises ends its cell."""
        given = {self.names[item]: value for item, value in lent.items()} if lent else {}
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module  # dataclasses and enum look up the module of a class
        namespace = module.__dict__
        namespace.update(
            {"__builtins__": builtins, "In": [], "Out": {}, "_": "", "__": "", "___": "", **given}
        )
        self.modules.forget()
        if self.draws:  # skipped if unneeded: it takes as long as the rest
            seed(0)
        ended: dict[str, BaseException] = {}
        for run, code in steps:
            error = ended.get(code.co_filename) if ended and isinstance(code, types.CodeType) else None
            if error is None:
                try:
                    run(namespace)  # the purpose of this process
                    continue
                except BaseException as raised:  # noqa: BLE001
                    error = raised
            if isinstance(code, types.CodeType) and not is_ours(error):
                ended[code.co_filename] = error
            if lose is not None:
                lose(code, error)
        if given:  # a lent function counts over its definition; a variable had its value where it is set
            namespace.update({name: value for name, value in given.items() if isinstance(value, FIXED)})
        return namespace

    def _fresh(self) -> dict[str, Any]:
        """Return a namespace in which the program is defined and nothing was called."""
        namespace, self.unused = self.unused, None
        if namespace is None:
            np.seterr(**NUMPY_ERRORS)
            self._lend_afresh()
            namespace = self._define(self.steps, self.lent)
        return namespace

    def _lend_afresh(self) -> None:
        """Unload modules that a call has changed; make anew what is lent and uses them, or is a value."""
        renewed = self.modules.renew()
        lent = self.lent or self.methods
        if lent and (renewed or not all(isinstance(value, FIXED) for value in self.lent.values())):
            self._lend(self._define(self.lending))

    def _lend(self, lender: Mapping[str, Any]) -> None:
        functions = {item: name for item, name in self.names.items() if "." not in name}
        self.lent = {
            item: self.kept[item] if item in self.kept else lender[name] for item, name in functions.items()
        }
        self.methods = {name: lender[name.partition(".")[0]] for name in self.names.values() if "." in name}

    def _graft(self, namespace: dict[str, Any]) -> None:
        """Give the submission's classes the reference's methods that are lent, and what these need."""
        for name, lender in self.methods.items():
            owner, _, method = name.partition(".")
            if isinstance(own := namespace.get(owner), type):
                made = [vars(one) for one in lender.__mro__ if one.__module__ == lender.__module__]
                for attribute, value in ChainMap(*made).items():
                    if attribute == method or not hasattr(own, attribute):
                        setattr(own, attribute, value)

    def _called(self, function: str, namespace: dict[str, Any], *, observed: bool) -> Callable[..., Any]:
        """Return what a call is made of: the function, or its driver, beside the lent methods."""
        if self.methods:
            self._graft(namespace)
        driver = self.drivers.get(function)
        called = namespace[function] if driver is None else _driving(driver, namespace)
        if not observed:
            return called
        return functools.partial(observe, called, namespace[function], self.statements)

    def answer(self, function: str, encoded_args: bytes, number: int, observed: bool) -> tuple[Any, ...]:
        """Make a call and time it.

        Args:
            function: the name of the function.
            encoded_args: the encoded tuple of its arguments.
            number: the seed of the call.
            observed: whether the value is what happens in the call.

        Returns:
            ("returned", seconds, encoded value, changed positions),
            ("raised", seconds, failure) or ("missing",).
        """
        with warnings.catch_warnings():
            namespace = self._fresh()
            if function.partition(".")[0] not in namespace:
                lost = self.lost.get(function.partition(".")[0])
                return ("raised", 0.0, lost) if lost else ("missing",)
            start = perf_counter()
            try:
                args, sent = received(encoded_args, namespace)
                called = self._called(function, namespace, observed=observed)
                seed(number)
                start = perf_counter()
                value = encoded(called(*args))
            except BaseException as error:  # noqa: BLE001  # a submission may raise anything, SystemExit too
                return ("raised", perf_counter() - start, self._cause(error))
            seconds = perf_counter() - start
            self.unused = namespace if function in self.read and not observed else None
            return ("returned", seconds, value, changed(sent, args))


def _driving(driver: Sequence[Code], namespace: dict[str, Any]) -> Callable[..., Any]:
    """Return the function that drives a submission, defined in a namespace of its own."""
    own: dict[str, Any] = {"__builtins__": builtins, "__name__": "driver"}
    for code in driver:
        if isinstance(code, types.CodeType):
            exec(code, own)  # noqa: S102  # the instructor's

    return lambda *args: drive(own[DRIVE], namespace, args)


Step = tuple[Callable[[dict[str, Any]], object], Code]
"""A callable that runs a code in a namespace, and the code."""


def _await(code: types.CodeType, namespace: dict[str, Any]) -> None:
    """Run a statement with a top-level await, which is compiled to a coroutine."""
    coroutine = types.FunctionType(code, namespace)()
    with contextlib.suppress(StopIteration):
        while True:
            coroutine.send(None)


def _imported_inside(code: types.CodeType) -> Iterator[str]:
    """Yield the modules that the functions of a statement import."""
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            if IMPORT_NAME in inner.co_code[::2]:
                yield from (
                    i.argval for i in dis.get_instructions(inner) if i.opcode == IMPORT_NAME and i.argval
                )
            yield from _imported_inside(inner)


def _stored(code: types.CodeType) -> set[str]:
    """Return the names that a statement sets."""
    return {i.argval for i in dis.get_instructions(code) if i.opname in {"STORE_NAME", "STORE_GLOBAL"}}


def seed(number: int) -> None:
    """Seed the generators of `random` and NumPy."""
    random.seed(number)
    np.random.seed(number)  # noqa: NPY002  # the generator that submissions use


def _next_numbers() -> tuple[float, float]:
    """Draw a number from each generator: reveals their state much faster than comparing states."""
    return random.random(), np.random.random_sample()  # noqa: NPY002, S311


seed(0)
UNDRAWN = _next_numbers()
"""The first numbers after seeding with 0."""
