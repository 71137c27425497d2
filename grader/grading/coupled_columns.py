"""Finds columns that a function mixes up, say of examples: one changes the answer of another."""

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
"""What of the largest number in a matrix is no change."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A public case, and what the reference answers when one of m columns is another."""

    m: int
    column: int
    before: Case
    after: Case

    def kept(self) -> list[Place]:
        """The matrices of m columns in the reference's answer in which that column alone changes."""
        return [
            place
            for place, expected in leaves(self.before.expected).items()
            if np.shape(expected)[1:] == (self.m,)
            and _changed(expected, _at(self.after.expected, place)) == {self.column}
        ]


def column_changes(
    exercise: Exercise, edition: int | None, assignment: Assignment, sandbox: Sandbox
) -> list[Change]:
    """Changes of a column that the reference keeps to that column.

    Args:
        exercise: the function, which gives wrong values.
        edition: by whose convention it is judged.
        assignment: whose reference answers.
        sandbox: where the reference runs.
    """
    return [_asked_in(edition, exercise, change) for change in _changes(assignment, exercise, sandbox)]


def calls_with(changes: Iterable[Change]) -> list[Call]:
    """The calls that show which columns are mixed up.

    The same call stands there twice: what changes by itself says nothing about columns.
    """
    return [call for c in changes for call in (c.before.call, c.before.call, c.after.call)]


def mixed_columns(exercise: Exercise, changes: Iterable[Change], runs: Iterable[Run]) -> str:
    """Say which column of a function's answer changes when another column of its inputs does.

    Args:
        exercise: the function.
        changes: what was changed; only what the reference keeps apart counts.
        runs: what the function did with the calls of `calls_with`.
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
    """Changes of a column that the reference keeps to that column; the same for every submission."""
    asked = _asked(exercise)
    runs = answers(assignment, [call for *_, call in asked], sandbox)
    changes = [
        Change(m, column, case, dataclasses.replace(case, call=call, expected=run.value))
        for (m, column, case, call), run in zip(asked, runs, strict=True)
        if run.status is Status.RETURNED
    ]
    return tuple(change for change in changes if change.kept())


def changed_calls(exercise: Exercise) -> list[Call]:
    """The public calls of a function with one of their columns changed."""
    return [call for *_, call in _asked(exercise)]


def _asked(exercise: Exercise) -> list[tuple[int, int, Case, Call]]:
    """How many columns, which of them is another one, in which public case, and the call with it."""
    return [
        (m, column, case, _with_another(case.call, m, column))
        for case in exercise.cases
        if case.public
        for m in _numbers_of_columns(case.call)
        for column in range(min(m, TRIED))
    ]


def _numbers_of_columns(call: Call) -> list[int]:
    """How many columns matrices of a call have, when they are several and no matrix has as many rows."""
    shapes = [leaf.shape for leaf in leaves(call.args).values() if _is_matrix(leaf)]
    return sorted({columns for _, columns in shapes} - {rows for rows, _ in shapes} - {1})


def _with_another(call: Call, m: int, column: int) -> Call:
    """The call with a copy of the next of m columns in place of one: every number stays a likely one."""
    order = np.arange(m)
    order[column] = (column + 1) % m

    def changed(_place: Place, leaf: Value) -> Value:
        return leaf[:, order] if _is_matrix(leaf) and leaf.shape[1] == m else leaf

    return dataclasses.replace(call, args=rebuilt(call.args, changed))


def _is_matrix(leaf: Value) -> bool:
    return isinstance(leaf, np.ndarray) and leaf.ndim == 2


def _asked_in(edition: int | None, exercise: Exercise, change: Change) -> Change:
    before, after = exercise.asked_in(edition, (change.before, change.after))
    return dataclasses.replace(change, before=before, after=after)


# ---------------------------------------------------------------- answers


def _at(value: Value, place: Place) -> Value:
    """What stands at a place in an answer; None when the answer has no such place."""
    for key in place:
        if key not in entries(value):
            return None
        value = value[key]
    return value


def _changed(before: Value, after: Value, least: float = 0) -> set[int]:
    """The columns in which two matrices differ; none when they are not matrices of the same shape.

    What is no change is measured by the largest number in them, which is at least `least`.
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
    """What a part of an answer is called, as in the messages about it."""
    name, keys = ", ".join(results), place
    if isinstance(expected, tuple) and len(expected) == len(results) > 1:
        name, keys = results[place[0]], place[1:]  # type: ignore[call-overload]  # a tuple has whole numbers
    return name.removeprefix("the ") + "".join(f"[{key!r}]" for key in keys)


def _changed_inputs(exercise: Exercise, change: Change) -> list[str]:
    """The parameters that have a matrix of m columns, or are one."""
    return [
        parameter
        for parameter, argument in zip(exercise.parameters, change.before.call.args, strict=True)
        if any(_is_matrix(leaf) and leaf.shape[1] == change.m for leaf in leaves(argument).values())
    ]
