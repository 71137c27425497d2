"""What a student may read about a call: all of a public one, nothing that a hidden input can influence.

A function sees its hidden inputs, so it can encode them in whatever it may choose. Of a hidden case a
student therefore reads, in fixed words, which rung of the comparison failed and for which result; never a
shape, a count, a key, an exception or a line. The same holds for a function that runs beside the reference's
version of others, which it could read out.
"""

from __future__ import annotations

from grader.comparison.verdict import Outcome, Raises, Verdict, sentence
from grader.comparison.words import raised_where
from grader.grading.failure_place import Failing
from grader.models.assignment import Case
from grader.models.execution import Run, Status

HIDDEN = "Of a hidden case you see which result is wrong and in which way, and no line, exception or number."
"""What pages and documents say about hidden cases."""

RESULTS = {
    Verdict.WRONG_TYPE: "is of another type than expected",
    Verdict.WRONG_STRUCTURE: "has other keys, or another length, than expected",
    Verdict.WRONG_SHAPE: "has another shape than expected",
    Verdict.WRONG_DTYPE: "holds numbers of another kind than expected",
    Verdict.WRONG_VALUE: "is wrong",
}
"""Sentence endings about a result, by verdict."""

CALLS = {
    Status.RETURNED: "It changes its input.",
    Status.RAISED: "It raised an exception.",
    Status.CRASHED: "It crashed.",
    Status.TIMED_OUT: "It timed out.",
}
"""Sentences about a call that has no wrong result to describe, by status."""


def disclosed(
    case: Case, run: Run, outcome: Outcome, failing: Failing | None, *, beside_loans: bool = False
) -> str:
    """Return the message about a case that its student may read.

    Args:
        case: the case.
        run: its run.
        outcome: the outcome of the run.
        failing: the exception and its place, if there is one.
        beside_loans: whether the reference of another function was in the same process.

    Returns:
        the message, empty if the case passed.
    """
    if outcome.verdict is Verdict.PASSED:
        return ""
    if not case.public:
        return f"{_in_fixed_words(run, outcome)} (hidden case)"
    if beside_loans:
        return _in_fixed_words(run, outcome)
    if run.status is Status.RAISED and outcome.verdict is Verdict.DID_NOT_RUN:
        if isinstance(case.expected, Raises):
            return raised_where(case.expected.exception, str(failing))
        return str(failing)
    return outcome.message


def _in_fixed_words(run: Run, outcome: Outcome) -> str:
    """Return a message that does not depend on anything the function can choose."""
    if outcome.verdict in RESULTS:
        result = outcome.path.partition("[")[0] or "The result"
        return sentence(f"{result} {RESULTS[outcome.verdict]}.")
    if outcome.verdict in (Verdict.NOT_ATTEMPTED, Verdict.NOT_DETERMINISTIC):
        return outcome.reason
    return CALLS.get(run.status, outcome.reason)
