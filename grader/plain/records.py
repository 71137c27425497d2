"""Objects as plain values: their names and what they hold, without their classes. Bundled for students."""

from __future__ import annotations

import collections
import dataclasses
import functools
import importlib
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

POLYNOMIALS = ("Polynomial", "Chebyshev", "Legendre", "Laguerre", "Hermite", "HermiteE")
DATACLASS, RANGE, POLY1D = "dataclass", "range", "poly1d"
KINDS = (DATACLASS, RANGE, POLY1D, *POLYNOMIALS)
"""The kinds of `Instance`."""

PARTS: Mapping[str, tuple[str, ...]] = {
    RANGE: ("start", "stop", "step"),
    POLY1D: ("coef",),
    **dict.fromkeys(POLYNOMIALS, ("coef", "domain", "window")),
}
"""The attributes of those that are not dataclasses."""


class Named(tuple[Any, ...]):
    """A named tuple without its class. It equals a tuple of the same values."""

    _name: str
    _fields: tuple[str, ...]

    def __new__(cls, name: str, fields: Sequence[str], values: Sequence[Any]) -> Named:
        """Return a named tuple with a type name, field names and values."""
        made = super().__new__(cls, values)
        made._name, made._fields = name, tuple(fields)
        return made

    def __getnewargs__(self) -> Any:
        return self._name, self._fields, tuple(self)

    def __repr__(self) -> str:
        return called_with(self._name, dict(zip(self._fields, self, strict=True)))


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Instance:
    """An object without its class: a dataclass called `name`, a range or a polynomial, and its attributes."""

    kind: str
    name: str
    attributes: Mapping[str, Any]

    def __getitem__(self, attribute: str) -> Any:
        return self.attributes[attribute]

    def __repr__(self) -> str:
        return called_with(self.name, self.attributes)


def called_with(name: str, arguments: Mapping[str, Any]) -> str:
    """Format a call with keyword arguments."""
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in arguments.items())})"


# ---------------------------------------------------------------- objects -> plain values


def plain_record(value: Any) -> Named | Instance | None:
    """Return an object as a plain value, without a call of any method that its class defines.

    Args:
        value: any object.

    Returns:
        the plain value; None if it is no named tuple, dataclass, range or polynomial.
    """
    kind = type(value)
    if kind is Named or kind is Instance:
        return value  # type: ignore[no-any-return]
    if kind is range:
        return Instance(RANGE, RANGE, {"start": value.start, "stop": value.stop, "step": value.step})
    if kind is np.poly1d:
        return Instance(POLY1D, POLY1D, {"coef": value.coef})
    if kind in _polynomials():
        parts = PARTS[kind.__name__]
        return Instance(kind.__name__, kind.__name__, {part: getattr(value, part) for part in parts})
    if issubclass(kind, tuple):
        fields = fields_of(kind)
        values = tuple(tuple.__iter__(value))
        return Named(kind.__name__, fields, values) if fields and len(fields) == len(values) else None
    attributes = _attributes_of(value)
    return None if attributes is None else Instance(DATACLASS, kind.__name__, attributes)


def _polynomials() -> Sequence[type]:
    """Return the classes of polynomials if NumPy has loaded them, which it does when one is used."""
    module = sys.modules.get("numpy.polynomial")
    return [getattr(module, name, type(None)) for name in POLYNOMIALS] if module else ()


def fields_of(kind: type) -> tuple[str, ...]:
    """Return the field names of a class of named tuples; none for any other class."""
    fields = _in_class(kind, "_fields")
    texts = type(fields) is tuple and all(type(field) is str for field in fields)
    return fields if texts and len(set(fields)) == len(fields) else ()


def _attributes_of(value: Any) -> dict[str, Any] | None:
    """Return the fields of a dataclass; None if it is none, or if one of them is not set."""
    kind = type(value)
    fields = _in_class(kind, "__dataclass_fields__")
    if type(fields) is not dict:
        return None
    own = _in_class(kind, "__dict__", types.GetSetDescriptorType)
    held = own.__get__(value) if own is not None else {}
    attributes: dict[str, Any] = {}
    for name, field in dict.items(fields):
        if type(field) is not dataclasses.Field or field._field_type is not dataclasses._FIELD:  # type: ignore[attr-defined]
            continue  # it belongs to the class, or to `__init__`
        slot = _in_class(kind, name, types.MemberDescriptorType)
        try:
            found = slot.__get__(value) if slot is not None else dict.get(held, name, field.default)
        except AttributeError:
            found = dataclasses.MISSING
        if found is dataclasses.MISSING:
            return None
        attributes[name] = found
    return attributes


def _in_class(kind: type, name: str, of: type = object) -> Any:
    """Look a name up in a class and its bases as they are, whatever its metaclass claims; None if absent."""
    for cls in type.__dict__["__mro__"].__get__(kind):
        found = type.__dict__["__dict__"].__get__(cls).get(name)
        if found is not None and isinstance(found, of):
            return found
    return None


# ---------------------------------------------------------------- plain values -> objects


def real_record(value: Named | Instance, classes: Mapping[str, Any]) -> Any:
    """Return the object that a plain value stands for.

    A named tuple or dataclass is of the class of its name with the same fields, or of a new one.

    Args:
        value: the plain value.
        classes: the classes to look in, by name.

    Returns:
        the object.
    """
    if isinstance(value, Named):
        kind = _class_of(classes, value._name, value._fields, fields_of)
        return tuple.__new__(kind or _named_tuple(value._name, value._fields), value)
    if value.kind == RANGE:
        return range(*value.attributes.values())
    if value.kind == POLY1D:
        return np.poly1d(value["coef"])
    if value.kind in POLYNOMIALS:
        return getattr(importlib.import_module("numpy.polynomial"), value.kind)(**value.attributes)
    names = tuple(value.attributes)
    kind = _class_of(classes, value.name, names, _dataclass_fields) or _dataclass(value.name, names)
    made: Any = object.__new__(kind)
    for name, attribute in value.attributes.items():
        object.__setattr__(made, name, attribute)
    return made


def _class_of(
    classes: Mapping[str, Any], name: str, fields: tuple[str, ...], of: Callable[[type], tuple[str, ...]]
) -> type | None:
    found = classes.get(name)
    return found if isinstance(found, type) and of(found) == fields else None


def _dataclass_fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


@functools.lru_cache(maxsize=64)
def _named_tuple(name: str, fields: tuple[str, ...]) -> type:
    return collections.namedtuple(name, fields)  # the names are data


@functools.lru_cache(maxsize=64)
def _dataclass(name: str, fields: tuple[str, ...]) -> type:
    return dataclasses.make_dataclass(name, fields)
