"""Judge answers of which more than one is right. Bundled for students together with `compare`.

A judge is called as `judge(case, expected, answer)`: the arguments of the call by their names, the answer of
the reference, and the answer to judge. It returns None if that is right, a sentence for its student if not,
or an `Outcome` as `compare` does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.comparison.compare import compare, compare_kind
from grader.comparison.verdict import PASSED, Outcome, Tolerance, Verdict


@dataclass(frozen=True)
class Judge:
    """A judge, and Python source that defines it under the name `judge`."""

    call: Callable[..., Outcome | str | None]
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


class Ready:
    """A ready judge, which also receives the names of the results."""

    def __call__(
        self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
    ) -> Outcome | str | None:
        """Judge an answer.

        Args:
            case: the arguments of the call, by name.
            expected: the reference's answer.
            answer: the answer to judge.
            names: the names of the results.

        Returns:
            None, a sentence, or an outcome.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class exactly(Ready):  # noqa: N801  # reads like a function where it is used
    """Accept numbers that are equal to the last digit."""

    def __call__(
        self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
    ) -> Outcome | str | None:
        return compare(expected, answer, names, Tolerance(0, 0, 0))


@dataclass(frozen=True)
class unordered(Ready):  # noqa: N801
    """Accept the entries of a list, tuple or array (its rows) in any order."""

    rtol: float = 1e-5
    atol: float = 1e-7

    def __call__(
        self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
    ) -> Outcome | str | None:
        if not isinstance(answer, list | tuple | np.ndarray) or np.ndim(expected) < 1 > np.ndim(answer):
            return compare_kind(expected, answer, names)
        if len(answer) != len(expected):
            return f"It has {len(answer)} entries, expected {len(expected)}, in any order."
        left, tolerance = list(answer), Tolerance(self.rtol, self.atol)
        for entry in expected:
            fits = (i for i, mine in enumerate(left) if compare(entry, mine, RESULT, tolerance) is PASSED)
            found = next(fits, None)
            if found is None:
                return f"{_shown(entry)} is missing among its entries, and {_shown(left[0])} is not expected."
            del left[found]
        return None


@dataclass(frozen=True)
class up_to_sign(Ready):  # noqa: N801
    """Accept vectors with the opposite sign, such as eigenvectors.

    `axis` is the axis along which a vector lies: 0 for the columns of a matrix. None takes the whole array as
    one vector.
    """

    axis: int | None = 0
    rtol: float = 1e-5
    atol: float = 1e-7

    def __call__(
        self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
    ) -> Outcome | str | None:
        tolerance = Tolerance(self.rtol, self.atol)
        kind = compare_kind(expected, answer, names)
        if kind is not PASSED or not isinstance(expected, np.ndarray):
            return kind if kind is not PASSED else compare(expected, answer, names, tolerance)
        axis = None if expected.ndim == 1 else self.axis
        turned = np.sum(np.abs(answer + expected), axis=axis, keepdims=True) < np.sum(
            np.abs(answer - expected), axis=axis, keepdims=True
        )
        return compare(expected, np.where(turned, -answer, answer), names, tolerance)


@dataclass(frozen=True)
class up_to_labels(Ready):  # noqa: N801
    """Accept other names of clusters.

    `labels` is the position of the labels among several results, None if they are the only one. `rows` are
    the positions of results with a row for each cluster, such as centroids, which are then in another order.
    """

    labels: int | None = None
    rows: tuple[int, ...] = ()
    rtol: float = 1e-5
    atol: float = 1e-7

    def __call__(
        self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
    ) -> Outcome | str | None:
        tolerance = Tolerance(self.rtol, self.atol)
        kind = compare_kind(expected, answer, names)
        if kind is not PASSED:
            return kind
        theirs, mine = (np.asarray(x if self.labels is None else x[self.labels]) for x in (expected, answer))
        called = dict(zip(mine.ravel().tolist(), theirs.ravel().tolist(), strict=True))
        if len(set(called.values())) != len(called) or len(called) != np.unique(theirs).size:
            return "Its clusters are not the expected ones, whatever their names."
        renamed = np.vectorize(called.get, otypes=[theirs.dtype])(mine) if mine.size else mine
        if self.labels is None:
            return compare(theirs, renamed, names, tolerance)
        parts = list(answer)
        parts[self.labels] = renamed
        for row in self.rows:
            parts[row] = _reordered(np.asarray(answer[row]), called)
        return compare(expected, type(expected)(parts), names, tolerance)


def _reordered(rows: np.ndarray, called: Mapping[Any, Any]) -> np.ndarray:
    """Return rows in the order of the expected names; a row without members goes where one is left."""
    count = len(rows)
    places = {int(mine): int(theirs) for mine, theirs in called.items() if 0 <= int(mine) < count}
    free = iter([i for i in range(count) if i not in places.values()])
    ordered = np.array(rows)
    for mine in range(count):
        ordered[places.get(mine) if mine in places else next(free)] = rows[mine]
    return ordered


@dataclass(frozen=True)
class at_least(Ready):  # noqa: N801
    """Accept an answer if `metric(case, answer)` is a number of at least `bound`."""

    metric: Callable[[Mapping[str, Any], Any], float]
    bound: float

    def __call__(
        self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
    ) -> Outcome | str | None:
        kind = compare_kind(expected, answer, names)
        if kind is not PASSED:
            return kind
        reached = float(self.metric(case, answer))
        name = self.metric.__name__.replace("_", " ").strip()
        if reached >= self.bound:
            return None
        return f"Its {name} is {reached:.4g}; it has to be at least {self.bound:g}."


@dataclass(frozen=True)
class close(Ready):  # noqa: N801
    """Accept numbers within a tolerance, as `exercise` does; every number may be off by `floor`."""

    rtol: float = 1e-5
    atol: float = 1e-7
    floor: float = 1e-12

    def __call__(
        self, case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str] = RESULT
    ) -> Outcome | str | None:
        return compare(
            expected, answer, names, Tolerance(self.rtol, self.atol, self.floor, absolute=self.floor)
        )


READY = (at_least, close, exactly, unordered, up_to_labels, up_to_sign)
"""The judges that `exercise(compare=...)` may name."""


def _shown(entry: Any) -> str:
    return " ".join(repr(entry).split())[:60]


def field_values(judge: Any) -> Mapping[str, Any]:
    """Return the settings of a ready judge, by name."""
    return {field.name: getattr(judge, field.name) for field in dataclasses.fields(judge)}
