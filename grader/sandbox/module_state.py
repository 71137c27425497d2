"""Notice that a module was changed since it was imported, so that the next call gets it afresh.

Most modules hold functions and constants: of these only the identities are compared, in about a microsecond.
"""

from __future__ import annotations

import functools
import random
import re
import types
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

CONSTANT = (
    *(bool, int, float, complex, str, bytes, range, slice, type(None), type(...)),
    *(np.generic, np.ufunc, np.dtype, re.Pattern, types.ModuleType, types.BuiltinFunctionType),
)
"""Types whose objects never change, or are not the module's own."""

DECLARING = frozenset({"typing", "__future__"})
"""Modules whose objects declare something, and hold nothing."""

MOST = 10_000
"""The most objects of one value, and entries of one list, that are looked at."""


class ModuleState:
    """What a module held when it was imported.

    Args:
        namespace: the namespace of the module.
    """

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self.namespace = namespace
        self.identities = [*map(id, namespace.values())]
        self.own = dict(_own(namespace))  # keeps them alive, so that no identity is used again
        module = namespace.get("__name__")
        mine = {name: value for name, value in self.own.items() if _is_its_own(value, module)}
        self.changeable = {name: of for name, value in mine.items() if (of := _look(value))[1:]}

    def changed(self) -> bool:
        """Return whether a name is bound to something else, or an object was changed in place."""
        if self.identities != [*map(id, self.namespace.values())]:
            now = dict(_own(self.namespace))
            if now.keys() != self.own.keys() or any(now[name] is not self.own[name] for name in now):
                return True
            self.identities = [*map(id, self.namespace.values())]  # a module of the package was imported
        return any(_look(self.own[name]) != before for name, before in self.changeable.items())


def _own(namespace: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the names of a module that it binds itself, without other modules and what Python keeps there."""
    return (
        (name, value)
        for name, value in namespace.items()
        if not name.startswith("__") and not isinstance(value, types.ModuleType)
    )


def _is_its_own(value: Any, module: object) -> bool:
    """Return whether a value is a module's own, and not imported: a look at `typing.Any` takes as long."""
    if isinstance(value, type | types.FunctionType):
        return value.__module__ == module
    return type(value).__module__ not in DECLARING


def _look(value: Any) -> tuple[Any, ...]:
    """Return what compares equal as long as a value is the same; of a constant its identity alone."""
    try:
        return _Look().of(value)
    except Exception:  # noqa: BLE001  # an object of a submission may do anything
        return (id(value), object())


class _Look:
    """A look at all that a value holds."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def of(self, value: Any) -> tuple[Any, ...]:
        """Return the identity of a value, and what may change in it."""
        if isinstance(value, CONSTANT) or id(value) in self.seen or len(self.seen) >= MOST:
            return (id(value),)
        self.seen.add(id(value))
        return (id(value), *_parts(value, self))


@functools.singledispatch
def _parts(value: Any, look: _Look) -> Iterator[Any]:
    """Yield what may change in a value; nothing if nothing may."""
    if hasattr(type(value), "__next__"):
        yield object()  # where an iterator is cannot be seen
    elif isinstance(held := getattr(value, "__dict__", None), dict):
        yield from _parts(held, look)


@_parts.register(tuple)
def _(value: Any, look: _Look) -> Iterator[Any]:
    parts = [*map(look.of, value)]
    yield from (parts if any(part[1:] for part in parts) else ())


@_parts.register(list)
@_parts.register(deque)
def _(value: Any, look: _Look) -> Iterator[Any]:
    yield from (len(value), *map(look.of, [*islice(value, MOST)]))


@_parts.register(dict)
def _(value: Any, look: _Look) -> Iterator[Any]:
    yield from (len(value), *((id(key), look.of(one)) for key, one in [*islice(value.items(), MOST)]))


@_parts.register(set)
def _(value: Any, _look: _Look) -> Iterator[Any]:
    yield from (len(value), frozenset(map(id, value)))


@_parts.register(bytearray)
def _(value: Any, _look: _Look) -> Iterator[Any]:
    yield bytes(value)


@_parts.register(np.ndarray)
def _(value: Any, look: _Look) -> Iterator[Any]:
    if value.dtype.hasobject:
        yield look.of(value.tolist())[1:]
    else:
        yield value.shape, value.dtype, zlib.crc32(np.ascontiguousarray(value).view(np.uint8).data)


@_parts.register(np.random.Generator)
def _(value: Any, _look: _Look) -> Iterator[Any]:
    yield str(value.bit_generator.state)


@_parts.register(np.random.RandomState)
def _(value: Any, _look: _Look) -> Iterator[Any]:
    yield str(value.get_state())


@_parts.register(random.Random)
def _(value: Any, _look: _Look) -> Iterator[Any]:
    yield value.getstate()


@_parts.register(types.FunctionType)
def _(value: Any, look: _Look) -> Iterator[Any]:
    yield from map(look.of, [c.cell_contents for c in value.__closure__ or () if c != types.CellType()])
    defaults = (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values())
    yield from _parts((*defaults, vars(value) or None), look)


@_parts.register(type(functools.cache(int)))
def _(value: Any, _look: _Look) -> Iterator[Any]:
    yield value.cache_info().currsize


@_parts.register(type)
def _(value: Any, look: _Look) -> Iterator[Any]:
    members = ((name, look.of(one)) for name, one in [*vars(value).items()] if not name.startswith("__"))
    yield from (1, *members)
