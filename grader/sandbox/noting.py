"""Notes what the functions of a program ask of each other during a call, and what they answer, as digests."""

from __future__ import annotations

import functools
import hashlib
import itertools
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:  # the warm process needs it for nothing else
    from numpy.typing import NDArray

    Array = NDArray[Any]

Function = Callable[..., Any]
SIZE = 16
RECORD = struct.Struct(f"<BB{SIZE}s{SIZE}s")
"""A note: the number of the function, how many calls it is in, and the digests of what it got and gave."""

MOST = 2048
"""Notes of one call. One that asks more often is not worth remembering."""

BUDGET = 4 << 20
"""Bytes that are looked at in one call; more would take longer than it saves."""

ITEM = 256
"""What an item of a container counts as, in bytes of an array: it takes as long."""

DEPTH = 64
"""How deep functions that are noted may call each other, and structures may be nested."""

LONG = 1024
"""Bits of an integer that is still written in decimals."""


class OpaqueError(Exception):
    """A value of which no digest says all that a function can see."""


class Notes:
    """Wraps functions while a namespace is filled, so that a call of any of them leaves a note.

    Args:
        names: of the functions.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}
        self._namespace: dict[str, Any] = {}
        self._wrapped: dict[str, Function] = {}
        self._unwrapped: dict[str, Function] = {}
        self._notes: list[bytes] = []
        self._depth = 0
        self._whole = True
        self._left = BUDGET

    def afresh(self) -> Notes:
        """For another namespace, and the one call that is made in it."""
        return Notes(list(self._numbers))

    def wrap(self, namespace: dict[str, Any], names: Iterable[str]) -> None:
        """Wrap what has just been defined, if it is one of the functions."""
        self._namespace = namespace
        for name in names:
            function = namespace.get(name) if name in self._numbers else None
            if function is not None and function is not self._wrapped.get(name):
                self._unwrapped[name] = function
                self._wrapped[name] = namespace[name] = self._noted(self._numbers[name], function)

    def unwrapped(self, name: str) -> Function:
        """What a name was defined as."""
        return self._unwrapped[name]

    def taken(self) -> bytes | None:
        """The notes of the call, in the order in which functions were asked; None when some are missing."""
        return b"".join(self._notes) if self._whole else None

    def _noted(self, number: int, function: Function) -> Function:
        @functools.wraps(function)  # of a wrong call, Python says the function's name
        def noted(*args: Any, **kwargs: Any) -> Any:
            sys.setrecursionlimit(sys.getrecursionlimit() + 1)  # this frame is none of the program's
            try:
                seen = self._seen((args, kwargs))
                if seen is None:
                    return function(*args, **kwargs)
                place, depth = len(self._notes), self._depth
                self._notes.append(b"")
                self._depth += 1
                finished = False
                try:
                    answer = function(*args, **kwargs)
                    finished = True
                finally:
                    self._depth = depth
                    if not finished:  # who asked may go on, and what it saw of the failure is in no digest
                        self._give_up()
                left = self._seen((seen.objects, answer))
                if left is not None:
                    self._notes[place] = RECORD.pack(number, depth, seen.digest(), left.digest())
                return answer
            finally:
                sys.setrecursionlimit(sys.getrecursionlimit() - 1)

        return noted

    def _seen(self, value: Any) -> Seen | None:
        """What there is to see of a value; None when the notes are not whole, now or from now on."""
        if self._whole and len(self._notes) < MOST and self._depth < DEPTH:
            try:
                seen = Seen(value, self._left)
            except (OpaqueError, RecursionError, MemoryError):
                pass
            else:
                self._left -= seen.size
                return seen
        self._give_up()
        return None

    def _give_up(self) -> None:
        """Take no further notes: from here on the functions call each other as they were written."""
        self._whole = False
        self._namespace.update(self._unwrapped)


class Seen:
    """All that a function can see of a value, whatever it does with it, ready for a digest.

    That is also which parts are one object or share memory, and how arrays lie in memory. Digests are equal
    for values that no function can tell apart. `objects` are those in it that can be changed.

    Args:
        value: any value.
        most: how many bytes its arrays may have.

    Raises:
        OpaqueError: there is something in the value that is not plain data, or too much.
    """

    def __init__(self, value: Any, most: int = BUDGET) -> None:
        self.objects: list[Any] = []
        self.size = 0
        self._most = most
        self._said: list[Any] = []
        self._numbers: list[bytes] = []
        self._order: dict[int, int] = {}
        self._first: dict[int, Array] = {}
        self._see(value, DEPTH)

    def digest(self) -> bytes:
        """Sixteen bytes that are equal for equal values."""
        said = repr(self._said).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(b"".join((said, b"\0", *self._numbers)), digest_size=SIZE).digest()

    def _see(self, value: Any, depth: int) -> None:
        kind = type(value)
        if kind is np.ndarray:
            self._see_array(value)
        elif kind is tuple or kind is list or kind is dict:
            self._see_container(kind, value, depth)
        elif value is None or kind is bool:
            self._said.append(value)
        elif kind is str:
            self._spend(len(value))
            self._said.append(value)
        elif kind is int:
            self._said.append(value if value.bit_length() < LONG else (kind.__name__, hex(value)))
        elif kind is float or kind is complex:
            self._see_number(kind.__name__, value, np.array(value))
        elif isinstance(value, np.number | np.bool_) and kind is value.dtype.type:
            self._see_number(value.dtype.str + value.dtype.char, value, value)
        else:
            raise OpaqueError(kind.__name__)

    def _see_number(self, kind: str, value: Any, number: Any) -> None:
        """Every bit of a number counts; of one that is not equal to itself, also which object it is."""
        self._said.append((kind, None if value == value else self._number(value)))
        self._numbers.append(number.tobytes())

    def _spend(self, size: int) -> None:
        self.size += size
        if self.size > self._most:
            raise OpaqueError("more than is worth the time")

    def _number(self, value: object) -> int:
        """Which of the objects seen so far a value is."""
        return self._order.setdefault(id(value), len(self._order))

    def _see_container(self, kind: type, value: Any, depth: int) -> None:
        again = id(value) in self._order
        self._said.append((kind.__name__, len(value), self._number(value)))
        if again:
            return
        if depth == 0:
            raise OpaqueError("a structure that is nested too deeply")
        self._spend(ITEM * len(value))
        self.objects.append(value)
        for item in itertools.chain.from_iterable(value.items()) if kind is dict else value:
            self._see(item, depth - 1)

    def _see_array(self, value: Array) -> None:
        dtype = value.dtype
        self._spend(value.nbytes)
        if dtype.hasobject or dtype.names or dtype.metadata:
            raise OpaqueError(f"array of {dtype}")
        memory = value
        while type(memory.base) is np.ndarray:
            memory = memory.base
        shared = self._number(memory if memory.base is None else memory.base)
        first = self._first.setdefault(shared, value)
        offset = 0 if first is value else _address(value) - _address(first)
        layout = (dtype.str, dtype.char, value.shape, value.strides, value.flags.num, shared, offset)
        self._said.append((*layout, self._number(value)))
        self._numbers.append(value.tobytes())
        self.objects.append(value)


def _address(array: Array) -> int:
    address: int = array.__array_interface__["data"][0]
    return address
