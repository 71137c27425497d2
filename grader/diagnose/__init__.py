"""From what went wrong to one factual hint. Pure: it sees values, runs nothing, and guesses nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np

from grader.diagnose import arrays, keys, places
from grader.diagnose.evidence import Evidence, evidence
from grader.diagnose.failures import explained, unbound_name
from grader.diagnose.rest import rest_is_right
from grader.model import Case, Outcome, Part, Run, Verdict

DETECTORS = {
    Verdict.WRONG_TYPE: (*places.DETECTORS, *arrays.OF_SHAPES, rest_is_right),
    Verdict.WRONG_STRUCTURE: (*places.DETECTORS, *keys.DETECTORS, rest_is_right),
    Verdict.WRONG_SHAPE: (
        *places.DETECTORS,
        *arrays.OF_SHAPES,
        rest_is_right,
        arrays.rows_or_columns,
    ),
    Verdict.WRONG_DTYPE: (arrays.whole_numbers,),
    Verdict.WRONG_VALUE: (
        *places.DETECTORS,
        arrays.transposed,
        *arrays.OF_NUMBERS,
        rest_is_right,
        arrays.one_line_wrong,
    ),
}
"""For each verdict what to look for. The first that is certain speaks."""


def hint(outcome: Outcome, run: Run, case: Case, part: Part) -> str:
    """At most one factual hint for a case that failed; empty when nothing is certain.

    It holds no value of an input or answer but shapes, simple ratios and keys that are expected, and no
    text of the submission's but its own names, so it may be told of a hidden case.

    Args:
        outcome: what the answer is worth.
        run: what the call did.
        case: the test case: its inputs, and the expected answer.
        part: what the function needs of its notebook.
    """
    if run.failure is not None:
        return explained(run.status, run.failure, part, case.call.args)
    if outcome.verdict is Verdict.NOT_ATTEMPTED:
        return "" if _returns(case.call.function, part) else "The function has no `return`."
    found = evidence(outcome, case, run.value)
    if found is None:
        return ""
    with np.errstate(all="ignore"):
        return next(_facts(found), "")


def _facts(found: Evidence) -> Iterator[str]:
    return (fact for detect in DETECTORS.get(found.verdict, ()) if (fact := detect(found)))


def _returns(function: str, part: Part) -> bool:
    """Whether the definition of a function, as far as it is there, returns a value."""
    for statement in part.statements:
        for node in ast.walk(ast.parse(statement.source)):
            if isinstance(node, ast.FunctionDef) and node.name == function:
                return any(isinstance(inner, ast.Return) and inner.value for inner in ast.walk(node))
    return True


__all__ = ["hint", "unbound_name"]
