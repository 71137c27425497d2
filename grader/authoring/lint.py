"""Lint test cases: find what hides a whole kind of mistake, and what fails correct work."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from grader.assignments.definition import Definition
from grader.authoring.sign_offs import Remark
from grader.authoring.stale_cache_lint import foreign_caches
from grader.authoring.variants import Snippet, program_with, snippets
from grader.comparison.verdict import Verdict
from grader.grading.judge import judge
from grader.grading.programs import program_of
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.execution import Status
from grader.models.values import Place, Value, leaves, rebuilt
from grader.sandbox import Sandbox

ZERO = r"0(?:\.0*)?(?![\w.])"
EDGE = re.compile(rf"relu|maximum|\b(?:f?abs|absolute|sign)\b|[<>]=?\s*{ZERO}|(?<![\w.]){ZERO}\s*[<>]")
"""Matches source in which the sign of a number, or a zero, selects another branch."""

SENSITIVE = 1e-3
"""The largest relative change of an answer allowed when its inputs are rounded to float32."""

MARGIN = 0.1
"""The share of a tolerance that accepted alternatives may use."""

Arrays = dict[Place, list[np.ndarray]]


Fault = tuple[str, str]
"""A finding, which is the same in each run and can be signed off, and further advice."""


def lint(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[Remark]:
    """Yield the findings on the hidden cases and the tolerance of each exercise.

    Published cases are fixed by an edition, so they are not linted; public ones are drawn as hidden ones are.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where the reference and accepted alternatives run.

    Returns:
        an iterator of remarks.
    """
    for exercise in assignment.tested:
        cases = [case for case in exercise.cases if not case.public]
        source = definition.reference.functions[exercise.name].source
        for says, advice in (
            *_shapes(exercise, cases),
            *_transposed(assignment, exercise, cases, sandbox),
            *_signs(source, cases),
            *foreign_caches(assignment, exercise, cases, sandbox),
            *_conditions(assignment, exercise, cases, sandbox),
        ):
            yield Remark(exercise.name, says, advice)
    for snippet in snippets(definition, "accepted"):
        for exercise in assignment.tested:
            if exercise.name in snippet.functions:
                yield from _spread(definition, exercise, snippet, sandbox)


def _shapes(exercise: Exercise, cases: Sequence[Case]) -> Iterator[Fault]:
    """Yield axes whose size never varies, so that a constant in its place would pass."""
    for path, arrays in _arrays([case.call.args for case in cases]).items():
        shapes = [array.shape for array in arrays]
        if len(shapes) < 2 or not all(shapes):
            continue
        for axis, sizes in enumerate(zip(*shapes, strict=False)):
            if len(set(sizes)) == 1 and sizes[0] > 1:
                says = f"axis {axis} of {_named(exercise, path)} has {sizes[0]} in every case"
                yield says, ", so that constant fits. Vary it."


def _transposed(
    assignment: Assignment, exercise: Exercise, cases: Sequence[Case], sandbox: Sandbox
) -> Iterator[Fault]:
    """Yield arrays that may be transposed in every case without a wrong answer."""
    program = program_of(assignment.reference, assignment.wanted, exercise.name)
    part = assignment.reference.parts[exercise.name]
    for path, arrays in _arrays([case.call.args for case in cases]).items():
        if not all(array.ndim == 2 and array.shape[0] == array.shape[1] > 1 for array in arrays):
            continue  # other shapes do not fit transposed
        having = [case for case in cases if path in leaves(case.call.args)]
        calls = [
            dataclasses.replace(case.call, args=_with_transposed(case.call.args, path)) for case in having
        ]
        runs = sandbox.run(program, calls)
        if len(having) > 1 and all(
            judge(exercise, case, run, part).verdict is Verdict.PASSED
            for case, run in zip(having, runs, strict=True)
        ):
            name = _named(exercise, path)
            yield f"{name} may be transposed in every case", ", and the answer stays. Let its sizes differ."


def _with_transposed(args: tuple[Value, ...], path: Place) -> tuple[Value, ...]:
    changed: tuple[Value, ...] = rebuilt(args, lambda place, leaf: leaf.T if place == path else leaf)
    return changed


def _named(exercise: Exercise, path: Place) -> str:
    """Return a part of the arguments as a Python expression, such as `cache[0]`."""
    return exercise.parameters[path[0]] + "".join(f"[{key!r}]" for key in path[1:])  # type: ignore[call-overload,no-any-return]


def _signs(source: str, cases: Sequence[Case]) -> Iterator[Fault]:
    """Yield kinds of numbers missing from the cases of a function that branches on signs or zeros."""
    if not EDGE.search(source):
        return
    found = _arrays([(case.call.args, case.expected) for case in cases]).values()
    arrays = [array for same in found for array in same if array.dtype.kind in "biufc"]
    has_arrays = bool(arrays)
    answered = [(*case.call.args, case.expected) for case in cases]
    arrays += [np.array(_numbers(values)) for values in zip(*answered, strict=True)]
    if not any((array == 0).any() and (array != 0).any() for array in arrays):
        yield "no number is exactly 0", ", where it changes its course. Add a case in which one is."
    if not any((array > 0).any() and (array < 0).any() for array in arrays):
        if has_arrays:
            yield "no array has numbers of both signs", ". Add a case in which one does."
        else:
            yield "no number takes both signs", ". Add a case in which one has the other sign."


def _conditions(
    assignment: Assignment, exercise: Exercise, cases: Sequence[Case], sandbox: Sandbox
) -> Iterator[Fault]:
    """Yield ill-conditioned cases: their answers depend on the last digits of the inputs."""
    having = [case for case in cases if any(map(_is_float64, leaves(case.call.args).values()))]
    calls = [dataclasses.replace(case.call, args=rebuilt(case.call.args, _rounded)) for case in having]
    if not calls:  # what leads to a variable is not run for that
        return
    runs = sandbox.run(program_of(assignment.reference, assignment.wanted, exercise.name), calls)
    for case, run in zip(having, runs, strict=True):
        if run.status is Status.RETURNED and _change(case.expected, run.value) > SENSITIVE:
            change = f"{_change(case.expected, run.value):.0e}"
            yield (
                f"{case.id} is near a cancellation",
                f": rounding its inputs to float32 changes the answer by {change} of its size. "
                "Draw larger differences.",
            )


def _spread(
    definition: Definition, exercise: Exercise, snippet: Snippet, sandbox: Sandbox
) -> Iterator[Remark]:
    """Yield the case in which an accepted alternative uses up nearly all of the tolerance."""
    tolerance = exercise.tolerance
    strict = dataclasses.replace(
        exercise,
        tolerance=dataclasses.replace(tolerance, rtol=MARGIN * tolerance.rtol, atol=MARGIN * tolerance.atol),
    )
    part = definition.reference.parts[exercise.name]
    marked = (i for i, edition in enumerate(exercise.editions) if edition.marked_by.search(snippet.source))
    cases = exercise.asked_in(next(marked, None), exercise.cases)
    runs = sandbox.run(program_with(definition, snippet, exercise.name), [case.call for case in cases])
    spreads = {
        case.id: _relative_change(outcome.expected, outcome.actual)
        for case, run in zip(cases, runs, strict=True)
        if judge(exercise, case, run, part).verdict is Verdict.PASSED
        and (outcome := judge(strict, case, run, part)).verdict is Verdict.WRONG_VALUE
    }
    if spreads:
        worst = max(spreads, key=spreads.__getitem__)
        yield Remark(
            exercise.name,
            f"{snippet.path.name} nearly uses up the tolerance",
            f": it is off by {spreads[worst]:.0e} of the largest number in {worst}, more than a tenth of "
            f"what rtol={tolerance.rtol:g} and atol={tolerance.atol:g} allow. Another seed may cost it its "
            "points. Let @exercise have larger ones.",
        )


def _numbers(values: Sequence[Value]) -> list[float]:
    """Return the single numbers in some values, such as those in lists."""
    found = [leaf for value in values for leaf in leaves(value).values()]
    return [leaf for leaf in found if isinstance(leaf, int | float) and not isinstance(leaf, bool)]


# ---------------------------------------------------------------- values


def _arrays(values: Sequence[Value]) -> Arrays:
    """Return the arrays at each place inside some values."""
    found: defaultdict[Place, list[np.ndarray]] = defaultdict(list)
    for value in values:
        for path, leaf in leaves(value).items():
            if isinstance(leaf, np.ndarray):
                found[path].append(leaf)
    return found


def _rounded(_path: Place, leaf: Value) -> Value:
    return leaf.astype(np.float32).astype(np.float64) if _is_float64(leaf) else leaf


def _is_float64(leaf: Value) -> bool:
    return isinstance(leaf, np.ndarray) and leaf.dtype == np.float64


def _change(expected: Value, actual: Value) -> float:
    """Return the largest difference of two answers of the same structure, relative to each array's size."""
    changes = [0.0]
    for e, a in zip(leaves(expected).values(), leaves(actual).values(), strict=False):
        if _is_numeric(e) and _is_numeric(a) and np.shape(e) == np.shape(a):
            changes.append(_relative_change(1.0 * e, a))  # NumPy does not subtract booleans
    return max(changes)


def _is_numeric(leaf: Value) -> bool:
    return isinstance(leaf, float) or (isinstance(leaf, np.ndarray) and leaf.dtype.kind in "biufc")


def _relative_change(e: Value, a: Value) -> float:
    """Return the largest difference of two arrays, relative to the largest magnitude in the first."""
    scale = np.abs(e).max(initial=0)
    with np.errstate(invalid="ignore"):  # equal infinities differ by NaN, which compares as small
        return float(np.abs(e - a).max(initial=0) / scale) if scale else 0.0
