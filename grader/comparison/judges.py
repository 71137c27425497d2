"""Judge answers of which more than one is right. Bundled for students together with `compare`.

A judge is called as `judge(case, expected, answer)`: the arguments of the call by their names, the answer of
the reference, and the answer to judge. It returns None if that is right, a sentence for its student if not,
or an `Outcome` as `compare` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.comparison.asserting import told
from grader.comparison.compare import compare, compare_kind
from grader.comparison.contrast import excerpts
from grader.comparison.verdict import PASSED, Outcome, Tolerance, Verdict


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


def asserted(
    tests: Mapping[str, str],
    rtol: float = 1e-5,
    atol: float = 1e-7,
    floor: float = 1e-12,
    run: Callable[[str, Sequence[Any], Any], str | None] = told,
) -> Ready:
    """Accept what passes the tests that a case names; compare the answers of a case that names none.

    Args:
        tests: the source of each test, by its title.
        rtol: relative tolerance of each element.
        atol: absolute tolerance, relative to the largest expected magnitude in the array.
        floor: absolute tolerance of an expected number that is exactly 0.
        run: runs a test on steps and answers.

    Returns:
        the judge.
    """
    tolerance = Tolerance(rtol, atol, floor)

    def says(case: Mapping[str, Any], expected: Any, answer: Any, names: Sequence[str]) -> Said:
        titles = case["assertions"]
        if not titles:
            return compare(expected, answer, names, tolerance)
        sources = [tests[title] for title in titles if title in tests]
        return next((said for one in sources if (said := run(one, case["steps"], answer))), None)

    return Ready("asserted", {"tests": tests, "rtol": rtol, "atol": atol, "floor": floor}, says)


READY = (asserted, at_least, close, exactly, unordered, up_to_labels, up_to_sign)
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
