"""Derive at most one factual hint from a failure. Pure: runs nothing and guesses nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from grader.comparison.verdict import Outcome, Verdict, sentence
from grader.hints import (
    activations,
    cross_entropy,
    elements,
    keys,
    misplaced,
    partially_correct,
    ratios,
    shapes,
)
from grader.hints.evidence import Named, evidence, with_others
from grader.hints.exceptions import explained, unbound_name
from grader.hints.names import definition_of
from grader.hints.observation import Observation
from grader.models.assignment import Case
from grader.models.execution import Run
from grader.models.submission import Part

NOTHING_SEEN = Observation()

DETECTORS = {
    Verdict.WRONG_TYPE: misplaced.DETECTORS,
    Verdict.WRONG_STRUCTURE: (keys.numbers_of_keys, *misplaced.DETECTORS, *keys.DETECTORS),
    Verdict.WRONG_SHAPE: (*misplaced.DETECTORS, *shapes.DETECTORS),
    Verdict.WRONG_DTYPE: (elements.whole_numbers,),
    Verdict.WRONG_VALUE: (
        activations.on_the_way_forward,
        *misplaced.DETECTORS,
        shapes.transposed,
        activations.on_the_way_back,
        cross_entropy.wrong_term,
        *ratios.DETECTORS,
        *elements.DETECTORS,
    ),
}
"""The detectors for each verdict; the first that returns a text supplies the hint."""


def hint(
    outcome: Outcome,
    run: Run,
    case: Case,
    part: Part,
    results: Sequence[str] = (),
    others: Iterable[tuple[Case, Run]] = (),
    seen: Observation = NOTHING_SEEN,
    parameters: Sequence[str] = (),
    modules: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return at most one factual hint for a failing case; "" if no detector is certain.

    It contains no value of an input or answer except shapes, simple ratios and expected keys, and no text of
    the submission except its names. Those could still encode an input, so no hint is disclosed for a hidden
    case.

    Args:
        outcome: the outcome of the run.
        run: the run.
        case: the test case, with the expected answer.
        part: the statements that the function needs.
        results: the names of the function's results, as far as they have names.
        others: the other public cases with their runs, which must not contradict the hint.
        seen: what was observed of the call, if it was.
        parameters: the names of the arguments of the call.
        modules: the sources of the modules that come with the notebook.

    Returns:
        the hint, or "".
    """
    if run.failure is not None:
        return explained(run.status, run.failure, part, case.call, seen, modules)
    if run.value is None and outcome.verdict in (Verdict.NOT_ATTEMPTED, Verdict.WRONG_TYPE):
        return "" if _returns(case.call.function, part) else "The function has no `return`."
    named = Named(tuple(parameters), definition_of(case.call.function, part))
    with np.errstate(all="ignore"):
        found = evidence(outcome, case, run.value, results, named)
        if found:
            returned = [(other, its.value) for other, its in others if its.failure is None]
            found = with_others(found, returned)
        facts = (detect(found) for detect in DETECTORS.get(outcome.verdict, ()) if found)
        return sentence(next(filter(None, facts), ""))


def partly_right(outcome: Outcome, run: Run, case: Case, results: Sequence[str] = ()) -> str:
    """Return what the wrong parts of an answer have in common if others are right; "" if nothing.

    Args:
        outcome: the outcome of the run.
        run: the run.
        case: the test case, with the expected answer.
        results: the names of the function's results, as far as they have names.

    Returns:
        the sentence, or "".
    """
    if run.failure is not None or outcome.verdict not in (Verdict.WRONG_SHAPE, Verdict.WRONG_VALUE):
        return ""
    found = evidence(outcome, case, run.value, results)
    return sentence(partially_correct.rest_is_right(found)) if found else ""


def _returns(function: str, part: Part) -> bool:
    """Return whether the definition of a function, if it is found, returns a value."""
    for statement in part.statements:
        try:
            tree = ast.parse(statement.source)
        except SyntaxError:  # the text of a %%writefile cell
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == function:
                return any(isinstance(inner, ast.Return) and inner.value for inner in ast.walk(node))
    return True


__all__ = ["hint", "partly_right", "unbound_name"]
