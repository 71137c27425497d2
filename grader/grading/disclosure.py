"""What of a call its student is told: all of a public one, and of a hidden one nothing that its input chose.

A function sees its hidden inputs, and whatever it can choose between it can spell them with. So of a hidden
case it is told in fixed words which rung of the comparison its answer failed at, and for which result; never
a shape, a count, a key, an exception or a line. The same goes for a function that runs beside the reference's
version of others, which it could spell.
"""

from __future__ import annotations

from grader.comparison.verdict import Outcome, Verdict
from grader.grading.failure_place import Failing
from grader.models.assignment import Case
from grader.models.execution import Run, Status

RESULTS = {
    Verdict.WRONG_TYPE: "is of another type than expected",
    Verdict.WRONG_STRUCTURE: "has other keys, or another length, than expected",
    Verdict.WRONG_SHAPE: "has another shape than expected",
    Verdict.WRONG_DTYPE: "holds numbers of another kind than expected",
    Verdict.WRONG_VALUE: "is wrong",
}
"""What is said of a result, by the verdict."""

CALLS = {
    Status.RETURNED: "It changes its input.",
    Status.RAISED: "It raised an exception.",
    Status.CRASHED: "It crashed.",
    Status.TIMED_OUT: "It timed out.",
}
"""What is said of a call for which there is no result to compare, or a right one."""


def told(
    case: Case, run: Run, outcome: Outcome, failing: Failing | None, *, beside_loans: bool = False
) -> str:
    """What a student is told of a case.

    Args:
        case: the case.
        run: what the sandbox saw.
        outcome: what that is worth.
        failing: what was raised, and where.
        beside_loans: whether the reference of another function was in the same process.
    """
    if outcome.verdict is Verdict.PASSED:
        return ""
    if not case.public:
        return f"{_in_fixed_words(run, outcome)} (hidden case)"
    if beside_loans:
        return _in_fixed_words(run, outcome)
    if run.status is Status.RAISED and outcome.verdict is Verdict.DID_NOT_RUN:
        return str(failing)
    return outcome.message


def _in_fixed_words(run: Run, outcome: Outcome) -> str:
    if outcome.verdict in RESULTS:
        result = outcome.path.partition("[")[0] or "The result"
        return f"{result} {RESULTS[outcome.verdict]}."
    if outcome.verdict in (Verdict.NOT_ATTEMPTED, Verdict.NOT_DETERMINISTIC) or run.status is Status.NOT_RUN:
        return outcome.reason
    return CALLS.get(run.status, "The function is not defined when its cell has run.")
