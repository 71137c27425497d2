"""Notes what the functions of a program ask of each other during a call, and what they answer, as digests."""

from __future__ import annotations

import hashlib
import itertools
import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Function = Callable[..., Any]
SIZE = 16
RECORD = struct.Struct(f"<BB{SIZE}s{SIZE}s")
"""A note: the number of the function, how many calls it is in, and the digests of what it got and gave."""

MOST = 2048
"""Notes of one call. One that asks more often is not worth remembering."""

DEPTH = 64


class OpaqueError(Exception):
    """A value of which no digest says all that a function can see."""


class Notes:
    """Wraps functions while a namespace is filled, so that a call of any of them leaves a note.

    Args:
        names: of the functions.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._wrapped: dict[str, Function] = {}
        self._unwrapped: dict[str, Function] = {}
        self._notes: list[bytes] = []
        self._depth = 0
        self._whole = True

    def afresh(self) -> Notes:
        """For another namespace, and the one call that is made in it."""
        return Notes(self._names)

    def wrap(self, namespace: dict[str, Any]) -> None:
        """Wrap what has been defined of the functions since the last time."""
        for number, name in enumerate(self._names):
            function = namespace.get(name)
            if function is not None and function is not self._wrapped.get(name):
                self._unwrapped[name] = function
                self._wrapped[name] = namespace[name] = self._noted(number, function)

    def unwrapped(self, name: str) -> Function:
        """What a name was defined as."""
        return self._unwrapped[name]

    def taken(self) -> bytes | None:
        """The notes of the call, in the order in which functions were asked; None when some are missing."""
        return b"".join(self._notes) if self._whole else None

    def _noted(self, number: int, function: Function) -> Function:
        def noted(*args: Any, **kwargs: Any) -> Any:
            if not self._whole:
                return function(*args, **kwargs)
            place, depth = len(self._notes), self._depth
            given = self._digest((args, kwargs))
            self._notes.append(b"")
            self._depth += 1
            finished = False
            try:
                answer = function(*args, **kwargs)
                finished = True
            finally:
                self._depth = depth
                self._whole &= finished  # who asked may go on; what it saw of the failure is in no digest
            answered = self._digest((args, kwargs, answer))
            if self._whole:
                self._notes[place] = RECORD.pack(number, depth, given, answered)
            return answer

        return noted

    def _digest(self, values: Any) -> bytes:
        self._whole &= len(self._notes) < MOST and self._depth < DEPTH
        try:
            return digest(values) if self._whole else b""
        except OpaqueError:
            self._whole = False
            return b""


def digest(value: Any) -> bytes:
    """Sixteen bytes that are equal for values that no function can tell apart, whatever it does with them.

    They also tell which parts are one object or share memory, how arrays lie in memory, and where the
    generator of `np.random` is.

    Raises:
        OpaqueError: there is something in the value that is not plain data.
    """
    walk = _Walk()
    walk.put(value, DEPTH)
    _, key, *rest = np.random.get_state()  # noqa: NPY002  # the generator that submissions use
    parts = [*walk.parts, np.asarray(key).tobytes(), repr(rest).encode()]
    return hashlib.blake2b(b"\0".join(parts), digest_size=SIZE).digest()


class _Walk:
    """Says all of a value in `parts`; each tells its own length, or has no zero byte."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._seen: dict[int, int] = {}
        self._memory: dict[int, Array] = {}

    def put(self, value: Any, depth: int) -> None:
        kind = type(value)
        if kind is np.ndarray:
            self._array(value)
        elif kind in (tuple, list, dict):
            self._container(value, depth)
        elif value is None or kind in (bool, int, str):
            self.parts.append(f"{kind.__name__} {value!r}".encode("utf-8", "surrogatepass"))
        elif kind in (float, complex):
            self.parts.append(f"{kind.__name__} {np.array(value).tobytes().hex()}".encode())
        elif isinstance(value, np.number | np.bool_):
            self.parts.append(f"{value.dtype.str} {value.tobytes().hex()}".encode())
        else:
            raise OpaqueError(kind.__name__)

    def _number(self, value: object) -> int:
        """Which of the objects seen so far a value is."""
        return self._seen.setdefault(id(value), len(self._seen))

    def _container(self, value: Any, depth: int) -> None:
        again = id(value) in self._seen
        self.parts.append(f"{type(value).__name__} {len(value)} {self._number(value)}".encode())
        if again:
            return
        if depth == 0:
            raise OpaqueError("a structure that is nested too deeply")
        for item in itertools.chain.from_iterable(value.items()) if type(value) is dict else value:
            self.put(item, depth - 1)

    def _array(self, value: Array) -> None:
        if value.dtype.hasobject or value.dtype.names:
            raise OpaqueError(f"array of {value.dtype}")
        memory = value
        while type(memory.base) is np.ndarray:
            memory = memory.base
        shared = self._number(memory if memory.base is None else memory.base)
        first = self._memory.setdefault(shared, value)
        offset = 0 if first is value else _address(value) - _address(first)
        layout = (value.dtype.str, value.shape, value.strides, value.flags.num, shared, offset)
        self.parts += [f"{self._number(value)} {layout}".encode(), value.tobytes()]


def _address(array: Array) -> int:
    address: int = array.__array_interface__["data"][0]
    return address
