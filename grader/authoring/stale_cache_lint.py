"""Find arguments that should be results of another graded function, and are not what it returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Outcome
from grader.grading.programs import program_of
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.execution import Call, Run, Status
from grader.models.values import Leaves, Place, Value, leaves, rebuilt
from grader.sandbox import Sandbox

SEEDS = (0, 1)
"""Two seeds, so that a function that draws random numbers is seen to differ."""


@dataclass(frozen=True, slots=True, eq=False)
class _Origin:
    """A case, and the call of another function (the maker) that should have made some of its arguments."""

    case: Case
    maker: Exercise
    held: Mapping[str, Value]
    args: tuple[Value, ...]

    def calls(self) -> list[Call]:
        """Return the call with each of the seeds."""
        return [Call(self.maker.name, self.args, seed, seconds=self.maker.seconds) for seed in SEEDS]

    def outcome(self, runs: Sequence[Run]) -> Outcome:
        """Compare the arguments with the maker's results; `PASSED` if these are not certain."""
        if any(run.status is not Status.RETURNED for run in runs):
            return PASSED
        made, again = (_results(self.maker, run.value) for run in runs)
        if not made.keys() >= self.held.keys() or compare(made, again) is not PASSED:
            return PASSED
        compared = (
            compare(made[name], value, (name,), self.maker.tolerance) for name, value in self.held.items()
        )
        return next((outcome for outcome in compared if outcome is not PASSED), PASSED)


def foreign_caches(
    assignment: Assignment, exercise: Exercise, cases: Sequence[Case], sandbox: Sandbox
) -> Iterator[tuple[str, str]]:
    """Yield the cases with arguments that the reference's own functions would not have produced.

    An argument is taken for a result of another graded function if it has the name and structure of that
    result. The result is computed again where the arguments determine the inputs of that function, as a cache
    holds the inputs of its forward pass. If several functions could have produced it, one match is enough;
    what cannot be computed is skipped.

    Args:
        assignment: the assignment whose reference computes.
        exercise: the function that is called.
        cases: some of its cases.
        sandbox: where the reference runs.

    Returns:
        an iterator of findings with advice.
    """
    origins = [
        origin
        for case in cases
        for maker in assignment.tested
        if maker is not exercise and maker.kind == "function" and not maker.driver
        if (origin := _origin(exercise, case, maker)) is not None
    ]
    calls = [call for origin in origins for call in origin.calls()]
    runs = iter(sandbox.run(program_of(assignment.reference, assignment.wanted), calls))
    outcomes = {origin: origin.outcome([next(runs) for _ in SEEDS]) for origin in origins}
    for case in cases:
        found = {origin: outcome for origin, outcome in outcomes.items() if origin.case is case}
        if found and all(outcome is not PASSED for outcome in found.values()):
            maker, path = next((origin.maker.name, outcome.path) for origin, outcome in found.items())
            yield (
                f"{case.id} has another {path} than {maker} makes of the same inputs",
                f". Let the generator be {exercise.name}(rng, reference), and take it from "
                f"reference.{maker}.",
            )


# ---------------------------------------------------------------- the maker's arguments


def _origin(exercise: Exercise, case: Case, maker: Exercise) -> _Origin | None:
    """Return the call of a maker that should have made some arguments of a case, if they determine it."""
    given = dict(zip(exercise.parameters, case.call.args, strict=True))
    held = {name: given.pop(name) for name in maker.results if name in given}
    alike = _alike(maker, held) if held else []
    if not alike:
        return None
    known, own = leaves(held), leaves(given)
    sources = {place: _sources(place, alike) for place in leaves(alike[0][0])}
    values: dict[Place, Value] = {}
    for place, found in sources.items():
        same = [known[source] for source in found]
        if not same and place in own:
            same = [own[place]]
        if not same or not all(_same(same[0], value) for value in same):
            return None
        values[place] = same[0]
    if not any(sources.values()):
        return None  # only names match: labels may be named like predictions
    args = rebuilt(alike[0][0], lambda place, _: values[place])
    return _Origin(case, maker, held, tuple(args.values()))


Shown = tuple[dict[str, Value], Leaves]


def _alike(maker: Exercise, held: Mapping[str, Value]) -> list[Shown]:
    """Return the arguments of the maker's own cases whose results have the structure of `held`."""
    found: list[Shown] = []
    for case in maker.cases:
        results = _results(maker, case.expected)
        shown = leaves({name: results[name] for name in held if name in results})
        if _structure(shown) == _structure(leaves(held)):
            found.append((dict(zip(maker.parameters, case.call.args, strict=True)), shown))
    return found


def _sources(place: Place, alike: Sequence[Shown]) -> list[Place]:
    """Return the places in the maker's results that always equal its input at `place`."""
    given = [leaves(arguments).get(place) for arguments, _ in alike]
    return [
        source
        for source in alike[0][1]
        if all(_same(value, shown[source]) for value, (_, shown) in zip(given, alike, strict=True))
    ]


def _results(exercise: Exercise, value: Value) -> dict[str, Value]:
    """Return a function's results by name; empty if it returned another number of them."""
    if len(exercise.results) == 1:
        return {exercise.results[0]: value}
    fits = isinstance(value, tuple) and len(value) == len(exercise.results)
    return dict(zip(exercise.results, value, strict=True)) if fits else {}


def _structure(found: Leaves) -> dict[Place, object]:
    return {place: (isinstance(leaf, str), np.ndim(leaf)) for place, leaf in found.items()}


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and np.array_equal(one, other)
