"""From what went wrong to one factual hint. Pure: it sees values, runs nothing, and guesses nothing."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import numpy as np

from grader.comparison.verdict import Outcome, Verdict
from grader.hints import activations, elements, keys, misplaced, partially_correct, ratios, shapes
from grader.hints.evidence import evidence
from grader.hints.exceptions import explained, unbound_name
from grader.models.assignment import Case
from grader.models.execution import Run
from grader.models.submission import Part

DETECTORS = {
    Verdict.WRONG_TYPE: misplaced.DETECTORS,
    Verdict.WRONG_STRUCTURE: (keys.numbers_of_keys, *misplaced.DETECTORS, *keys.DETECTORS),
    Verdict.WRONG_SHAPE: (*misplaced.DETECTORS, *shapes.DETECTORS, *partially_correct.DETECTORS),
    Verdict.WRONG_DTYPE: (elements.whole_numbers,),
    Verdict.WRONG_VALUE: (
        activations.on_the_way_forward,
        *misplaced.DETECTORS,
        shapes.transposed,
        activations.on_the_way_back,
        *ratios.DETECTORS,
        *elements.DETECTORS,
        *partially_correct.DETECTORS,
    ),
}
"""What may be a fact of an answer, for each verdict. The first that is certain speaks."""


def hint(outcome: Outcome, run: Run, case: Case, part: Part, results: Sequence[str] = ()) -> str:
    """At most one factual hint for a case that failed; empty when nothing is certain.

    It holds no value of an input or answer but shapes, simple ratios and keys that are expected, and no
    text of the submission's but its own names. These can spell an input too: it is not told of a hidden case.

    Args:
        outcome: what the answer is worth.
        run: what the call did.
        case: the test case: its inputs, and the expected answer.
        part: what the function needs of its notebook.
        results: what the function's results are called, as far as they have names.
    """
    if run.failure is not None:
        return explained(run.status, run.failure, part, case.call.args)
    if run.value is None and outcome.verdict in (Verdict.NOT_ATTEMPTED, Verdict.WRONG_TYPE):
        return "" if _returns(case.call.function, part) else "The function has no `return`."
    with np.errstate(all="ignore"):
        found = evidence(outcome, case, run.value, results)
        facts = (detect(found) for detect in DETECTORS.get(outcome.verdict, ()) if found)
        return next(filter(None, facts), "")


def _returns(function: str, part: Part) -> bool:
    """Whether the definition of a function, as far as it is there, returns a value."""
    for statement in part.statements:
        try:
            tree = ast.parse(statement.source)
        except SyntaxError:  # a module that the notebook writes
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == function:
                return any(isinstance(inner, ast.Return) and inner.value for inner in ast.walk(node))
    return True


__all__ = ["hint", "unbound_name"]
