"""The public tests of dnn_step_by_step. Written by `grader release`; do not edit.

Call `initialize_parameters_test(initialize_parameters)`, and so on, or import all with *.
"""

from __future__ import annotations

import builtins
import contextlib
import copy
import functools
import h5py
import hashlib
import html
import io
import numpy as np
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, Self

# ---------------------------------------------------------------------- grader.comparison.verdict

ALLOWANCES = ("number_for_bool", "array_for_number", "either_sign")
"""The substitutes for an expected answer that an exercise may allow.

These are 0 and 1 for False and True, an array of shape (1,) for a number, and the opposite sign in every
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

# ---------------------------------------------------------------------- grader.comparison.compare

class Leaf(NamedTuple):
    """A number, array, text or None inside a result, and its expected counterpart."""

    path: str
    expected: Any
    actual: Any


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
        expected: the reference's answer: numbers, arrays, texts, None, and dicts, lists and tuples of them.
        actual: the answer to judge; any object.
        names: the names of the results, with which the paths in messages begin.
        tolerance: the tolerance of numbers; None for the default.

    Returns:
        `PASSED`, or the outcome of the first rung that fails.
    """
    return _climbed(expected, actual, names, tolerance or Tolerance(), RUNGS)


def compare_kind(expected: Any, actual: Any, names: Sequence[str] = ("result",)) -> Outcome:
    """Compare the type, structure, shape and kind of dtype of an answer with the expected one's, no values.

    Args:
        expected: the reference's answer.
        actual: the answer to judge; any object.
        names: the names of the results.

    Returns:
        `PASSED`, or the outcome of the first rung that fails.
    """
    return _climbed(expected, actual, names, Tolerance(), RUNGS_OF_KIND)


def _climbed(
    expected: Any, actual: Any, names: Sequence[str], tolerance: Tolerance, rungs: Sequence[Rung]
) -> Outcome:
    if actual is None and expected is not None:
        return Outcome(Verdict.NOT_ATTEMPTED, "Nothing came back (None).")
    leaves: list[Leaf] = []
    for part in _results(expected, actual, names):
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


# ---------------------------------------------------------------- structure


def _results(expected: Any, actual: Any, names: Sequence[str]) -> Iterator[Leaf | Outcome]:
    """Yield the leaves of a result; the entries of a tuple are called by `names` if there are as many."""
    if not (isinstance(expected, tuple) and len(expected) == len(names) > 1):
        yield from _leaves(", ".join(names), expected, actual)
        return
    if not isinstance(actual, list | tuple):
        yield _of_type(f"The result ({', '.join(names)})", f"{len(names)} values", actual)
    elif len(actual) != len(expected):
        reason = f"{_count(len(actual), 'value')} came back, expected {len(expected)}: {', '.join(names)}."
        yield Outcome(Verdict.WRONG_STRUCTURE, reason)
    else:
        for name, e, a in zip(names, expected, actual, strict=True):
            yield from _leaves(name, e, a)


def _leaves(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse `expected` and `actual` together; yield pairs of leaves, and an outcome where they differ."""
    if isinstance(expected, Mapping):
        yield from _leaves_of_dict(path, expected, actual)
    elif isinstance(expected, list | tuple):
        yield from _leaves_of_sequence(path, expected, actual)
    else:
        yield Leaf(path, expected, actual)


def _leaves_of_dict(path: str, expected: Mapping[Any, Any], actual: Any) -> Iterator[Leaf | Outcome]:
    if not isinstance(actual, Mapping):
        yield _of_type(path, "a dictionary", actual)
        return
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if missing:
        yield Outcome(Verdict.WRONG_STRUCTURE, f"{path} has no {_keys(missing)}.", path=path)
    elif extra:
        reason = f"{path} has {_count(len(extra), 'key')} too many."
        yield Outcome(Verdict.WRONG_STRUCTURE, reason, f"Not expected: {_keys(extra)}.", path)
    else:
        for key, value in expected.items():
            yield from _leaves(f"{path}[{key!r}]", value, actual[key])


def _leaves_of_sequence(path: str, expected: Sequence[Any], actual: Any) -> Iterator[Leaf | Outcome]:
    if not isinstance(actual, list | tuple):
        yield _of_type(path, f"a {type(expected).__name__} of {len(expected)}", actual)
    elif len(actual) != len(expected):
        reason = f"{path} has {_count(len(actual), 'entry')}, expected {len(expected)}."
        yield Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
    else:
        for i, (e, a) in enumerate(zip(expected, actual, strict=True)):
            yield from _leaves(f"{path}[{i}]", e, a)


def _identical(leaf: Leaf) -> bool:
    """Return whether a leaf is bitwise equal, as most are, and needs no further check."""
    expected, actual = leaf.expected, leaf.actual
    if type(expected) is not np.ndarray or type(actual) is not np.ndarray:
        return False
    return expected.dtype == actual.dtype and np.array_equal(expected, actual)


def _allowed(leaf: Leaf, allow: Sequence[str]) -> Leaf:
    """Return the leaf with an allowed substitute converted to the form of the expected answer."""
    if not (_numeric(leaf.expected) and _numeric(leaf.actual)):
        return leaf
    expected, actual = _array(leaf.expected), _array(leaf.actual)
    if "array_for_number" in allow and expected.ndim == 0 and actual.shape == (1,):
        actual = actual[0]
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
    expected, actual = _kind(leaf.expected), _kind(leaf.actual)
    if actual == expected or {actual, expected} == {"a number", "an array"}:
        return PASSED
    return _of_type(leaf.path, expected, leaf.actual)


def _shape(leaf: Leaf, _: Tolerance) -> Outcome:
    if not _numeric(leaf.expected) or np.shape(leaf.actual) == np.shape(leaf.expected):
        return PASSED
    reason = f"{leaf.path} has the shape {np.shape(leaf.actual)}, expected {np.shape(leaf.expected)}."
    return _fails(Verdict.WRONG_SHAPE, leaf, reason)


def _dtype(leaf: Leaf, _: Tolerance) -> Outcome:
    """Check the kind of dtype: an array of integers is not one of floats; a scalar may be either."""
    if not _numeric(leaf.expected):
        return PASSED
    kinds = [_array(x).dtype.kind.replace("u", "i") for x in (leaf.actual, leaf.expected)]
    if np.ndim(leaf.expected) == 0 and set(kinds) <= {"i", "f"}:
        return PASSED
    if kinds[0] == kinds[1]:
        return PASSED
    yours, theirs = (_array(x).dtype.name for x in (leaf.actual, leaf.expected))
    reason = f"{leaf.path} holds {yours} numbers, expected {theirs}."
    return _fails(Verdict.WRONG_DTYPE, leaf, reason)


def _finite(leaf: Leaf, _: Tolerance) -> Outcome:
    """Check that NaN and infinities are exactly where the expected answer has them."""
    if not _numeric(leaf.expected):
        return PASSED
    actual, expected = _array(leaf.actual), _array(leaf.expected)
    if np.isfinite(actual).all() and np.isfinite(expected).all():
        return PASSED
    odd = np.isnan(actual) != np.isnan(expected)
    infinite = np.isinf(actual) | np.isinf(expected)
    odd |= infinite & (actual != expected) & ~(np.isnan(actual) & np.isnan(expected))
    return _wrong_where(odd, leaf, actual, expected)


def _values(leaf: Leaf, tolerance: Tolerance) -> Outcome:
    if not _numeric(leaf.expected):
        if leaf.actual == leaf.expected:
            return PASSED
        reason, detail = (
            f"{leaf.path} is wrong.",
            f"Yours is {_short(leaf.actual)}, expected {_short(leaf.expected)}.",
        )
        return _fails(Verdict.WRONG_VALUE, leaf, reason, detail)
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


Rung = Callable[[Leaf, Tolerance], Outcome]
RUNGS_OF_KIND: tuple[Rung, ...] = (_type, _shape, _dtype)
RUNGS: tuple[Rung, ...] = (*RUNGS_OF_KIND, _finite, _values)


# ---------------------------------------------------------------- words


def _wrong_where(wrong: Any, leaf: Leaf, actual: Any, expected: Any) -> Outcome:
    """Return an outcome that counts the wrong elements and shows the first; `PASSED` if there is none."""
    wrong = np.asarray(wrong)
    if not wrong.any():
        return PASSED
    index = tuple(int(i[0]) for i in np.nonzero(np.atleast_1d(wrong)))[: wrong.ndim]
    yours, theirs = number(actual[index]), number(expected[index])
    if wrong.ndim == 0:
        reason, detail = f"{leaf.path} is wrong.", f"Yours is {yours}, expected {theirs}."
    else:
        where = f"{leaf.path}[{', '.join(map(str, index))}]"
        reason = f"{leaf.path} is wrong in {int(wrong.sum())} of {_count(wrong.size, 'element')}."
        detail = f"The first is {where}: yours {yours}, expected {theirs}."
    if bool(np.isnan(actual[wrong]).any()):
        reason += " It contains NaN."
    return _fails(Verdict.WRONG_VALUE, leaf, reason, detail)


def _fails(verdict: Verdict, leaf: Leaf, reason: str, detail: str = "") -> Outcome:
    return Outcome(verdict, reason, detail, leaf.path, leaf.actual, leaf.expected)


def _of_type(path: str, expected: str, actual: Any) -> Outcome:
    detail = (
        ""
        if _kind(actual) != OTHER
        else f"Its type is {getattr(actual, 'type_name', type(actual).__name__)}."
    )
    return Outcome(Verdict.WRONG_TYPE, f"{path} is {_kind(actual)}, expected {expected}.", detail, path)


def number(x: Any) -> str:
    """Format a number with six significant digits."""
    return f"{x:.6g}" if isinstance(x, complex | np.number | float) else str(x)


def _count(n: int, noun: str) -> str:
    if n == 1:
        return f"1 {noun}"
    return f"{n} {noun[:-1]}ies" if noun.endswith("ry") else f"{n} {noun}s"


def _short(x: Any) -> str:
    return repr(x)[:40]


def _keys(keys: Sequence[Any]) -> str:
    shown = ", ".join(map(_short, keys[:5]))
    return shown + (f" and {len(keys) - 5} more" if len(keys) > 5 else "")


# ---------------------------------------------------------------- kinds

OTHER = "an object of another kind"
_WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "None"),
    ((bool, np.bool_), "a truth value"),
    ((int, float, complex, np.number), "a number"),
    (np.ndarray, "an array"),
    (str, "text"),
    (bytes, "bytes"),
    (dict, "a dictionary"),
    (list, "a list"),
    (tuple, "a tuple"),
)


def _kind(x: Any) -> str:
    """Return the kind of a value in the words of messages."""
    return next((word for types, word in _WORDS if isinstance(x, types)), OTHER)


def _numeric(x: Any) -> bool:
    return _kind(x) in {"a number", "an array", "a truth value"}


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
    """A judge, and Python source that defines it under the name `judge`."""

    call: Callable[..., Any]
    source: str


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
    structure, shape or dtype than the expected one is wrong for that reason.

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
        raise JudgeError(f"its judge raised {type(error).__name__}: {error}") from error
    if said is None:
        return PASSED
    if isinstance(said, Outcome):
        return said
    if isinstance(said, str) and said:
        path = names[0] if len(names) == 1 and names[0] != "the result" else ""
        return Outcome(Verdict.WRONG_VALUE, "", said, path)
    raise JudgeError(f"its judge returned {said!r}: let it return None, or a sentence for the student")


class JudgeError(Exception):
    """An instructor's judge does not judge."""


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
        left = list(answer)
        for entry in expected:
            fits = (i for i, mine in enumerate(left) if compare(entry, mine, RESULT, tolerance) is PASSED)
            found = next(fits, None)
            if found is None:
                return f"{_shown(entry)} is missing among its entries, and {_shown(left[0])} is not expected."
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
    name = metric.__name__.replace("_", " ").strip()

    def says(case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
        kind = compare_kind(expected, answer, names)
        if kind is not PASSED:
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


def _reordered(rows: np.ndarray, called: Mapping[Any, Any]) -> np.ndarray:
    """Return rows in the order of the expected names; a row without members goes where one is left."""
    count = len(rows)
    places = {int(mine): int(theirs) for mine, theirs in called.items() if 0 <= int(mine) < count}
    free = iter([i for i in range(count) if i not in places.values()])
    ordered = np.array(rows)
    for mine in range(count):
        ordered[places[mine] if mine in places else next(free)] = rows[mine]
    return ordered


def _shown(entry: Any) -> str:
    return " ".join(repr(entry).split())[:60]

# ---------------------------------------------------------------------- grader.public_tests.case_file

LARGE = 1 << 14
"""Bytes from which on an array is compressed, and stored once."""


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
        ValueError: a dictionary has a key that HDF5 cannot name.
    """
    large: dict[tuple[str, bytes], Any] = {}
    with h5py.File(path, "w", track_order=True) as file:
        for exercise in exercises:
            group = file.create_group(exercise.name, track_order=True)
            group.attrs.update(results=list(exercise.results), **_attributes(exercise.tolerance))
            for name in SOURCES:
                if source := getattr(exercise, name):
                    group.attrs[name] = source
            if exercise.judge:
                group.attrs["parameters"] = list(exercise.parameters)
            for case in exercise.cases:
                stored = group.create_group(case.id, track_order=True)
                stored.attrs["seed"] = case.seed
                _put(stored, "args", case.args, large)
                if isinstance(case.expected, Raises):
                    stored.attrs["raises"] = case.expected.exception
                else:
                    _put(stored, "expected", case.expected, large)
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
        _get(stored["args"]),
        _get(stored["expected"]) if raises is None else Raises(str(raises)),
        int(stored.attrs["seed"]),
        bool(stored.attrs.get("kind_only", False)),
    )


def _put(group: Any, name: str, value: Any, large: dict[tuple[str, bytes], Any]) -> None:
    """Store a value; `large` has the datasets of large arrays so far, by type, shape and content."""
    if isinstance(value, Mapping | list | tuple):
        kind = "dict" if isinstance(value, Mapping) else type(value).__name__
        inside = group.create_group(name, track_order=True)
        inside.attrs["kind"] = kind
        for key, item in _items(value):
            _put(inside, key, item, large)
    elif isinstance(value, np.ndarray) and value.nbytes >= LARGE:
        content = f"{value.dtype} {value.shape}", hashlib.sha256(value.tobytes()).digest()
        if content in large:
            group[name] = large[content]
        else:
            large[content] = group.create_dataset(name, data=value, compression="gzip", shuffle=True)
            large[content].attrs["kind"] = type(value).__name__
    else:
        stored = group.create_dataset(name, data=h5py.Empty("f") if value is None else value)
        stored.attrs["kind"] = type(value).__name__


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the items of a container; keys are text, indices are converted to text."""
    if not isinstance(value, Mapping):
        yield from ((str(index), item) for index, item in enumerate(value))
        return
    for key, item in value.items():
        if not isinstance(key, str) or not key or "/" in key or key == ".":
            raise ValueError(f"a dictionary with the key {key!r} cannot be a public case")
        yield key, item


def _get(stored: Any) -> Any:
    kind = stored.attrs["kind"]
    if kind == "dict":
        return {key: _get(item) for key, item in stored.items()}
    if kind in ("list", "tuple"):
        items = [_get(item) for item in stored.values()]
        return items if kind == "list" else tuple(items)
    if kind == "NoneType":
        return None
    if kind == "str":
        return stored[()].decode()
    plain = stored[()]
    return plain.item() if kind in ("bool", "int", "float", "complex") else plain

# ---------------------------------------------------------------------- grader.public_tests.driving

LONGEST = 1 << 20
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
        self._lines: list[str] = []

    def __getattr__(self, name: str) -> Any:
        try:
            return self._namespace[name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined", name=name) from None

    def __enter__(self) -> Self:
        self._before = sys.stdout, builtins.input
        sys.stdout, builtins.input = self._text, self._answer
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout, builtins.input = self._before

    def printed(self) -> str:
        """Return what was printed since the call began, or since this was last asked."""
        text = self._text.getvalue()[:LONGEST]
        self._text.seek(0)
        self._text.truncate()
        return text

    def feed(self, *lines: str | Sequence[str]) -> None:
        """Let `input()` return these lines, one after the other; after the last one it raises EOFError.

        Args:
            lines: what is typed: lines, or lists of lines.
        """
        for one in lines:
            self._lines += [one] if isinstance(one, str) else map(str, one)

    def figure(self) -> list[dict[str, Any]]:
        """Return what the current figure of matplotlib shows, for each of its axes.

        Returns:
            a dictionary for each: `title`, `xlabel`, `ylabel`, `legend`; `lines`, arrays (points, 2);
            `points`, the offsets of scatter plots, arrays (points, 2); `bars`, their heights; `images`.
        """
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None or not pyplot.get_fignums():
            return []
        return [_shown(axes) for axes in pyplot.gcf().axes]

    def _answer(self, prompt: object = "") -> str:
        print(prompt, end="")  # noqa: T201  # as `input` does
        if not self._lines:
            raise EOFError("input() was called more often than there are lines")
        return self._lines.pop(0)


def _shown(axes: Any) -> dict[str, Any]:
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
    if last.verdict is Verdict.PASSED:
        print("All tests passed")  # noqa: T201  # first, as the text of every edition says
    _show(Outcomes(exercise.name, tuple(outcomes)))
    if last.verdict is not Verdict.PASSED:
        how = f"\n\nHow it is called:\n\n{exercise.driver}" if exercise.parameters and exercise.driver else ""
        raise AssertionError(f"{exercise.name}, public test {case_id}: {last.message}{how}")
    print("Public tests passed; hidden cases run after you submit.")  # noqa: T201


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
    args = copy.deepcopy(case.args)
    if isinstance(case.expected, Raises):
        return _raised(case.expected.exception, function, args)
    answer = function(*args)
    if case.kind_only:
        return compare_kind(case.expected, answer, exercise.results)
    if exercise.judge:
        arguments = dict(zip(exercise.parameters, case.args, strict=True))
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


@dataclass(frozen=True, repr=False)
class Outcomes:
    """The outcomes of one function's public test cases: text, or a table in a notebook."""

    name: str
    outcomes: tuple[tuple[str, Outcome], ...]

    def __repr__(self) -> str:
        return "\n".join((self.name, *("  " + "  ".join(filter(None, row)) for row in self._rows())))

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self._rows())
        return f"<table><caption>{html.escape(self.name)}</caption><tbody>{rows}</tbody></table>"

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for case_id, outcome in self.outcomes:
            sign = "✓" if outcome.verdict is Verdict.PASSED else "✗"
            yield f"{sign} {case_id}", outcome.verdict.value.replace("_", " "), outcome.message


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
