"""Detects functions that mix up columns (examples): a changed input column changes another output column."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.grading.reference import answers
from grader.hints.evidence import entries, numbers
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.execution import Call, Run, Status
from grader.models.values import Place, Value, leaves, rebuilt
from grader.sandbox import Sandbox

TRIED = 3
"""Columns of a case that are changed, one at a time."""

NOISE = 1e-9
"""Changes below this fraction of the largest number in a matrix are ignored."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A public case with one of its m columns changed, and the reference's answers before and after."""

    m: int
    column: int
    before: Case
    after: Case

    def kept(self) -> list[Place]:
        """Return the places of the matrices of m columns in which the reference changes that column alone."""
        return [
            place
            for place, expected in leaves(self.before.expected).items()
            if np.shape(expected)[1:] == (self.m,)
            and _changed(expected, _at(self.after.expected, place)) == {self.column}
        ]


def column_changes(
    exercise: Exercise, edition: int | None, assignment: Assignment, sandbox: Sandbox
) -> list[Change]:
    """Return the column changes that the reference keeps to the same column.

    Args:
        exercise: the function, which returns wrong values.
        edition: the edition whose convention judges it; None for the current one.
        assignment: the assignment of the reference.
        sandbox: the sandbox in which the reference runs.

    Returns:
        the changes, with the answers that the edition expects.
    """
    return [_in_edition(edition, exercise, change) for change in _changes(assignment, exercise, sandbox)]


def calls_with(changes: Iterable[Change]) -> list[Call]:
    """Return the calls that show which columns are mixed up, three for each change.

    The unchanged call is made twice: an answer that differs between the two says nothing about columns.
    """
    return [call for c in changes for call in (c.before.call, c.before.call, c.after.call)]


def mixed_columns(exercise: Exercise, changes: Iterable[Change], runs: Iterable[Run]) -> str:
    """Return a sentence about an output column that changes with another input column.

    Args:
        exercise: the function.
        changes: the changes, of which the reference keeps each to its column.
        runs: the runs of `calls_with(changes)`.

    Returns:
        the sentence, or "" if no columns are mixed up.
    """
    values = iter([run.value for run in runs])
    mixed = (_mixed(exercise, change, next(values), next(values), next(values)) for change in changes)
    return next(filter(None, mixed), "")


def _mixed(exercise: Exercise, change: Change, before: Value, again: Value, after: Value) -> str:
    for place in change.kept():
        least = float(np.abs(_at(change.before.expected, place)).max(initial=0))
        others = _changed(_at(before, place), _at(after, place), least) - {change.column}
        if others and not _changed(_at(before, place), _at(again, place), least):
            name = _called(exercise.results, change.before.expected, place)
            inputs = " and ".join(_changed_inputs(exercise, change))
            return (
                f"Column {min(others)} of your {name} changes when only column {change.column} of {inputs} "
                "does: columns are mixed up."
            )
    return ""


# ---------------------------------------------------------------- calls


@functools.lru_cache(maxsize=256)
def _changes(assignment: Assignment, exercise: Exercise, sandbox: Sandbox) -> tuple[Change, ...]:
    """Return the column changes that the reference keeps to one column; the same for every submission."""
    variations = _variations(exercise)
    runs = answers(assignment, [call for *_, call in variations], sandbox)
    changes = [
        Change(m, column, case, dataclasses.replace(case, call=call, expected=run.value))
        for (m, column, case, call), run in zip(variations, runs, strict=True)
        if run.status is Status.RETURNED
    ]
    return tuple(change for change in changes if change.kept())


def changed_calls(exercise: Exercise) -> list[Call]:
    """Return the public calls of a function with one of their columns changed."""
    return [call for *_, call in _variations(exercise)]


@functools.lru_cache(maxsize=256)
def _variations(exercise: Exercise) -> Sequence[tuple[int, int, Case, Call]]:
    """List (m, changed column, public case, call with that column changed)."""
    return tuple(
        (m, column, case, _with_another(case.call, m, column))
        for case in exercise.cases
        if case.public
        for m in _numbers_of_columns(case.call)
        for column in range(min(m, TRIED))
    )


def _numbers_of_columns(call: Call) -> list[int]:
    """Return the column counts above 1 of the matrices in a call, except those that are a row count too."""
    shapes = [leaf.shape for leaf in leaves(call.args).values() if _is_matrix(leaf)]
    return sorted({columns for _, columns in shapes} - {rows for rows, _ in shapes} - {1})


def _with_another(call: Call, m: int, column: int) -> Call:
    """Return the call with one of m columns replaced by a copy of the next: entries stay plausible."""
    columns = np.arange(m)
    columns[column] = (column + 1) % m

    def changed(_place: Place, leaf: Value) -> Value:
        return leaf[:, columns] if _is_matrix(leaf) and leaf.shape[1] == m else leaf

    return dataclasses.replace(call, args=rebuilt(call.args, changed))


def _is_matrix(leaf: Value) -> bool:
    return isinstance(leaf, np.ndarray) and leaf.ndim == 2


def _in_edition(edition: int | None, exercise: Exercise, change: Change) -> Change:
    """Return the change with the answers that an edition expects."""
    before, after = exercise.asked_in(edition, (change.before, change.after))
    return dataclasses.replace(change, before=before, after=after)


# ---------------------------------------------------------------- answers


def _at(value: Value, place: Place) -> Value:
    """Return the part of an answer at a place, or None if the answer has no such place."""
    for key in place:
        if key not in entries(value):
            return None
        value = value[key]
    return value


def _changed(before: Value, after: Value, least: float = 0) -> set[int]:
    """Return the columns in which two matrices differ; none unless they are matrices of one shape.

    A difference counts relative to the largest magnitude in them, or to `least` if that is larger.
    """
    x, y = numbers(before), numbers(after)
    if x is None or y is None or x.ndim != 2 or x.shape != y.shape:
        return set()
    with np.errstate(all="ignore"):
        off = np.abs(y - x).max(axis=0, initial=0)
        scale = max(np.abs(x).max(initial=0), np.abs(y).max(initial=0), least)
        return set(np.flatnonzero(~(off <= NOISE * scale)).tolist())


# ---------------------------------------------------------------- words


def _called(results: Sequence[str], expected: Value, place: Place) -> str:
    """Return the name of a part of an answer as messages spell it."""
    name, keys = ", ".join(results), place
    if isinstance(expected, tuple) and len(expected) == len(results) > 1:
        name, keys = results[place[0]], place[1:]  # type: ignore[call-overload]  # a tuple has whole numbers
    return name.removeprefix("the ") + "".join(f"[{key!r}]" for key in keys)


def _changed_inputs(exercise: Exercise, change: Change) -> list[str]:
    """Return the parameters that are, or contain, a matrix of m columns."""
    return [
        parameter
        for parameter, argument in zip(exercise.parameters, change.before.call.args, strict=True)
        if any(_is_matrix(leaf) and leaf.shape[1] == change.m for leaf in leaves(argument).values())
    ]
