"""Choose the one hint about a failing function; what is most certain to be the cause comes first."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any

from grader import hints
from grader.comparison import words
from grader.comparison.verdict import Verdict
from grader.grading.judge import Attempt
from grader.grading.known_mistakes import recognise
from grader.grading.minimal_example import Fault
from grader.grading.plan import Evidence, Plan, cause_of, mend_first
from grader.grading.programs import merged
from grader.hints.helper_calls import first_difference, random_draws
from grader.hints.observation import Observation
from grader.hints.source_facts import fact
from grader.models.execution import Status
from grader.models.submission import State

NOTHING_SEEN = Observation()


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What further calls show of a failing function: a small failing call, and what was observed.

    `right` is what was observed of the reference; None without a reference.
    """

    fault: Fault | None = None
    seen: Observation = NOTHING_SEEN
    right: Observation | None = None


NO_LOOK = Look()


def advice(plan: Plan, evidence: Evidence, name: str, attempt: Attempt, look: Look = NO_LOOK) -> str:
    """Return the hint about a failing function.

    A function to mend first comes before all. Then come a mistake that an instructor described, a fact about
    its text, what differs from the calls that the reference makes, facts about the answer or the exception,
    and a known mutant.

    Args:
        plan: the plan of the submission.
        evidence: the results of its runs.
        name: the function.
        attempt: the attempt that explains the failure.
        look: what further calls show.

    Returns:
        the hint, or "".
    """
    try:
        return _advice(plan, evidence, name, attempt, look)
    except RecursionError:  # an expression of its author is nested too deeply to be written anew
        return ""


def _advice(plan: Plan, evidence: Evidence, name: str, attempt: Attempt, look: Look) -> str:
    case, run, outcome = attempt.first_failing
    lent = attempt is not evidence.as_written[name] and _lent_values(plan, name)
    public = [(other, its) for other, its in zip(attempt.cases, attempt.runs, strict=True) if other.public]
    others = [pair for pair in public if pair[0] is not case] if case.public else []
    if case.public and look.fault:
        others.append((look.fault.case, look.fault.run))
    if not case.public and look.fault and look.fault.certain:
        case, run, outcome, _ = look.fault
    needed = merged(plan.parts[used] for used in plan.needed[name] if used in plan.parts)
    part, results = dataclasses.replace(plan.parts[name], statements=needed), plan.exercises[name].results
    shown = case.public and not lent
    parameters, ended = plan.exercises[name].parameters, run.status is Status.RETURNED
    modules = plan.assignment.wanted.modules

    @functools.cache  # the most expensive, and not always needed
    def own() -> str:
        return hints.hint(outcome, run, case, part, results, others, look.seen, parameters, modules)

    cause = None if shown and not ended and own() else mend_first(plan, evidence, name)
    if cause := cause or (_behind(plan, evidence, name, attempt) if shown else None):
        return _mend(plan, cause)
    if not shown:
        return ""
    return (
        _known_mistake(plan, name, attempt, by_hand=True)
        or (fact(name, part, plan.assignment.reference.parts.get(name)) if ended else "")
        or _different_calls(look, parameters, case.call.args, ended=ended)
        or own()
        or _known_mistake(plan, name, attempt, by_hand=False)
    )


def right_parts(plan: Plan, name: str, attempt: Attempt, look: Look = NO_LOOK) -> str:
    """Return which parts of the answer are right, unless another call on the same page contradicts it.

    Args:
        plan: the plan of the submission.
        name: the function.
        attempt: the attempt that explains the failure.
        look: what further calls show.

    Returns:
        the sentence, which counts if there is no other hint, or "".
    """
    case, run, outcome = attempt.first_failing
    results = plan.exercises[name].results
    if not case.public or (plan.lent_to(name) & {*plan.assignment.wanted.variables}):
        return ""
    said = hints.partly_right(outcome, run, case, results)
    others = [
        one
        for one in zip(attempt.outcomes, attempt.runs, attempt.cases, strict=True)
        if one[2].public and one[0].verdict in (Verdict.WRONG_SHAPE, Verdict.WRONG_VALUE)
    ]
    if look.fault:
        others.append((look.fault.outcome, look.fault.run, look.fault.case))
    return said if all(hints.partly_right(*other, results) == said for other in others) else ""


def _behind(plan: Plan, evidence: Evidence, name: str, attempt: Attempt) -> str | None:
    """Return the written function behind a failure that a function does not have beside right ones.

    What it does beside those is wrong too, but may not be told; a hint about this failure would be about the
    other function, which has its own.
    """
    isolated = evidence.isolated.get(name)
    if isolated is None or isolated is attempt or isolated.fails_like(attempt):
        return None
    cause = cause_of(plan, evidence, name)
    return cause if cause in plan.parts else None


def _mend(plan: Plan, cause: str) -> str:
    """Return the advice to mend another item first."""
    unwritten = plan.submission.functions[cause].state in (State.BLANK, State.MISSING)
    how = "reads" if plan.exercises[cause].kind == "variable" else "calls"
    return words.mend_first(cause, Verdict.NOT_ATTEMPTED if unwritten else Verdict.WRONG_VALUE, how)


def _different_calls(look: Look, parameters: tuple[str, ...], args: tuple[Any, ...], *, ended: bool) -> str:
    """Return what differs from the calls of other functions, and the random draws, of the reference."""
    if look.right is None:
        return ""
    calls = first_difference(look.seen, look.right, parameters, args, ended=ended)
    return calls or (random_draws(look.seen, look.right) if ended else "")


def _lent_values(plan: Plan, name: str) -> set[str]:
    """Return the variables that are lent to an item: it could encode these in what a hint says."""
    return plan.lent_to(name) & {*plan.assignment.wanted.variables}


def _known_mistake(plan: Plan, name: str, attempt: Attempt, *, by_hand: bool) -> str:
    """Return the text of the known mistake that gives the same answers to the public cases."""
    if not attempt.cases[min(attempt.failing)].public:
        return ""  # right answers are no sign of any mistake
    mistakes = [mistake for mistake in plan.assignment.mistakes() if mistake.function == name]
    public = [run for case, run in zip(attempt.cases, attempt.runs, strict=True) if case.public]
    own = [mistake for mistake in mistakes if mistake.by_hand is by_hand or not by_hand]
    return recognise(own, public)
