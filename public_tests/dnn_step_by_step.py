"""The public tests of dnn_step_by_step. Written by `grader release`; do not edit.

Call `initialize_parameters_test(initialize_parameters)`, and so on, or import all with *.
"""

from __future__ import annotations

import builtins
import collections
import contextlib
import copy
import dataclasses
import functools
import h5py
import hashlib
import html
import importlib
import io
import numpy as np
import random
import sys
import types
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

# ---------------------------------------------------------------------- grader.comparison.verdict

ALLOWANCES = ("number_for_bool", "array_for_number", "either_sign")
"""The substitutes for an expected answer that an exercise may allow.

These are 0 and 1 for False and True, an array of one element for a number, and the opposite sign in every
element.
"""


class Verdict(str, Enum):  # noqa: UP042  # a student's Python may be 3.10, which has no StrEnum
    """The rungs of the comparison, and the reasons why a call does not reach them. Only `PASSED` earns."""

    PASSED = "passed"
    WRONG_TYPE = "wrong_type"
    WRONG_STRUCTURE = "wrong_structure"
    WRONG_SHAPE = "wrong_shape"
    WRONG_DTYPE = "wrong_dtype"
    WRONG_VALUE = "wrong_value"
    CHANGED_INPUT = "changed_input"
    NOT_DETERMINISTIC = "not_deterministic"
    FORBIDDEN = "forbidden"
    DID_NOT_RUN = "did_not_run"
    NOT_ATTEMPTED = "not_attempted"
    TO_BE_MARKED = "to_be_marked"


@dataclass(frozen=True)
class Outcome:
    """The verdict on one answer, and the reason.

    `reason` contains no value of any input or answer and may be disclosed for a hidden case; `detail` only
    for a public one. `path` is the wrong part of the result as Python would index it, and `actual` and
    `expected` are the values there.
    """

    verdict: Verdict
    reason: str = ""
    detail: str = ""
    path: str = ""
    actual: Any = None
    expected: Any = None

    @property
    def message(self) -> str:
        """The whole text, for public cases."""
        return " ".join(filter(None, (self.reason, self.detail)))


def sentence(text: str) -> str:
    """Return a text with a capital where it begins with "the", as in "the result[0] is wrong."."""
    return f"The{text[3:]}" if text.startswith("the ") else text


@dataclass(frozen=True)
class Tolerance:
    """How far a right answer may be off: |actual - expected| <= rtol |expected| + atol max |expected|.

    An expected number that is exactly 0 may be off by `floor`, whatever the others are, and any number by
    `absolute`. `allow` lists the accepted substitutes: see `ALLOWANCES`.
    """

    rtol: float = 1e-5
    atol: float = 1e-7
    floor: float = 1e-12
    allow: tuple[str, ...] = ()
    absolute: float = 0.0


@dataclass(frozen=True)
class Raises:
    """Stands for an expected answer where an exception of that name, or derived from it, has to be raised."""

    exception: str


PASSED = Outcome(Verdict.PASSED)

# ---------------------------------------------------------------------- grader.plain.records

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

# ---------------------------------------------------------------------- grader.plain.frames

CATEGORY = "category"
TEXTS, OBJECTS = "texts", "objects"
WORDS = {
    "b": "truth values",
    "i": "whole numbers",
    "u": "whole numbers",
    "f": "numbers with a fraction",
    "c": "complex numbers",
    "U": TEXTS,
    "M": "dates",
    "m": "durations",
}


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a frame, or one level of its labels.

    `dtype` is the name that pandas gives, `values` an array of one axis. Where `missing` is true there is no
    value, whatever `values` has. Of categories, `values` has the codes, -1 for none.
    """

    dtype: str
    values: Any
    missing: Any = None
    categories: Column | None = None
    ordered: bool = False

    def __len__(self) -> int:
        return len(self.values)

    @property
    def kind(self) -> str:
        """The kind of its entries, in the words of messages; one of categories has that of its labels."""
        if self.categories is not None:
            return self.categories.kind
        if self.values.dtype.kind != "O":
            return WORDS.get(self.values.dtype.kind, OBJECTS)
        return TEXTS if all(isinstance(x, str | None) for x in self.values) else OBJECTS

    def taken(self, rows: Any) -> Column:
        """Return a column of some rows of this one, given their numbers."""
        missing = None if self.missing is None else self.missing[rows]
        return replace(self, values=self.values[rows], missing=missing)

    def entries(self) -> Any:
        """Return its entries as an array. Where one is missing they are objects, or numbers with NaN."""
        if self.categories is not None:
            labels = np.append(self.categories.entries().astype(object), [None])
            return labels[self.values] if (self.values < 0).any() else labels[:-1][self.values]
        if self.missing is None or not self.missing.any():
            return self.values
        if self.values.dtype.kind in "iuf":
            return np.where(self.missing, np.nan, self.values)
        entries = self.values.astype(object)
        entries[self.missing] = None
        return entries


@dataclass(frozen=True, eq=False)
class Labels:
    """The labels of rows or columns, an index: the name of each level, and its labels."""

    names: tuple[Any, ...]
    levels: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.levels[0])

    def listed(self) -> list[Any]:
        """Return the labels; of several levels, as tuples."""
        levels = [
            level.entries().tolist() if _listable(level) else [*level.entries()] for level in self.levels
        ]
        return levels[0] if len(levels) == 1 else list(zip(*levels, strict=True))


def _listable(column: Column) -> bool:
    return column.kind not in ("dates", "durations")  # as lists they would be integers


@dataclass(frozen=True, eq=False)
class Series:
    """A column with labels."""

    name: Any
    index: Labels
    values: Column

    def __len__(self) -> int:
        return len(self.index)


@dataclass(frozen=True, eq=False)
class Frame:
    """A table: the labels of its rows and of its columns, and each column."""

    index: Labels
    columns: Labels
    values: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.index)


TABLES = (Frame, Series, Labels)


def columns_of(value: Any) -> Sequence[Column]:
    """Return all columns inside a table, those of its labels among them."""
    if isinstance(value, Frame):
        return *value.index.levels, *value.columns.levels, *value.values
    return (*value.index.levels, value.values) if isinstance(value, Series) else value.levels


def check_table(value: Any) -> None:
    """Check that the parts of a table fit each other.

    Args:
        value: a frame, a series, labels or a column, of which each part is of the right type.

    Raises:
        ValueError: they do not.
    """
    if isinstance(value, Column):
        fits = _fits(value)
    elif isinstance(value, Labels):
        lengths = {len(level) for level in value.levels}
        fits = len(lengths) == 1 and len(value.names) == len(value.levels)
    elif isinstance(value, Series):
        fits = len(value.index) == len(value.values)
    else:
        lengths = {len(value.index), *map(len, value.values)}
        fits = len(lengths) == 1 and len(value.columns) == len(value.values)
    if not fits:
        raise ValueError("the parts of a table do not fit")


def _fits(column: Column) -> bool:
    values, missing, categories = column.values, column.missing, column.categories
    if values.ndim != 1 or (missing is not None and (missing.dtype != bool or missing.shape != values.shape)):
        return False
    if categories is None:
        return values.dtype.kind in "biufcUMmO"
    codes = values.dtype.kind == "i" and categories.categories is None
    return codes and bool(((values >= -1) & (values < len(categories))).all())

# ---------------------------------------------------------------------- grader.plain.pandas_frames

WIDEST = 1 << 24
"""Characters that a column of texts may take as an array; longer ones stay objects."""


class ForeignColumnError(ValueError):
    """A column has a dtype that does not cross; the text is its name."""


def plain_frame(value: Any) -> Any:
    """Return a frame, series, index, time stamp or time difference of pandas as a plain value.

    Args:
        value: any object.

    Returns:
        the plain value; None if it is nothing of pandas.

    Raises:
        ForeignColumnError: a column is of a kind that does not cross.
    """
    pandas = sys.modules.get("pandas")
    if pandas is None or not hasattr(pandas, "DataFrame"):  # nobody can have made one
        return None
    kind = type(value)
    if kind is pandas.DataFrame:
        columns = tuple(_column(value.iloc[:, i]) for i in range(value.shape[1]))
        return Frame(_labels(value.index), _labels(value.columns), columns)
    if kind is pandas.Series:
        return Series(_name(value.name), _labels(value.index), _column(value))
    if issubclass(kind, pandas.Index) and kind.__module__.partition(".")[0] == "pandas":
        return _labels(value)
    if kind in (pandas.Timestamp, pandas.Timedelta):
        return value.tz_convert("UTC").tz_localize(None).to_numpy() if _zoned(value) else value.to_numpy()
    return np.datetime64("NaT") if value is pandas.NaT else None


def _zoned(value: Any) -> bool:
    return getattr(value, "tzinfo", None) is not None


def _labels(index: Any) -> Labels:
    names = tuple(map(_name, index.names))
    return Labels(names, tuple(_column(index.get_level_values(i)) for i in range(index.nlevels)))


def _name(name: Any) -> Any:
    return name.item() if isinstance(name, np.generic) else name


def _column(data: Any) -> Column:
    """Return a series or an index of one level as a column."""
    dtype, name = data.dtype, str(data.dtype)
    if name == CATEGORY:
        array = data.array
        codes = np.asarray(array.codes, np.int64)
        return Column(name, codes, None, _column(array.categories), bool(array.ordered))
    if name.startswith("datetime64[") and not isinstance(dtype, np.dtype):  # in a time zone
        return Column(name, np.asarray(data.array.tz_convert("UTC").tz_localize(None)))
    if isinstance(dtype, np.dtype) and dtype.kind != "O":
        return Column(name, np.array(data))
    missing = np.array(data.isna(), bool)
    held = missing if missing.any() else None
    if isinstance(dtype, np.dtype) or name in ("str", "string"):
        return _texts(name, np.array(data, object), missing, held)
    numbers = getattr(dtype, "numpy_dtype", None)
    if not isinstance(numbers, np.dtype) or numbers.kind not in "biuf" or "[" in name:
        raise ForeignColumnError(name)
    return Column(name, data.to_numpy(dtype=numbers, na_value=numbers.type(0)), held)


def _texts(name: str, values: Any, missing: Any, held: Any) -> Column:
    """Return a column of objects, which are texts mostly."""
    texts = ["" if gone else value for value, gone in zip(values, missing, strict=True)]
    if any(type(text) is not str for text in texts):
        return Column(name, values)
    widest = max(map(len, texts), default=0)
    if len(texts) * widest > WIDEST or any(text.endswith("\0") for text in texts):
        values[missing] = None
        return Column(name, values)
    return Column(name, np.array(texts, f"U{max(widest, 1)}"), held)


# ---------------------------------------------------------------- plain values -> frames


def real_frame(value: Frame | Series | Labels) -> Any:
    """Return the object of pandas that a plain value stands for.

    Raises:
        ImportError: pandas is not installed.
        ValueError: its parts do not fit each other.
    """
    pandas: Any = importlib.import_module("pandas")
    if isinstance(value, Labels):
        return _index(pandas, value)
    if isinstance(value, Series):
        return pandas.Series(_values_of(pandas, value.values), _index(pandas, value.index), name=value.name)
    index = _index(pandas, value.index)
    made = pandas.DataFrame({i: _values_of(pandas, c) for i, c in enumerate(value.values)}, index)
    made.columns = _index(pandas, value.columns)
    return made


def _index(pandas: Any, labels: Labels) -> Any:
    arrays = [_values_of(pandas, level) for level in labels.levels]
    if len(arrays) > 1:
        return pandas.MultiIndex.from_arrays(arrays, names=labels.names)
    first = labels.levels[0]
    if first.dtype == "int64" and np.array_equal(first.values, np.arange(len(first))):
        return pandas.RangeIndex(len(first), name=labels.names[0])
    return pandas.Index(arrays[0], name=labels.names[0])


def _values_of(pandas: Any, column: Column) -> Any:
    if column.categories is not None:
        categories = _index(pandas, Labels((None,), (column.categories,)))
        return pandas.Categorical.from_codes(column.values, categories, ordered=column.ordered)
    if column.dtype.startswith("datetime64[") and "," in column.dtype:
        zone = column.dtype[:-1].partition(", ")[2]
        return pandas.DatetimeIndex(column.values).tz_localize("UTC").tz_convert(zone).array
    if column.dtype == str(column.values.dtype):
        return pandas.array(column.values, dtype=column.values.dtype).copy()
    values = column.values.astype(object)
    if column.missing is not None:
        values[column.missing] = None if column.kind in (TEXTS, OBJECTS) else pandas.NA
    return pandas.array(values, dtype=column.dtype)

# ---------------------------------------------------------------------- grader.plain.real_objects

def real_object(value: Any, classes: Mapping[str, Any]) -> Any:
    """Return the object that a plain value stands for; any other value as it is.

    Args:
        value: the value.
        classes: where classes of named tuples and dataclasses are looked up; they are made anew otherwise.

    Returns:
        the object.
    """
    if isinstance(value, Named | Instance):
        return real_record(value, classes)
    return real_frame(value) if isinstance(value, TABLES) else value


def real_objects(value: Any, classes: Mapping[str, Any]) -> Any:
    """Return a value with the objects that plain values anywhere inside it stand for.

    Args:
        value: the value.
        classes: where classes are looked up.

    Returns:
        the value, or a new one.
    """
    if isinstance(value, Mapping):
        return {real_objects(k, classes): real_objects(item, classes) for k, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [real_objects(item, classes) for item in value]
        if isinstance(value, Named):
            return real_record(Named(value._name, value._fields, items), classes)
        return type(value)(items)
    if isinstance(value, Instance):
        attributes = {name: real_objects(part, classes) for name, part in value.attributes.items()}
        return real_record(Instance(value.kind, value.name, attributes), classes)
    if isinstance(value, np.ndarray) and value.dtype.kind == "O":
        made = np.empty(value.shape, object)
        for index in np.ndindex(value.shape):
            made[index] = real_objects(value[index], classes)
        return made
    return real_object(value, classes)

# ---------------------------------------------------------------------- grader.comparison.contrast

ROOM = 50
"""The characters shown of a long text."""

BEFORE = 20
"""How many of them stand before the first difference."""

DOTS = "..."
NUMBERS = (int, float, complex, np.number, np.bool_)
DIGITS = (6, 9, 17)
"""Significant digits to try until two numbers are written differently."""

NO_LINE = "no further line"


class Contrast(NamedTuple):
    """Two values that differ, as text; `line` is the first line that differs of texts that have several.

    `remark` is a sentence on what alone is different, where it is little.
    """

    yours: str
    theirs: str
    line: int = 0
    remark: str = ""


def contrast(actual: Any, expected: Any) -> Contrast:
    """Return how a message shows two values that differ: of long ones, what stands around the difference.

    Args:
        actual: the value.
        expected: its counterpart.

    Returns:
        the texts.
    """
    yours, theirs = _plain_text(actual), _plain_text(expected)
    if not _both_texts(yours, theirs):
        return Contrast(*excerpts(yours, theirs))
    return _contrast_of_texts(yours, theirs)


def _contrast_of_texts(yours: Any, theirs: Any) -> Contrast:
    remark, line = _only_difference(yours, theirs), 0
    newline = "\n" if isinstance(yours, str) else b"\n"
    lines = [(text[:-1] if text.endswith(newline) else text).split(newline) for text in (yours, theirs)]
    several = yours and theirs and max(map(len, lines)) > 1
    if several and yours.rstrip(newline) != theirs.rstrip(newline):
        line = _first_difference(*lines) + 1
        if line > min(map(len, lines)):
            shown = [shortly(one[line - 1]) if line <= len(one) else NO_LINE for one in lines]
            return Contrast(shown[0], shown[1], line)
        yours, theirs = (one[line - 1] for one in lines)
    return Contrast(*excerpts(yours, theirs), line, remark)


def excerpts(actual: Any, expected: Any) -> tuple[str, str]:
    """Format two values; of long ones, what stands around their first difference.

    Args:
        actual: the value.
        expected: its counterpart.

    Returns:
        the two texts.
    """
    yours, theirs = _plain_text(actual), _plain_text(expected)
    texts = _both_texts(yours, theirs)
    if not texts:
        yours, theirs = _numbers(yours, theirs) or (written(yours), written(theirs))
    start, longest = 0, max(len(yours), len(theirs))
    if longest > ROOM and (first := _first_difference(yours, theirs)) < longest:
        start = max(0, min(first - BEFORE, longest - ROOM))
    quoted = (ascii if _look_alike(yours, theirs) else repr) if texts else str
    return _cut(yours, start, quoted), _cut(theirs, start, quoted)


def shortly(x: Any, others: Sequence[Any] = ()) -> str:
    """Format a value in a few characters.

    Args:
        x: the value.
        others: values that it must not be taken for; a long text is shown where it differs from the nearest.

    Returns:
        the text.
    """
    x = _plain_text(x)
    if not isinstance(x, (str, bytes)):
        return _cut(written(x), 0, str)
    start = 0
    if len(x) > ROOM:
        like = [_first_difference(x, other) for other in others if type(other) is type(x)]
        start = max(0, min(max(like, default=0) - BEFORE, len(x) - ROOM))
    return _cut(x, start, repr)


def written(x: Any) -> str:
    """Return a value as one line of text, whole."""
    if isinstance(x, (np.generic, date, timedelta)):
        return str(x)
    try:
        return " ".join(line.strip() for line in repr(x).split("\n"))
    except ValueError:  # Python writes no integer of more than 4,300 digits
        return f"{type(x).__name__} of very large numbers"


def _plain_text(x: Any) -> Any:
    return x.item() if isinstance(x, (np.str_, np.bytes_)) else x


def _numbers(yours: Any, theirs: Any) -> tuple[str, str] | None:
    """Return two numbers with the fewest digits of `DIGITS` that tell them apart; None if they are none."""
    if isinstance(yours, np.timedelta64) or not (isinstance(yours, NUMBERS) and isinstance(theirs, NUMBERS)):
        return None
    for digits in DIGITS:
        shown = [
            written(x) if isinstance(x, (int, np.integer, np.bool_)) else f"{x:.{digits}g}"
            for x in (yours, theirs)
        ]
        if shown[0] != shown[1]:
            break
    return shown[0], shown[1]


def _both_texts(yours: Any, theirs: Any) -> bool:
    return any(isinstance(yours, kind) and isinstance(theirs, kind) for kind in (str, bytes))


def _first_difference(one: Any, other: Any) -> int:
    """Return the index of the first entry in which two sequences differ."""
    pairs = enumerate(zip(one, other))  # noqa: B905  # one may be longer
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(text: Any, start: int, quoted: Any) -> str:
    """Format what `ROOM` has of a text from `start` on, cut before it is quoted, so no escape is torn."""
    end = start + ROOM
    return f"{DOTS * (start > 0)}{quoted(text[start:end])}{DOTS * (end < len(text))}"


def _look_alike(yours: Any, theirs: Any) -> bool:
    """Return whether two texts that differ are read the same, as two ways to write an accent."""
    if not isinstance(yours, str) or (yours.isascii() and theirs.isascii()):
        return False
    return unicodedata.normalize("NFKC", yours) == unicodedata.normalize("NFKC", theirs)


def _only_difference(yours: Any, theirs: Any) -> str:
    """Return the sentence on what alone differs in two texts, if it is little."""
    newline = "\n" if isinstance(yours, str) else b"\n"
    more = len(yours) - len(theirs)
    if yours.rstrip(newline) == theirs.rstrip(newline):
        if more > 0:
            return (
                "It has a newline more at the end."
                if more == 1
                else f"It has {more} newlines more at the end."
            )
        return (
            "The newline at the end is missing."
            if more == -1
            else f"{-more} newlines at the end are missing."
        )
    if _look_alike(yours, theirs):
        return "The characters look alike, and are others."
    squeezed = [yours[:0].join(text.split()) for text in (yours, theirs)]
    if squeezed[0] == squeezed[1]:
        return "It differs in white space alone."
    if yours.lower() == theirs.lower():
        return "It differs in upper and lower case alone."
    if squeezed[0].lower() == squeezed[1].lower():
        return "It differs in white space and in upper and lower case alone."
    return ""

# ---------------------------------------------------------------------- grader.comparison.kinds

OTHER = "an object of another kind"
_WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "None"),
    ((bool, np.bool_), "a truth value"),
    ((date, np.datetime64), "a date"),
    ((timedelta, np.timedelta64), "a duration"),
    ((int, float, complex, np.number), "a number"),
    (np.ndarray, "an array"),
    (str, "text"),
    (bytes, "bytes"),
    (dict, "a dictionary"),
    (list, "a list"),
    (tuple, "a tuple"),
    ((set, frozenset), "a set"),
    (Frame, "a DataFrame"),
    (Series, "a Series"),
    (Labels, "an Index"),
)
_ARRAYS = {
    "U": "an array of texts",
    "S": "an array of bytes",
    "M": "an array of dates",
    "m": "an array of durations",
    "O": "an array of objects",
    "V": "an array of records",
}
_RARE = {"fractions": "a fraction", "decimal": "a decimal number"}
"""The kinds of values in modules that are rarely loaded."""

OF_NUMBERS = {"an array": "an array of numbers"}
ALONE = {"an array": "a number", "an array of dates": "a date", "an array of durations": "a duration"}
"""An array of one kind, and what may stand for one without axes."""


class Leaf(NamedTuple):
    """A number, array, text or other value inside a result that is compared as a whole, and its counterpart.

    `table` is the frame or series that it is a column of.
    """

    path: str
    expected: Any
    actual: Any
    table: Table | None = None


class Table(NamedTuple):
    """A frame or series and its counterpart: its path, and what gives the place of an entry in a row."""

    path: str
    expected: Any
    actual: Any
    place: Callable[[int], str]


def kind(x: Any) -> str:
    """Return the kind of a value in the words of messages."""
    if isinstance(x, np.ndarray):
        return "an array of texts" if is_texts(x) else _ARRAYS.get(x.dtype.kind, "an array")
    if isinstance(x, Named):
        return "a named tuple"
    word = next((word for types, word in _WORDS if isinstance(x, types)), OTHER)
    if word not in (OTHER, "a tuple"):
        return word
    record = plain_record(x)
    if isinstance(record, Named):
        return "a named tuple"
    if isinstance(record, Instance):
        return "a dataclass" if record.kind == DATACLASS else f"a {record.kind}"
    return _RARE.get(type(x).__module__, word)


def is_texts(array: Any) -> bool:
    """Return whether an array holds texts, be it as objects."""
    return array.dtype.kind == "U" or (
        array.dtype.kind == "O" and array.size > 0 and all(isinstance(entry, str) for entry in array.flat)
    )


def is_numeric(x: Any) -> bool:
    """Return whether a value is a number, a truth value or an array of those."""
    if isinstance(x, np.ndarray):
        return x.dtype.kind in "biufc"
    return isinstance(x, int | float | complex | np.number | np.bool_) and not isinstance(x, np.timedelta64)


# ---------------------------------------------------------------- words


def fails(verdict: Verdict, leaf: Leaf, reason: str, detail: str = "") -> Outcome:
    """Return the outcome of a wrong leaf; of a column, it shows the whole table.

    Args:
        verdict: the rung that failed.
        leaf: the leaf.
        reason: what may be told of a hidden case too.
        detail: what may not.

    Returns:
        the outcome.
    """
    whole = leaf if leaf.table is None else leaf.table
    return Outcome(verdict, reason, detail, whole.path, whole.actual, whole.expected)


def of_type(path: str, expected: str, actual: Any) -> Outcome:
    """Return the outcome of a part of another kind.

    Args:
        path: the path of the part.
        expected: the kind that is expected, in words.
        actual: the part of the answer.

    Returns:
        the outcome.
    """
    named = getattr(actual, "type_name", type(actual).__name__)
    detail = "" if kind(actual) != OTHER else f"Its type is {named}."
    return Outcome(Verdict.WRONG_TYPE, f"{path} is {kind(actual)}, expected {expected}.", detail, path)


def count(n: int, noun: str) -> str:
    """Format a number of things.

    Args:
        n: the number.
        noun: the word for one of them.

    Returns:
        the text.
    """
    if n == 1:
        return f"1 {noun}"
    return f"{n} {noun[:-1]}ies" if noun.endswith("ry") else f"{n} {noun}s"


def keys(found: Sequence[Any], others: Iterable[Any] = ()) -> str:
    """Format the first few keys.

    Args:
        found: the keys.
        others: keys that they must not be taken for.

    Returns:
        the text.
    """
    others = [*others]
    shown = ", ".join(shortly(key, others) for key in found[:5])
    return shown + (f" and {len(found) - 5} more" if len(found) > 5 else "")

# ---------------------------------------------------------------------- grader.comparison.tables

def leaves_of_table(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
    """Yield the columns of a table as leaves, and an outcome where columns, rows or kinds differ.

    Names of an index and of a series are free, as are the dtypes that hold entries of one kind.

    Args:
        path: the path of the table.
        expected: the expected frame, series or index.
        actual: its counterpart, which may be of pandas.

    Returns:
        an iterator of leaves and outcomes.
    """
    table = _plain(actual)
    if type(table) is not type(expected):
        yield of_type(path, kind(expected), actual if table is None else table)
        return
    yield from _LEAVES[type(expected)](path, expected, table)


def _plain(actual: Any) -> Any:
    """Return a table as plain values; None if it is none, or has columns that cannot be compared."""
    if isinstance(actual, Frame | Series | Labels):
        return actual
    try:
        return plain_frame(actual)
    except ForeignColumnError:
        return None


def _leaves_of_frame(path: str, expected: Frame, actual: Frame) -> Iterator[Leaf | Outcome]:
    theirs, yours = expected.columns.listed(), actual.columns.listed()
    outcome = _other_columns(path, theirs, yours) or _other_rows(path, expected, actual)
    if outcome is not None:
        yield outcome
        return
    labels = expected.index.listed()
    yield from _leaves_of_index(path, expected, actual)
    for name, e, a in zip(theirs, expected.values, actual.values, strict=True):
        places = functools.partial(_place, f"{path}.loc[", f", {_label(name)}]", labels)
        where = f"{path}[{_label(name)}]"
        yield from _leaves_of_column(where, e, a, Table(path, expected, actual, places))


def _leaves_of_series(path: str, expected: Series, actual: Series) -> Iterator[Leaf | Outcome]:
    outcome = _other_rows(path, expected, actual)
    if outcome is not None:
        yield outcome
        return
    yield from _leaves_of_index(path, expected, actual)
    places = functools.partial(_place, f"{path}.loc[", "]", expected.index.listed())
    yield from _leaves_of_column(path, expected.values, actual.values, Table(path, expected, actual, places))


def _leaves_of_index(path: str, expected: Frame | Series, actual: Frame | Series) -> Iterator[Leaf | Outcome]:
    yield from _leaves_of_labels(f"{path}.index", expected.index, actual.index, (path, expected, actual))


def _leaves_of_labels(
    path: str, expected: Labels, actual: Labels, whole: tuple[str, Any, Any] | None = None
) -> Iterator[Leaf | Outcome]:
    outcome = _other_rows(path, expected, actual)
    if outcome is None and len(expected.levels) != len(actual.levels):
        levels = count(len(actual.levels), "level")
        reason = f"{path} has {levels}, expected {len(expected.levels)}."
        outcome = Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
    if outcome is not None:
        yield outcome
        return
    for i, (e, a) in enumerate(zip(expected.levels, actual.levels, strict=True)):
        level = path if len(expected.levels) == 1 else f"{path}.get_level_values({i})"
        places = functools.partial(_place, f"{level}[", "]", range(len(e)))
        table, theirs, yours = whole or (path, expected, actual)
        yield from _leaves_of_column(level, e, a, Table(table, theirs, yours, places))


def _leaves_of_column(path: str, expected: Column, actual: Column, table: Table) -> Iterator[Leaf | Outcome]:
    if len(expected) == 0:
        return  # nothing is of a wrong kind
    if expected.kind != actual.kind:
        reason = f"{path} holds {actual.kind}, expected {expected.kind}."
        yield Outcome(Verdict.WRONG_DTYPE, reason, "", table.path, table.actual, table.expected)
        return
    theirs, yours = expected.entries(), actual.entries()
    if "O" in (theirs.dtype.kind, yours.dtype.kind):
        theirs, yours = theirs.astype(object), yours.astype(object)
    yield Leaf(path, theirs, yours, table)


_LEAVES: dict[type, Callable[[str, Any, Any], Iterator[Leaf | Outcome]]] = {
    Frame: _leaves_of_frame,
    Series: _leaves_of_series,
    Labels: _leaves_of_labels,
}


# ---------------------------------------------------------------- labels


def _other_columns(path: str, expected: Sequence[Any], actual: Sequence[Any]) -> Outcome | None:
    missing = [name for name in expected if name not in actual]
    extra = [name for name in actual if name not in expected]
    if missing:
        word = "column" if len(missing) == 1 else "columns"
        return Outcome(Verdict.WRONG_STRUCTURE, f"{path} has no {word} {keys(missing, actual)}.", path=path)
    if extra:
        reason = f"{path} has {count(len(extra), 'column')} too many."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, f"Not expected: {keys(extra, expected)}.", path)
    if len(actual) != len(expected):
        reason = f"{path} has {count(len(actual), 'column')}, expected {len(expected)}."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
    if list(actual) != list(expected):
        reason = f"The columns of {path} are in another order, expected {keys(expected)}."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
    return None


def _other_rows(path: str, expected: Any, actual: Any) -> Outcome | None:
    if len(actual) == len(expected):
        return None
    noun = "label" if isinstance(expected, Labels) else "row"
    reason = f"{path} has {count(len(actual), noun)}, expected {len(expected)}."
    return Outcome(Verdict.WRONG_SHAPE, reason, "", path, actual, expected)


def _place(before: str, after: str, labels: Sequence[Any], row: int) -> str:
    """Return the place of a row, by its label, as Python would write it."""
    return f"{before}{_label(labels[row])}{after}"


def _label(label: Any) -> str:
    return shortly(str(label) if isinstance(label, np.generic) else label)

# ---------------------------------------------------------------------- grader.comparison.structure

def result_leaves(expected: Any, actual: Any, names: Sequence[str]) -> Iterator[Leaf | Outcome]:
    """Yield the leaves of a result, and an outcome where the structures differ.

    Args:
        expected: the expected answer.
        actual: the answer.
        names: the names of the results; the entries of a tuple are called so if there are as many.

    Returns:
        an iterator of leaves and outcomes.
    """
    if not (isinstance(expected, tuple) and len(expected) == len(names) > 1):
        yield from _leaves(", ".join(names), expected, actual)
        return
    if not isinstance(actual, list | tuple):
        yield of_type(f"The result ({', '.join(names)})", f"{len(names)} values", actual)
    elif len(actual) != len(expected):
        reason = f"{count(len(actual), 'value')} came back, expected {len(expected)}: {', '.join(names)}."
        yield Outcome(Verdict.WRONG_STRUCTURE, reason)
    else:
        for name, e, a in zip(names, expected, actual, strict=True):
            yield from _leaves(name, e, a)


def _leaves(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse `expected` and `actual` together; yield pairs of leaves, and an outcome where they differ."""
    if isinstance(expected, Mapping):
        yield from _leaves_of_dict(path, expected, actual)
    elif isinstance(expected, Named):
        yield from _leaves_of_named(path, expected, actual)
    elif isinstance(expected, list | tuple):
        yield from _leaves_of_sequence(path, expected, actual)
    elif isinstance(expected, Instance):
        yield from _leaves_of_instance(path, expected, actual)
    elif isinstance(expected, TABLES):
        yield from leaves_of_table(path, expected, actual)
    elif isinstance(expected, np.ndarray) and expected.dtype.kind in "OV":
        yield from _leaves_of_array(path, expected, actual)
    else:
        yield Leaf(path, expected, actual)


def _leaves_of_dict(path: str, expected: Mapping[Any, Any], actual: Any) -> Iterator[Leaf | Outcome]:
    if not isinstance(actual, Mapping):
        yield of_type(path, "a dictionary", actual)
        return
    outcome = _other_keys(path, expected, actual, "key")
    if outcome is not None:
        yield outcome
        return
    for key, value in expected.items():
        yield from _leaves(f"{path}[{key!r}]", value, actual[key])


def _other_keys(path: str, expected: Any, actual: Any, noun: str) -> Outcome | None:
    """Return the outcome of keys that are missing, or else of those that are too many."""
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if missing:
        word = "" if noun == "key" else f"{noun} "
        return Outcome(Verdict.WRONG_STRUCTURE, f"{path} has no {word}{keys(missing, actual)}.", path=path)
    if extra:
        reason = f"{path} has {count(len(extra), noun)} too many."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, f"Not expected: {keys(extra, expected)}.", path)
    return None


def _leaves_of_sequence(path: str, expected: Sequence[Any], actual: Any) -> Iterator[Leaf | Outcome]:
    if isinstance(actual, deque):
        actual = list(actual)
    if not isinstance(actual, list | tuple):
        yield of_type(path, f"a {type(expected).__name__} of {len(expected)}", actual)
    elif len(actual) != len(expected):
        yield _other_length(path, expected, actual)
    else:
        for i, (e, a) in enumerate(zip(expected, actual, strict=True)):
            yield from _leaves(f"{path}[{i}]", e, a)


def _other_length(path: str, expected: Sequence[Any], actual: Sequence[Any]) -> Outcome:
    reason = f"{path} has {count(len(actual), 'entry')}, expected {len(expected)}."
    return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)


def _leaves_of_named(path: str, expected: Named, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse a named tuple; a tuple or list may stand for it, and its name is free."""
    fields = expected._fields
    if not isinstance(actual, list | tuple):
        yield of_type(path, f"a named tuple of {', '.join(fields)}", actual)
    elif len(actual) != len(expected):
        yield _other_length(path, expected, actual)
    else:
        record = plain_record(actual)
        other = _other_keys(path, fields, record._fields, "field") if isinstance(record, Named) else None
        if other is None and isinstance(record, Named) and record._fields != fields:
            reason = f"{path} has its fields in another order, expected {', '.join(fields)}."
            other = Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
        if other is not None:
            yield other
            return
        for field, e, a in zip(fields, expected, actual, strict=True):
            yield from _leaves(f"{path}.{field}", e, a)


def _leaves_of_instance(path: str, expected: Instance, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse a dataclass, whose name is free, or a range or polynomial."""
    record = plain_record(actual)
    if not isinstance(record, Instance) or kind(record) != kind(expected):
        word = "a dataclass like " + expected.name if expected.kind == DATACLASS else kind(expected)
        yield of_type(path, word, actual)
        return
    parts, others = expected.attributes, record.attributes
    if expected.kind == RANGE and range(*parts.values()) == range(*others.values()):
        return
    outcome = _other_keys(path, parts, others, "attribute")
    if outcome is not None:
        yield outcome
        return
    for name, part in parts.items():
        yield from _leaves(f"{path}.{name}", part, others[name])


def _leaves_of_array(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse an array of objects by its entries, and one of records by its fields."""
    if not isinstance(actual, np.ndarray):
        yield of_type(path, kind(expected), actual)
    elif is_texts(expected):
        yield Leaf(path, expected, actual)
    elif actual.shape != expected.shape:
        reason = f"{path} has the shape {actual.shape}, expected {expected.shape}."
        yield Outcome(Verdict.WRONG_SHAPE, reason, "", path, actual, expected)
    elif expected.dtype.names:
        fields = expected.dtype.names
        outcome = _other_keys(path, fields, actual.dtype.names or (), "field")
        if outcome is not None:
            yield outcome
            return
        for field in fields:
            yield from _leaves(f"{path}[{field!r}]", expected[field], actual[field])
    else:
        for index in np.ndindex(expected.shape):
            where = f"{path}[{', '.join(map(str, index))}]"
            yield from _leaves(where, expected[index], actual[index])

# ---------------------------------------------------------------------- grader.comparison.elements

PAIRS = 10_000
"""The number of pairs up to which the entries of sets are compared with a tolerance."""


def different(actual: Any, expected: Any) -> Any:
    """Return where two values of one kind and shape differ. Missing dates and NaN equal each other.

    Args:
        actual: an array or a single value.
        expected: its counterpart.

    Returns:
        an array of truth values, or a single one.
    """
    if isinstance(expected, np.ndarray) and expected.dtype.kind == "O":
        pairs = zip(actual.astype(object).flat, expected.flat, strict=True)
        return np.array([not _same(a, e) for a, e in pairs], bool).reshape(expected.shape)
    yours, theirs = (_as_dates(value) for value in (actual, expected))
    if yours is None or theirs is None:
        return actual != expected
    return (yours != theirs) & ~(np.isnat(yours) & np.isnat(theirs))


def _as_dates(value: Any) -> Any:
    """Return dates or durations as NumPy has them; None for anything else."""
    if isinstance(value, np.ndarray | np.generic):
        return value if value.dtype.kind in "mM" else None
    if not isinstance(value, date | timedelta):
        return None
    text = "NaT" if value != value else value  # pandas has a NaT that NumPy does not read
    return np.array(text, "M8" if isinstance(value, date) else "m8")[()]


def _same(actual: Any, expected: Any) -> bool:
    if is_numeric(actual) and is_numeric(expected):
        return bool(np.allclose(actual, expected, rtol=1e-5, atol=1e-12, equal_nan=True))
    if type(actual) is type(expected) and isinstance(expected, np.datetime64 | np.timedelta64):
        return not different(actual, expected)
    return type(actual) is type(expected) and not np.any(np.asarray(actual != expected))


def entries_off(leaf: Leaf, right: Callable[[Any, Any], bool]) -> Outcome:
    """Return the outcome of a set; entries that are not equal may be right within the tolerance.

    Args:
        leaf: the set and its counterpart.
        right: whether an entry may stand for an expected one, called with the expected and the actual one.

    Returns:
        `PASSED`, or an outcome that shows which entries are missing and which are too many.
    """
    missing = sorted((e for e in leaf.expected if e not in leaf.actual), key=written)
    extra = sorted((a for a in leaf.actual if a not in leaf.expected), key=written)
    if len(missing) * len(extra) <= PAIRS:
        for entry in [*missing]:
            stands = next((a for a in extra if right(entry, a)), extra)
            if stands is not extra:
                missing.remove(entry)
                extra = [a for a in extra if a is not stands]
    if not missing and not extra:
        return PASSED
    lacks = f"lacks {len(missing)} of {count(len(leaf.expected), 'entry')}" if missing else ""
    surplus = f"has {count(len(extra), 'entry')} too many" if extra else ""
    detail = [f"Missing: {keys(missing, extra)}."] * bool(missing) + [
        f"Not expected: {keys(extra, missing)}."
    ] * bool(extra)
    reason = f"{leaf.path} {' and '.join(filter(None, (lacks, surplus)))}."
    return fails(Verdict.WRONG_VALUE, leaf, reason, " ".join(detail))

# ---------------------------------------------------------------------- grader.comparison.compare

def compare(
    expected: Any,
    actual: Any,
    names: Sequence[str] = ("result",),
    tolerance: Tolerance | None = None,
) -> Outcome:
    """Compare an answer with the expected one.

    The rungs: missing, type, structure (keys and lengths; a list may stand for a tuple), shape,
    kind of dtype, NaN and infinity, values. Every part of the answer has to pass a rung before
    any part is put to the next one, so NumPy never broadcasts a wrong shape and never sees a
    structure of the wrong kind.

    Args:
        expected: the reference's answer, as plain data.
        actual: the answer to judge; any object.
        names: the names of the results, with which the paths in messages begin.
        tolerance: the tolerance of numbers; None for the default.

    Returns:
        `PASSED`, or the outcome of the first rung that fails.
    """
    return _told(_climbed(expected, actual, names, tolerance or Tolerance(), RUNGS))


def compare_kind(expected: Any, actual: Any, names: Sequence[str] = ("result",)) -> Outcome:
    """Compare the type, structure, shape and kind of dtype of an answer with the expected one's, no values.

    Args:
        expected: the reference's answer.
        actual: the answer to judge; any object.
        names: the names of the results.

    Returns:
        `PASSED`, or the outcome of the first rung that fails.
    """
    return _told(_climbed(expected, actual, names, Tolerance(), RUNGS_OF_KIND))


def _told(outcome: Outcome) -> Outcome:
    """Return an outcome whose reason begins as a sentence does."""
    return outcome if outcome is PASSED else replace(outcome, reason=sentence(outcome.reason))


def _climbed(
    expected: Any, actual: Any, names: Sequence[str], tolerance: Tolerance, rungs: Sequence[Rung]
) -> Outcome:
    if actual is None and expected is not None:
        return Outcome(Verdict.NOT_ATTEMPTED, "Nothing came back (None).")
    leaves: list[Leaf] = []
    for part in result_leaves(expected, actual, names):
        if isinstance(part, Outcome):
            return part
        if not _identical(part):
            leaves.append(_allowed(part, tolerance.allow) if tolerance.allow else part)
    for rung in rungs:
        for leaf in leaves:
            outcome = rung(leaf, tolerance)
            if outcome is not PASSED:
                return outcome
    return PASSED


def _identical(leaf: Leaf) -> bool:
    """Return whether a leaf is bitwise equal, as most are, and needs no further check."""
    expected, actual = leaf.expected, leaf.actual
    if type(expected) is not np.ndarray or type(actual) is not np.ndarray:
        return False
    same = expected.dtype == actual.dtype and expected.dtype.kind != "O"
    return same and np.array_equal(expected, actual)


def _allowed(leaf: Leaf, allow: Sequence[str]) -> Leaf:
    """Return the leaf with an allowed substitute converted to the form of the expected answer."""
    if not (is_numeric(leaf.expected) and is_numeric(leaf.actual)):
        return leaf
    expected, actual = _array(leaf.expected), _array(leaf.actual)
    if "array_for_number" in allow and expected.ndim == 0 and actual.size == 1:
        actual = actual.ravel()[0]
        leaf = leaf._replace(actual=actual)
    if "number_for_bool" in allow and expected.dtype.kind == "b" and np.isin(actual, (0, 1)).all():
        leaf = leaf._replace(actual=actual.astype(bool)[()])  # [()] makes a scalar of an array without axes
    if "either_sign" in allow and expected.shape == actual.shape and expected.dtype.kind in "fc":
        with np.errstate(over="ignore", invalid="ignore"):
            other_is_nearer = np.abs(actual + expected).sum() < np.abs(actual - expected).sum()
        if other_is_nearer:
            leaf = leaf._replace(actual=-actual)
    return leaf


# ---------------------------------------------------------------- rungs


def _type(leaf: Leaf, _: Tolerance) -> Outcome:
    if isinstance(leaf.expected, np.ndarray) and isinstance(leaf.actual, np.ndarray):
        return PASSED  # of which kind is for another rung
    expected, actual = kind(leaf.expected), kind(leaf.actual)
    if actual == expected or actual == ALONE.get(expected) or expected == ALONE.get(actual):
        return PASSED
    return of_type(leaf.path, expected, leaf.actual)


def _shape(leaf: Leaf, _: Tolerance) -> Outcome:
    if not (is_numeric(leaf.expected) or isinstance(leaf.expected, np.ndarray)):
        return PASSED
    if np.shape(leaf.actual) == np.shape(leaf.expected):
        return PASSED
    reason = f"{leaf.path} has the shape {np.shape(leaf.actual)}, expected {np.shape(leaf.expected)}."
    return fails(Verdict.WRONG_SHAPE, leaf, reason)


def _dtype(leaf: Leaf, _: Tolerance) -> Outcome:
    """Check the kind of dtype: an array of integers is not one of floats; a scalar may be either."""
    if leaf.table is None and isinstance(leaf.actual, np.ndarray) and isinstance(leaf.expected, np.ndarray):
        yours, theirs = kind(leaf.actual), kind(leaf.expected)
        if yours != theirs:
            reason = f"{leaf.path} is {yours}, expected {OF_NUMBERS.get(theirs, theirs)}."
            return fails(Verdict.WRONG_DTYPE, leaf, reason)
    if not is_numeric(leaf.expected):
        return PASSED
    kinds = [_array(x).dtype.kind.replace("u", "i") for x in (leaf.actual, leaf.expected)]
    if np.ndim(leaf.expected) == 0 and set(kinds) <= {"i", "f"}:
        return PASSED
    if kinds[0] == kinds[1]:
        return PASSED
    yours, theirs = (_array(x).dtype.name for x in (leaf.actual, leaf.expected))
    reason = f"{leaf.path} holds {yours} numbers, expected {theirs}."
    return fails(Verdict.WRONG_DTYPE, leaf, reason)


def _finite(leaf: Leaf, _: Tolerance) -> Outcome:
    """Check that NaN and infinities are exactly where the expected answer has them."""
    if not is_numeric(leaf.expected):
        return PASSED
    actual, expected = _array(leaf.actual), _array(leaf.expected)
    if np.isfinite(actual).all() and np.isfinite(expected).all():
        return PASSED
    odd = np.isnan(actual) != np.isnan(expected)
    infinite = np.isinf(actual) | np.isinf(expected)
    odd |= infinite & (actual != expected) & ~(np.isnan(actual) & np.isnan(expected))
    return _wrong_where(odd, leaf, actual, expected)


def _values(leaf: Leaf, tolerance: Tolerance) -> Outcome:
    if not is_numeric(leaf.expected):
        return _others(leaf, tolerance)
    actual, expected = _array(leaf.actual), _array(leaf.expected)
    if expected.dtype.kind == "b":
        return _wrong_where(actual != expected, leaf, actual, expected)
    finite = np.isfinite(expected)
    yours, theirs = (_wide(np.where(finite, x, 0)) for x in (actual, expected))
    with np.errstate(over="ignore", invalid="ignore"):
        magnitude = np.abs(theirs)
        error = np.abs(yours - theirs)
        allowed = tolerance.rtol * magnitude + tolerance.atol * magnitude.max(initial=0)
        allowed = np.where(magnitude == 0, np.maximum(allowed, tolerance.floor), allowed)
        if tolerance.absolute:
            allowed = np.maximum(allowed, tolerance.absolute)
    return _wrong_where(~(error <= allowed), leaf, actual, expected)


def _others(leaf: Leaf, tolerance: Tolerance) -> Outcome:
    """Check what is not numeric: entries of arrays one by one, entries of sets in any order."""
    if isinstance(leaf.expected, np.ndarray):
        return _wrong_where(different(leaf.actual, leaf.expected), leaf, leaf.actual, leaf.expected)
    if isinstance(leaf.expected, set | frozenset):

        def right(expected: Any, actual: Any) -> bool:
            return compare(expected, actual, tolerance=tolerance) is PASSED

        return entries_off(leaf, right)
    if not np.any(different(leaf.actual, leaf.expected)):
        return PASSED
    shown = contrast(leaf.actual, leaf.expected)
    return fails(Verdict.WRONG_VALUE, leaf, f"{leaf.path} is wrong.", _detail(shown))


Rung = Callable[[Leaf, Tolerance], Outcome]
RUNGS_OF_KIND: tuple[Rung, ...] = (_type, _shape, _dtype)
RUNGS: tuple[Rung, ...] = (*RUNGS_OF_KIND, _finite, _values)

# ---------------------------------------------------------------- elements


def _wrong_where(wrong: Any, leaf: Leaf, actual: Any, expected: Any) -> Outcome:
    """Return an outcome that counts the wrong elements and shows the first; `PASSED` if there is none."""
    wrong = np.asarray(wrong)
    if not wrong.any():
        return PASSED
    index = tuple(int(i[0]) for i in np.nonzero(np.atleast_1d(wrong)))[: wrong.ndim]
    shown = contrast(actual[index], expected[index])
    if wrong.ndim == 0:
        reason, detail = f"{leaf.path} is wrong.", _detail(shown)
    else:
        noun = "element" if leaf.table is None else "row"
        reason = f"{leaf.path} is wrong in {int(wrong.sum())} of {count(wrong.size, noun)}."
        where = leaf.table.place(index[0]) if leaf.table else f"{leaf.path}[{', '.join(map(str, index))}]"
        line = f", line {shown.line}" if shown.line else ""
        said = f"The first is {where}{line}: yours {shown.yours}, expected {shown.theirs}."
        detail = f"{said} {shown.remark}".rstrip()
    if actual.dtype.kind in "fc" and bool(np.isnan(actual[wrong]).any()):
        reason += " It contains NaN."
    return fails(Verdict.WRONG_VALUE, leaf, reason, detail)


def _detail(shown: Contrast) -> str:
    """Return the sentences that show a single value and the expected one."""
    if shown.line:
        said = f"Line {shown.line} is the first that differs: yours {shown.yours}, expected {shown.theirs}."
    else:
        said = f"Yours is {shown.yours}, expected {shown.theirs}."
    return f"{said} {shown.remark}".rstrip()


def _wide(x: Any) -> Any:
    """Return numbers in at least double precision, so that differences of integers do not overflow."""
    return x.astype(np.result_type(x, np.float64))


def _array(x: Any) -> Any:
    """Return a numeric leaf as an array; an integer too long for NumPy becomes infinite."""
    if type(x) is int and not -(2**63) <= x < 2**63:
        return np.float64(np.inf if x > 0 else -np.inf)
    return np.asarray(x)

# ---------------------------------------------------------------------- grader.comparison.judges

@dataclass(frozen=True)
class Judge:
    """A judge, Python source that defines it under the name `judge`, and where its exercise is declared."""

    call: Callable[..., Any]
    source: str
    place: str = ""


def judge_of(source: str) -> Judge:
    """Return the judge that a source defines, which may name the ready ones.

    Args:
        source: Python source, written by `grader release`.

    Returns:
        the judge.
    """
    namespace: dict[str, Any] = {ready.__name__: ready for ready in READY}
    exec(compile(source, "<judge>", "exec", dont_inherit=True), namespace)  # noqa: S102  # an instructor's
    return Judge(namespace["judge"], source)


def judged(
    judge: Judge,
    case: Mapping[str, Any],
    expected: Any,
    answer: Any,
    names: Sequence[str],
) -> Outcome:
    """Return the outcome of an answer by a judge.

    A judge need not check that an answer is of the right kind: where it raises, an answer of another type,
    structure, shape or dtype than the expected one is wrong for that reason, and so is one that alone has NaN
    or infinity.

    Args:
        judge: the judge.
        case: the arguments of the call, by name.
        expected: the reference's answer.
        answer: the answer to judge.
        names: the names of the results.

    Returns:
        the outcome.

    Raises:
        JudgeError: the judge raises on an answer of the right kind, or returns something else than a text.
    """
    try:
        ready = isinstance(judge.call, Ready)
        said = judge.call(case, expected, answer, *([names] if ready else []))
    except Exception as error:
        outcome = compare_kind(expected, answer, names)
        if outcome is not PASSED:
            return outcome
        if _is_finite(expected) and not _is_finite(answer):
            return Outcome(Verdict.WRONG_VALUE, "It has a number that is not finite (NaN or infinity).")
        raise JudgeError(f"raised {type(error).__name__}", f": {error}") from error
    if said is None:
        return PASSED
    if isinstance(said, Outcome):
        return said
    if isinstance(said, str) and said:
        path = names[0] if len(names) == 1 and names[0] != "the result" else ""
        return Outcome(Verdict.WRONG_VALUE, "", said, path)
    raise JudgeError(f"returned a value of type {type(said).__name__}", f": {said!r}"[:LONGEST])


LONGEST = 200
"""Characters that are told of what a judge returned."""


def _is_finite(value: Any) -> bool:
    """Return whether no number in a value is NaN or infinite."""
    if isinstance(value, Mapping):
        return all(map(_is_finite, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(_is_finite, value))
    numbers = isinstance(value, (float, complex, np.ndarray, np.generic))
    return not numbers or np.asarray(value).dtype.kind not in "fc" or bool(np.isfinite(value).all())


def by_name(parameters: Sequence[str], args: Sequence[Any]) -> dict[str, Any]:
    """Return the arguments of a call by name; those of a `**` parameter each by its own.

    Args:
        parameters: the names of the parameters.
        args: the arguments.

    Returns:
        name -> argument.
    """
    given = dict(zip(parameters, args, strict=True))
    further = [name for name in given if name.startswith("**")]
    return {name: value for name, value in given.items() if name not in further} | {
        name: value for one in further for name, value in given[one].items()
    }


class JudgeError(Exception):
    """An instructor's judge does not judge. `detail` may have values of a hidden case."""

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(what)
        self.what = what
        self.detail = detail


# ---------------------------------------------------------------- ready judges

RESULT = ("result",)
Said = Outcome | str | None


@dataclass(frozen=True)
class Ready:
    """A ready judge: the name and the settings of the function that makes it, and what judges an answer.

    It is called as any judge, and may be given the names of the results too.
    """

    name: str
    settings: Mapping[str, Any]
    says: Callable[[Mapping[str, Any], Any, Any, Sequence[str]], Said]

    def __call__(
        self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
    ) -> Said:
        """Judge an answer.

        Args:
            case: the arguments of the call, by name.
            expected: the reference's answer.
            answer: the answer to judge.
            names: the names of the results.

        Returns:
            None, a sentence, or an outcome.
        """
        return self.says(case, expected, answer, names)


def close(rtol: float = 1e-5, atol: float = 1e-7, floor: float = 1e-12) -> Ready:
    """Accept numbers within a tolerance.

    Args:
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in the array.
        floor: absolute tolerance of every element.

    Returns:
        the judge.
    """
    tolerance = Tolerance(rtol, atol, floor, absolute=floor)

    def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
        return compare(expected, answer, names, tolerance)

    return Ready("close", {"rtol": rtol, "atol": atol, "floor": floor}, says)


def exactly() -> Ready:
    """Accept numbers that are equal to the last digit.

    Returns:
        the judge.
    """

    def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
        return compare(expected, answer, names, Tolerance(0, 0, 0))

    return Ready("exactly", {}, says)


def unordered(rtol: float = 1e-5, atol: float = 1e-7) -> Ready:
    """Accept the entries of a list, tuple or array (its rows) in any order.

    Args:
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in an entry.

    Returns:
        the judge.
    """
    tolerance = Tolerance(rtol, atol)

    def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
        if not (_is_series(expected) and _is_series(answer)):
            return compare(expected, answer, names, tolerance)
        if len(answer) != len(expected):
            return f"It has {len(answer)} entries, expected {len(expected)}, in any order."
        left = sorted(answer, key=_key)  # equal ones then meet at once, however many there are
        for entry in sorted(expected, key=_key):
            fits = (i for i, mine in enumerate(left) if compare(entry, mine, RESULT, tolerance) is PASSED)
            found = next(fits, None)
            if found is None:
                other, missing = excerpts(left[0], entry)
                return f"{missing} is missing among its entries, and {other} is not expected."
            del left[found]
        return None

    return Ready("unordered", {"rtol": rtol, "atol": atol}, says)


def up_to_sign(axis: int | None = 0, rtol: float = 1e-5, atol: float = 1e-7) -> Ready:
    """Accept vectors with the opposite sign, such as eigenvectors.

    Args:
        axis: the axis along which a vector lies: 0 for the columns of a matrix. None takes the whole array as
            one vector.
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in the array.

    Returns:
        the judge.
    """
    tolerance = Tolerance(rtol, atol)

    def turned(expected: Any, answer: Any) -> Any:
        if isinstance(expected, (list, tuple)):
            return type(expected)([turned(e, a) for e, a in zip(expected, answer, strict=True)])
        if not isinstance(expected, np.ndarray):
            return answer
        along = None if expected.ndim < 2 else axis
        same, other = (
            np.sum(np.abs(answer - sign * expected), axis=along, keepdims=True) for sign in (1, -1)
        )
        return np.where(other < same, -answer, answer)

    def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
        kind = compare_kind(expected, answer, names)
        if kind is not PASSED:
            return kind
        return compare(expected, turned(expected, answer), names, tolerance)

    return Ready("up_to_sign", {"axis": axis, "rtol": rtol, "atol": atol}, says)


def up_to_labels(
    labels: int | None = None, rows: Sequence[int] = (), rtol: float = 1e-5, atol: float = 1e-7
) -> Ready:
    """Accept other names of clusters.

    Args:
        labels: the position of the labels among several results; None if they are the only one.
        rows: the positions of results with a row for each cluster, such as centroids, in the order of names.
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in the array.

    Returns:
        the judge.
    """
    tolerance = Tolerance(rtol, atol)

    def says(_case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
        kind = compare_kind(expected, answer, names)
        if kind is not PASSED:
            return kind
        theirs, mine = (np.asarray(x if labels is None else x[labels]) for x in (expected, answer))
        called = dict(zip(mine.ravel().tolist(), theirs.ravel().tolist(), strict=True))
        if len(set(called.values())) != len(called) or len(called) != np.unique(theirs).size:
            return "Its clusters are not the expected ones, whatever their names."
        renamed = np.array([called[one] for one in mine.ravel().tolist()], theirs.dtype).reshape(mine.shape)
        if labels is None:
            return compare(theirs, renamed, names, tolerance)
        parts = list(answer)
        parts[labels] = renamed
        for row in rows:
            parts[row] = _reordered(np.asarray(answer[row]), called)
        return compare(expected, tuple(parts), names, tolerance)

    return Ready("up_to_labels", {"labels": labels, "rows": tuple(rows), "rtol": rtol, "atol": atol}, says)


def at_least(metric: Callable[[Mapping[str, Any], Any], float], bound: float) -> Ready:
    """Accept an answer if a metric of it is large enough.

    Args:
        metric: called as `metric(case, answer)`; returns a number. Its name is told to students.
        bound: the smallest number that is accepted.

    Returns:
        the judge.
    """
    name = getattr(metric, "__name__", "metric").replace("_", " ").strip()

    def says(case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
        kind = compare_kind(expected, answer, names)
        if kind.verdict not in (Verdict.PASSED, Verdict.WRONG_DTYPE):  # labels may be 0.0 or False
            return kind
        reached = float(metric(case, answer))
        if reached >= bound:
            return None
        return f"Its {name} is {reached:.4g}; it has to be at least {bound:g}."

    return Ready("at_least", {"metric": metric, "bound": bound}, says)


READY = (at_least, close, exactly, unordered, up_to_labels, up_to_sign)
"""The functions that make ready judges."""


def _is_series(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _key(entry: Any) -> str:
    return repr(entry.tolist() if isinstance(entry, (np.ndarray, np.generic)) else entry)


def _reordered(rows: np.ndarray, called: Mapping[Any, Any]) -> np.ndarray:
    """Return rows in the order of the expected names; a row without members goes where one is left."""
    count = len(rows)
    places = {int(mine): int(theirs) for mine, theirs in called.items() if 0 <= int(mine) < count}
    free = iter([i for i in range(count) if i not in places.values()])
    ordered = np.array(rows)
    for mine in range(count):
        ordered[places[mine] if mine in places else next(free)] = rows[mine]
    return ordered

# ---------------------------------------------------------------------- grader.public_tests.stored_values

Large = dict[tuple[str, bytes], Any]
LARGE = 1 << 14
"""Bytes from which on an array is compressed, and stored once."""


def put_value(group: Any, name: str, value: Any, large: Large) -> None:
    """Store a value.

    Args:
        group: the group of the file.
        name: the name in it.
        value: the value, as plain data.
        large: the datasets of large arrays so far, to which this adds: equal ones are stored once.

    Raises:
        ValueError: a text has a character that HDF5 cannot store.
        TypeError: a number is too large for HDF5.
    """
    if isinstance(value, np.ndarray | np.generic):
        _put_array(group, name, value, large)
    elif isinstance(value, str | bool | int | float | complex | None):
        stored = group.create_dataset(name, data=h5py.Empty("f") if value is None else value)
        stored.attrs["kind"] = type(value).__name__
    elif isinstance(value, bytes):
        stored = group.create_dataset(name, data=np.frombuffer(value, np.uint8))
        stored.attrs["kind"] = "bytes"
    elif type(value).__name__ in _TEXTS:
        stored = group.create_dataset(name, data=_text_of(value))
        stored.attrs["kind"] = type(value).__name__
    else:
        _put_parts(group, name, value, large)


def _text_of(value: Any) -> str:
    return f"{value // timedelta(microseconds=1)}" if isinstance(value, timedelta) else str(value)


def _duration(text: str) -> timedelta:
    return timedelta(microseconds=int(text))


_TEXTS: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "timedelta": _duration,
    "Fraction": lambda text: importlib.import_module("fractions").Fraction(text),
    "Decimal": lambda text: importlib.import_module("decimal").Decimal(text),
}
"""What is stored as a text, and how it is read again."""


def _put_array(group: Any, name: str, value: Any, large: Large) -> None:
    """Store an array or a number of NumPy, whatever its dtype."""
    array = np.asarray(value)
    letter = array.dtype.kind
    if letter == "O" or array.dtype.names:
        _put_parts(group, name, array, large)
        return
    kind = "ndarray" if isinstance(value, np.ndarray) else type(value).__name__
    if letter == "U":
        data: Any = array.astype(object)
        stored = group.create_dataset(name, data=data, dtype=h5py.string_dtype())
    else:
        plain = array.view(np.int64) if letter in "mM" else array
        stored = _put_plain(group, name, plain, f"{kind} {array.dtype.str} {array.shape}", large)
        if stored is None:
            return
    stored.attrs["kind"] = kind
    if letter in "mMUS":
        stored.attrs["dtype"] = array.dtype.str


def _put_plain(group: Any, name: str, array: Any, kind: str, large: Large) -> Any:
    """Store an array of numbers and return its dataset; None if a large one is linked that was there."""
    if array.nbytes < LARGE:
        return group.create_dataset(name, data=array)
    content = kind, hashlib.sha256(array.tobytes()).digest()
    if content in large:
        group[name] = large[content]
        return None
    large[content] = group.create_dataset(name, data=array, compression="gzip", shuffle=True)
    return large[content]


def _put_parts(group: Any, name: str, value: Any, large: Large) -> None:
    """Store a value of several parts as a group of them."""
    inside = group.create_group(name, track_order=True)
    kind, attributes, parts = _parts(value)
    inside.attrs["kind"] = kind
    inside.attrs.update(attributes)
    for key, part in parts:
        put_value(inside, key, part, large)


Parts = Sequence[tuple[str, Any]]


def _parts(value: Any) -> tuple[str, Mapping[str, Any], Parts]:
    """Return the kind of a value, what is noted of it, and its parts by name."""
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and _is_name(key) for key in value):
            return "dict", {}, [*value.items()]
        return "pairs", {}, _numbered(value.items())
    if isinstance(value, set | frozenset):
        return type(value).__name__, {}, _numbered(sorted(value, key=repr))
    if isinstance(value, Named):
        return "namedtuple", {"name": value._name, "fields": [*value._fields]}, _numbered(value)
    if isinstance(value, list | tuple):
        return type(value).__name__, {}, _numbered(value)
    if isinstance(value, Instance):
        noted = {"of": value.kind, "name": value.name, "fields": [*value.attributes]}
        return "object", noted, _numbered(value.attributes.values())
    if isinstance(value, np.ndarray):
        if not value.dtype.names:
            return "objects", {"shape": value.shape}, _numbered(value.flat)
        fields = value.dtype.names
        return "records", {"fields": [*fields]}, _numbered(value[field] for field in fields)
    return _parts_of_table(value)


def _parts_of_table(value: Any) -> tuple[str, Mapping[str, Any], Parts]:
    if isinstance(value, Frame):
        parts = (("index", value.index), ("columns", value.columns), ("values", _columns(value)))
        return "DataFrame", {}, parts
    if isinstance(value, Series):
        return "Series", {}, (("name", value.name), ("index", value.index), ("values", value.values))
    if isinstance(value, Labels):
        return "Index", {}, (("names", value.names), ("levels", value.levels))
    if isinstance(value, Column):
        parts = (("values", value.values), ("missing", value.missing), ("categories", value.categories))
        return "column", {"dtype": value.dtype, "ordered": value.ordered}, parts
    raise ValueError(f"a value of type {type(value).__name__} cannot be a public case")


def _columns(frame: Frame) -> Any:
    """Return the columns of a frame by their names, if those are texts that HDF5 can name, and differ."""
    names = frame.columns.listed()
    named = all(isinstance(name, str) and _is_name(name) for name in names)
    return (
        dict(zip(names, frame.values, strict=True)) if named and len({*names}) == len(names) else frame.values
    )


def _is_name(key: str) -> bool:
    return bool(key) and "/" not in key and "\0" not in key and key != "."


def _numbered(items: Any) -> Parts:
    return [(str(i), item) for i, item in enumerate(items)]


# ---------------------------------------------------------------- reading


def get_value(stored: Any) -> Any:
    """Return a value that `put_value` stored."""
    kind = stored.attrs["kind"]
    if isinstance(stored, h5py.Group):
        return _whole(kind, stored, {name: get_value(part) for name, part in stored.items()})
    if kind == "NoneType":
        return None
    if kind == "ndarray" or "dtype" in stored.attrs:
        return _read_array(stored, kind)
    plain = stored[()]
    if kind in ("str", *_TEXTS):
        text = plain.decode()
        return text if kind == "str" else _TEXTS[kind](text)
    if kind == "bytes":
        return plain.tobytes()
    return plain.item() if kind in ("bool", "int", "float", "complex") else plain


def _read_array(stored: Any, kind: str) -> Any:
    plain = stored[()]
    if "dtype" in stored.attrs:
        dtype = np.dtype(stored.attrs["dtype"])
        if dtype.kind == "U":
            plain = np.asarray(stored.asstr()[()], object).astype(dtype)
        else:
            plain = np.asarray(plain).view(dtype) if dtype.kind in "mM" else np.asarray(plain).astype(dtype)
    return plain if kind == "ndarray" else plain[()]


def _whole(kind: str, stored: Any, parts: dict[str, Any]) -> Any:
    """Return the value of several parts."""
    noted, values = stored.attrs, tuple(parts.values())
    if kind == "dict":
        return parts
    if kind in ("list", "tuple", "set", "frozenset"):
        return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind](values)
    if kind == "pairs":
        return dict(values)
    if kind == "namedtuple":
        return Named(noted["name"], tuple(noted["fields"]), values)
    if kind == "object":
        return Instance(noted["of"], noted["name"], dict(zip(noted["fields"], values, strict=True)))
    if kind == "objects":
        return _objects(tuple(map(int, noted["shape"])), values)
    if kind == "records":
        return _records(noted["fields"], values)
    if kind == "column":
        return Column(noted["dtype"], **parts, ordered=bool(noted["ordered"]))
    if kind == "Index":
        return Labels(*values)
    return Series(*values) if kind == "Series" else _frame(*values)


def _frame(index: Labels, columns: Labels, values: Any) -> Frame:
    return Frame(index, columns, tuple(values.values() if isinstance(values, dict) else values))


def _objects(shape: tuple[int, ...], items: Sequence[Any]) -> Any:
    array = np.empty(len(items), object)
    for i, item in enumerate(items):  # NumPy would look into the items
        array[i] = item
    return array.reshape(shape)


def _records(fields: Sequence[str], arrays: Sequence[Any]) -> Any:
    dimensions = min(array.ndim for array in arrays)
    dtype = [(name, a.dtype, a.shape[dimensions:]) for name, a in zip(fields, arrays, strict=True)]
    records = np.empty(arrays[0].shape[:dimensions], dtype)
    for name, array in zip(fields, arrays, strict=True):
        records[name] = array
    return records

# ---------------------------------------------------------------------- grader.public_tests.case_file

@dataclass(frozen=True)
class PublicCase:
    """One public test case: positional arguments, the expected answer, and the seed of the call.

    `kind_only` says that only the type, structure, shape and dtype of `expected` are meant.
    """

    id: str
    args: tuple[Any, ...]
    expected: Any
    seed: int
    kind_only: bool = False


@dataclass(frozen=True)
class PublicExercise:
    """The public test cases of one graded item, with its result names and tolerance.

    `driver` is the source of the function `drive(student, ...)` that calls it, `judge` that of the judge;
    empty if it has none. `parameters` are those of its calls.
    """

    name: str
    results: tuple[str, ...]
    tolerance: Tolerance
    cases: tuple[PublicCase, ...]
    driver: str = ""
    judge: str = ""
    parameters: tuple[str, ...] = ()


SOURCES = ("driver", "judge")
"""The fields of an exercise that are source text, and absent for most."""


def write_public(path: Path, exercises: Sequence[PublicExercise]) -> None:
    """Write exercises to a new HDF5 file.

    Args:
        path: the file.
        exercises: the exercises with their public cases.

    Raises:
        ValueError: a text has a character that HDF5 cannot store.
        TypeError: a number is too large for HDF5.
    """
    large: Large = {}
    with h5py.File(path, "w", track_order=True) as file:
        for exercise in exercises:
            group = file.create_group(exercise.name, track_order=True)
            group.attrs.update(results=list(exercise.results), **_attributes(exercise.tolerance))
            for name in SOURCES:
                if source := getattr(exercise, name):
                    group.attrs[name] = source
            if exercise.parameters and (exercise.judge or exercise.driver):
                group.attrs["parameters"] = list(exercise.parameters)
            for case in exercise.cases:
                stored = group.create_group(case.id, track_order=True)
                stored.attrs["seed"] = case.seed
                put_value(stored, "args", case.args, large)
                if isinstance(case.expected, Raises):
                    stored.attrs["raises"] = case.expected.exception
                else:
                    put_value(stored, "expected", case.expected, large)
                if case.kind_only:
                    stored.attrs["kind_only"] = True


def read_public(path: Path) -> tuple[PublicExercise, ...]:
    """Read exercises that `write_public` wrote."""
    with h5py.File(path, "r") as file:
        return tuple(
            PublicExercise(
                name,
                tuple(group.attrs["results"]),
                _tolerance(group.attrs),
                tuple(_case(case_id, stored) for case_id, stored in group.items()),
                parameters=tuple(group.attrs.get("parameters", ())),
                **{source: str(group.attrs.get(source, "")) for source in SOURCES},
            )
            for name, group in file.items()
        )


def _attributes(tolerance: Tolerance) -> dict[str, Any]:
    """Return a tolerance as HDF5 attributes, without the default values of later additions."""
    usual = Tolerance()
    numbers = {"rtol": tolerance.rtol, "atol": tolerance.atol}
    if tolerance.floor != usual.floor:
        numbers["floor"] = tolerance.floor
    return numbers | ({"allow": list(tolerance.allow)} if tolerance.allow else {})


def _tolerance(attributes: Mapping[str, Any]) -> Tolerance:
    numbers = {name: float(attributes[name]) for name in ("rtol", "atol", "floor") if name in attributes}
    return Tolerance(**numbers, allow=tuple(attributes.get("allow", ())))


def _case(case_id: str, stored: Any) -> PublicCase:
    raises = stored.attrs.get("raises")
    return PublicCase(
        case_id,
        get_value(stored["args"]),
        get_value(stored["expected"]) if raises is None else Raises(str(raises)),
        int(stored.attrs["seed"]),
        bool(stored.attrs.get("kind_only", False)),
    )

# ---------------------------------------------------------------------- grader.public_tests.driving

LONGEST_PRINTED = 1 << 20
"""Characters of printed text that are kept."""


VARKEYWORDS = 8
"""The flag of a function that takes further keyword arguments (`inspect.CO_VARKEYWORDS`)."""


def drive(driver: Any, namespace: Mapping[str, Any], args: Sequence[Any]) -> Any:
    """Call a driver with a submission, and with arguments by the names of its parameters.

    Args:
        driver: the function `drive(student, ...)`.
        namespace: what the notebook defines.
        args: the arguments after `student`; the last one is a dictionary if it takes any keyword arguments.

    Returns:
        what it returns.
    """
    code = driver.__code__
    names = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
    further = args[-1] if code.co_flags & VARKEYWORDS else {}
    with Student(namespace) as student:
        return driver(student, **dict(zip(names, args, strict=False)), **further)


class Student:
    """A submission as the first argument of a driver; a context manager around its call.

    `student.NAME` is what the notebook defines.
    """

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace
        self._text = io.StringIO()
        self._typed = io.StringIO()

    def __getattr__(self, name: str) -> Any:
        try:
            return self._namespace[name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined", name=name) from None

    def __enter__(self) -> Student:
        self._before = sys.stdout, sys.stdin, builtins.input
        sys.stdout, sys.stdin, builtins.input = self._text, self._typed, self._answer
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stdin, builtins.input = self._before

    def printed(self) -> str:
        """Return what was printed, prompts left out, since the call began or since this was last asked."""
        text = self._text.getvalue()[:LONGEST_PRINTED]
        self._text.seek(0)
        self._text.truncate()
        return text

    def feed(self, *lines: str | Sequence[str]) -> None:
        """Let `input()` and `sys.stdin` read these lines; after the last one `input()` raises EOFError.

        Args:
            lines: what is typed: lines, or lists of lines.

        Raises:
            TypeError: something else is fed.
        """
        typed: list[str] = []
        for one in lines:
            if isinstance(one, (bytes, Mapping)) or not isinstance(one, Iterable):
                shown = repr(one)[:40]
                raise TypeError(f'student.feed takes texts: write "{shown}" for {shown}')
            typed += [one] if isinstance(one, str) else map(str, one)
        here = self._typed.tell()
        self._typed.seek(0, io.SEEK_END)
        self._typed.write("".join(f"{line}\n" for line in typed))
        self._typed.seek(here)

    def figure(self) -> list[dict[str, Any]]:
        """Return what the current figure of matplotlib shows, for each of its axes.

        Returns:
            a dictionary for each: `title`, `xlabel`, `ylabel`, `legend`; `lines`, arrays (points, 2);
            `points`, the offsets of scatter plots, arrays (points, 2); `bars`, their heights; `images`.
        """
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None or not pyplot.get_fignums():
            return []
        return [_shown_on(axes) for axes in pyplot.gcf().axes]

    def _answer(self, _prompt: object = "") -> str:
        """Return the next line. The prompt is left out: a right program may ask in words of its own."""
        line = self._typed.readline()
        if not line:
            raise EOFError("input() was called more often than there are lines")
        return line[:-1]


def _shown_on(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    return {
        "title": axes.get_title(),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [np.array(line.get_xydata(), float) for line in axes.get_lines()],
        "points": [np.array(drawn, float) for drawn in _offsets(axes)],
        "bars": [float(bar.get_height()) for drawn in axes.containers for bar in drawn],
        "images": [np.array(image.get_array()) for image in axes.get_images()],
    }


def _offsets(axes: Any) -> Iterator[Any]:
    """Yield the points of scatter plots, and of other collections that have some."""
    for collection in axes.collections:
        with contextlib.suppress(AttributeError, ValueError):
            yield collection.get_offsets()

# ---------------------------------------------------------------------- grader.public_tests.runner

def run_public_tests(exercise: PublicExercise, function: Callable[..., Any]) -> None:
    """Call a student's function on the public test cases of an exercise, up to the first that fails.

    Shows the result of each case, and `All tests passed` if so; or that the function is not written yet.

    Args:
        exercise: the exercise with its public cases.
        function: the student's function.

    Raises:
        AssertionError: an answer is wrong; the text says where.
    """
    outcomes: list[tuple[str, Outcome]] = []
    for case in exercise.cases:
        with _seeded(case.seed):
            try:
                outcome = _outcome(exercise, case, _callable(exercise, function))
            except NotImplementedError:
                print(f"{exercise.name} is not written yet.")  # noqa: T201  # output in the notebook
                return
        outcomes.append((case.id, outcome))
        if outcome.verdict is not Verdict.PASSED:
            break
    case_id, last = outcomes[-1]
    told = not all(case.kind_only for case in exercise.cases)
    if last.verdict is Verdict.PASSED and told:
        print("All tests passed")  # noqa: T201  # first, as the text of every edition says
    _show(Outcomes(exercise.name, tuple(outcomes), "passed" if told else "of the right kind"))
    if last.verdict is not Verdict.PASSED:
        how = f"\n\nHow it is called:\n\n{exercise.driver}" if exercise.parameters and exercise.driver else ""
        raise AssertionError(f"{exercise.name}, public test {case_id}: {last.message}{how}")
    first = "Public tests passed; hidden cases run" if told else "Its value is judged"
    print(f"{first} after you submit.")  # noqa: T201


def _callable(exercise: PublicExercise, function: Any) -> Callable[..., Any]:
    """Return what a test case calls: the student's function, or the driver that uses it."""
    if not exercise.driver:
        called: Callable[..., Any] = function
        return called
    main = vars(sys.modules["__main__"])  # in Jupyter, the names of the notebook
    namespace = {**main, exercise.name.partition(".")[0]: function}
    driver = _driver(exercise.driver)

    return lambda *args: drive(driver, namespace, args)


def _driver(source: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {}
    exec(compile(source, "<driver>", "exec", dont_inherit=True), namespace)  # noqa: S102  # the instructor's
    driver: Callable[..., Any] = namespace["drive"]
    return driver


def _outcome(exercise: PublicExercise, case: PublicCase, function: Callable[..., Any]) -> Outcome:
    classes = {**vars(sys.modules["__main__"]), **getattr(function, "__globals__", {})}
    args = real_objects(copy.deepcopy(case.args), classes)
    if isinstance(case.expected, Raises):
        return _raised(case.expected.exception, function, args)
    answer = function(*args)
    if case.kind_only:
        return compare_kind(case.expected, answer, exercise.results)
    if exercise.judge:
        arguments = by_name(exercise.parameters, case.args)
        return judged(judge_of(exercise.judge), arguments, case.expected, answer, exercise.results)
    return compare(case.expected, answer, exercise.results, exercise.tolerance)


def _raised(exception: str, function: Callable[..., Any], args: tuple[Any, ...]) -> Outcome:
    """Return the outcome of a call that has to raise an exception of that name."""
    try:
        function(*args)
    except NotImplementedError:
        raise
    except Exception as error:  # noqa: BLE001  # a student may raise anything
        if any(kind.__name__ == exception for kind in type(error).__mro__):
            return PASSED
        reason = f"It raised {type(error).__name__}, where it has to raise {exception}."
        return Outcome(Verdict.DID_NOT_RUN, reason)
    return Outcome(Verdict.WRONG_VALUE, f"It returned a value, where it has to raise {exception}.")


CALLED = {Verdict.DID_NOT_RUN: "wrong exception"}
"""What a table says of a verdict that it says otherwise: here any other exception is not caught."""


@dataclass(frozen=True, repr=False)
class Outcomes:
    """The outcomes of one function's public test cases: text, or a table in a notebook.

    `passed` says what it is to pass them.
    """

    name: str
    outcomes: tuple[tuple[str, Outcome], ...]
    passed: str = "passed"

    def __repr__(self) -> str:
        return "\n".join((self.name, *("  " + "  ".join(filter(None, row)) for row in self._rows())))

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self._rows())
        return f"<table><caption>{html.escape(self.name)}</caption><tbody>{rows}</tbody></table>"

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for case_id, outcome in self.outcomes:
            right = outcome.verdict is Verdict.PASSED
            words = (
                self.passed if right else CALLED.get(outcome.verdict, outcome.verdict.value.replace("_", " "))
            )
            yield f"{'✓' if right else '✗'} {case_id}", words, outcome.message


def _cell(text: str) -> str:
    return f'<td style="text-align: left">{html.escape(text)}</td>'


def _show(outcomes: Outcomes) -> None:
    """Display a table in IPython, and print text elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(outcomes)
    else:
        print(outcomes)  # noqa: T201


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Seed the global generators as the grader does, and restore their states afterwards."""
    before = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(before[0])
        np.random.set_state(before[1])  # noqa: NPY002


def public_tests(path: Path, data: Sequence[str] = ()) -> dict[str, Callable[[Callable[..., Any]], None]]:
    """Return the test functions of the exercises in a file, by the names that notebooks call.

    Names the data files that are missing, since notebooks then fail in ways that do not.

    Args:
        path: the file.
        data: the paths of the data files that belong beside it.

    Returns:
        name -> test function.
    """
    if missing := [name for name in data if not (path.parent / name).exists()]:
        print(  # noqa: T201  # output in the notebook
            f"Missing beside {path.name}: {', '.join(missing)}. "
            "Put all that you received into the folder of your notebook."
        )
    return {
        f"{exercise.name.replace('.', '_')}_test{ending}": functools.partial(run_public_tests, exercise)
        for exercise in read_public(path)
        for ending in ("", "_1", "_2")
    }

_TESTS = public_tests(Path(__file__).with_name("dnn_step_by_step.h5"))
globals().update(_TESTS)
__all__ = list(_TESTS)  # noqa: PLE0605
