"""Judge runs: the outcome of each, and the attempt that all cases of a function make up."""

from __future__ import annotations

import builtins
import functools
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from grader.assignments.deadline import TooLongError, deadline
from grader.comparison.compare import compare, compare_kind
from grader.comparison.judges import Judge, JudgeError, Ready, by_name, judged
from grader.comparison.verdict import PASSED, Outcome, Raises, Verdict
from grader.comparison.words import (
    MUST_RAISE,
    NOTHING,
    changes_input,
    not_run,
    not_written,
    returned_where,
    timed_out,
)
from grader.errors import AssignmentError
from grader.models.assignment import Case, Exercise
from grader.models.execution import Run, Status
from grader.models.submission import Part
from grader.models.values import Value
from grader.notebooks.argument_mutation import changer

JUDGING = 10
"""The seconds that an instructor's judge may take for one answer."""


def judge(exercise: Exercise, case: Case, run: Run, part: Part) -> Outcome:
    """Return the outcome of one run.

    Args:
        exercise: the graded function.
        case: the test case.
        run: its run.
        part: the statements of the notebook that the function needs.

    Returns:
        the verdict and its reason.
    """
    if isinstance(case.expected, Raises):
        return _raised(exercise, case.expected.exception, run, part)
    match run:
        case Run(Status.RETURNED, None) if case.expected is not None:
            return Outcome(Verdict.WRONG_TYPE, NOTHING)
        case Run(Status.RETURNED):
            if run.value is case.expected and not exercise.pure and exercise.judge is None:
                return PASSED  # shared answers: identical bytes
            outcome = _compared(exercise, case, run)
            if outcome.verdict is Verdict.PASSED and exercise.pure and run.changed:
                sources = [statement.source for statement in part.statements]
                clauses = "; ".join(changes(exercise, run.changed, sources))
                return Outcome(Verdict.CHANGED_INPUT, changes_input(clauses))
            return outcome
        case Run(Status.RAISED, failure=failure) if failure and failure.exception == "NotImplementedError":
            return Outcome(Verdict.NOT_ATTEMPTED, not_written(exercise.name))
        case Run(Status.CRASHED, failure=failure):  # an exit status may depend on a hidden input
            return Outcome(Verdict.DID_NOT_RUN, "It crashed.", f"What was seen: {failure and failure.text}.")
        case _:
            return Outcome(Verdict.DID_NOT_RUN, _fixed_reason(exercise, run, part))


def judge_unseen(exercise: Exercise, case: Case, run: Run, part: Part) -> Outcome | None:
    """Return the outcome of a run of a case that the instructor did not write.

    Args:
        exercise: the graded function.
        case: the case.
        run: its run.
        part: the statements of the notebook that the function needs.

    Returns:
        the outcome; None if the instructor's judge, which need not know such cases, raises on it.
    """
    try:
        return judge(exercise, case, run, part)
    except AssignmentError:
        return None


def accepts_reference(exercise: Exercise, case: Case) -> bool:
    """Return whether the answer that is expected in a case that the instructor did not write is right.

    A judge may find an answer too bad that was learned from three examples.

    Args:
        exercise: the graded function.
        case: the case, with the answer of the reference.

    Returns:
        True if it is.
    """
    answer = Run(Status.RETURNED, case.expected)
    return exercise.judge is None or judge_unseen(exercise, case, answer, Part(())) == PASSED


def _raised(exercise: Exercise, exception: str, run: Run, part: Part) -> Outcome:
    """Return the outcome of a call that has to raise an exception."""
    match run:
        case Run(Status.RAISED, failure=failure) if failure and failure.exception == "NotImplementedError":
            return Outcome(Verdict.NOT_ATTEMPTED, "It is not written yet.")  # also where it is a RuntimeError
        case Run(Status.RAISED, failure=failure) if failure and failure.is_a(exception):
            return PASSED
        case Run(Status.RETURNED):
            return Outcome(Verdict.WRONG_VALUE, returned_where(exception))
        case _:
            return Outcome(
                Verdict.DID_NOT_RUN, _fixed_reason(exercise, run, part), f"{MUST_RAISE}{exception}."
            )


def changes(exercise: Exercise, changed: Iterable[int], sources: Sequence[str]) -> list[str]:
    """Return which function changes which arguments in place, as far as the source shows it.

    Args:
        exercise: the graded function.
        changed: the positions of the arguments that differ after a call.
        sources: the statements of the function and of those that it calls.

    Returns:
        one clause for each function that changes arguments.
    """
    if exercise.driver:
        names = " and ".join(exercise.parameters[i] for i in sorted(changed) if i < len(exercise.parameters))
        return [_who_changes(exercise.name, "", names)] if names else []
    by: dict[str, list[str]] = {}
    for i in sorted(changed):
        if i < len(exercise.parameters):
            by.setdefault(changer(sources, exercise.name, i), []).append(exercise.parameters[i])
    return [_who_changes(exercise.name, who, " and ".join(names)) for who, names in by.items()]


def _who_changes(function: str, who: str, names: str) -> str:
    if not who:
        return f"leaves the caller's {names} changed"
    return (
        f"changes the caller's {names}"
        if who == function
        else f"calls {who}, which changes the caller's {names}"
    )


def _compared(exercise: Exercise, case: Case, run: Run) -> Outcome:
    if run.shared:
        return _outcome(exercise, case, _Answer(run.value))
    return _judged(exercise, case, run.value)


def _judged(exercise: Exercise, case: Case, answer: Value) -> Outcome:
    if case.kind_only:
        return compare_kind(case.expected, answer, exercise.results)
    if exercise.judge is None:
        return compare(case.expected, answer, exercise.results, exercise.tolerance)
    arguments = by_name(exercise.parameters, case.call.args)
    try:
        with deadline(JUDGING):
            return judged(exercise.judge, arguments, case.expected, answer, exercise.results)
    except JudgeError as error:  # its detail may have values of a hidden case
        what = error.what + (error.detail if case.public else "")
        raise _fault(exercise, exercise.judge, case, what, error.__cause__ or error) from None
    except TooLongError as error:
        raise _fault(exercise, exercise.judge, case, f"has taken {JUDGING} s", error) from None


def _fault(exercise: Exercise, judge: Judge, case: Case, what: str, error: BaseException) -> AssignmentError:
    advice = "Let it return None, or a sentence for the student, whatever numbers the answer has."
    if isinstance(error, NameError | ImportError | AttributeError | KeyError):
        advice = f"Mend it: `case` has {_keys(exercise)}, and it may use what its file imports and defines."
    elif isinstance(judge.call, Ready):
        advice = f"Let compare={judge.call.name}(...) fit what {exercise.name} returns."
    said = f"the judge of {exercise.name} {what} (test case {case.id})"
    return AssignmentError(f"{place_of_judge(judge, error)}{said}\n  {advice}")


def _keys(exercise: Exercise) -> str:
    return f"the keys {', '.join(exercise.parameters)}" if exercise.parameters else "no keys"


def place_of_judge(judge: Judge, error: BaseException | None = None) -> str:
    """Return the file and line of a judge, or of its metric, as the beginning of a message.

    Args:
        judge: the judge.
        error: what it raised, if it did: then it is the line that this came from.

    Returns:
        the place; of a ready judge the line that asks for it, or "" if that is not known.
    """
    functions = [judge.call, *(judge.call.settings.values() if isinstance(judge.call, Ready) else ())]
    codes = [function.__code__ for function in functions if hasattr(function, "__code__")]
    if not codes:
        return f"{judge.place}: " if judge.place else ""
    file, first = codes[0].co_filename, codes[0].co_firstlineno
    raised = traceback.extract_tb(error.__traceback__) if error else ()
    lines = [frame.lineno for frame in raised if frame.filename == file]
    return f"{file}, line {lines[-1] if lines else first}: "


class _Answer:
    """An answer that equals only itself; gives shared answers a hash by identity."""

    def __init__(self, value: Value) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Answer) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@functools.lru_cache(maxsize=4096)
def _outcome(exercise: Exercise, case: Case, answer: _Answer) -> Outcome:
    return _judged(exercise, case, answer.value)


def _fixed_reason(exercise: Exercise, run: Run, part: Part) -> str:
    """Return why a call has no answer, in words that cannot carry a hidden input."""
    if run.failure is None or run.status is Status.MISSING:
        noun = "class" if exercise.kind == "method" else exercise.kind
        return f"The {noun} is not defined when its cell has run."
    if run.status is Status.TIMED_OUT:
        return timed_out(run.failure.text)
    if run.status is Status.NOT_RUN:
        return not_run(run.failure.text)
    from grader.hints.exceptions import unbound_name

    if unbound_name(run.failure) in part.unbound:
        return str(run.failure)
    known = isinstance(getattr(builtins, run.failure.exception, None), type)
    return f"It raised {run.failure.exception if known else 'an exception of its own'}."


# ---------------------------------------------------------------- all cases of a function

LADDER = tuple(Verdict)[1:7]
"""The verdicts of the comparison in the order in which it checks them."""


def public_first(cases: Iterable[Case]) -> list[Case]:
    """Return the cases, public ones first: answers to public calls then cannot depend on hidden ones."""
    return sorted(cases, key=lambda case: not case.public)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The test cases of one exercise with their runs and outcomes.

    All outcomes are by the convention of one edition, None for the current one.
    """

    cases: tuple[Case, ...]
    runs: tuple[Run, ...]
    outcomes: tuple[Outcome, ...]
    edition: int | None = None

    @classmethod
    def of(
        cls, exercise: Exercise, part: Part, runs: Mapping[Case, Run], editions: Iterable[int | None]
    ) -> Self:
        """Judge the runs of a function by the edition that suits it best.

        Args:
            exercise: the graded function.
            part: the statements of the notebook that it needs.
            runs: the run of each case that was called.
            editions: those that the notebook may be of; the first counts if several suit equally well.

        Returns:
            the attempt.

        Raises:
            ValueError: there is no edition.
        """
        asked = [case for case in exercise.cases if case in runs]
        taken, best = tuple([runs[case] for case in asked]), None
        for edition in editions:
            cases = exercise.asked_in(edition, asked)
            outcomes = tuple(judge(exercise, case, run, part) for case, run in zip(cases, taken, strict=True))
            attempt = cls(cases, taken, outcomes, edition)
            if attempt.passed:
                return attempt
            best = attempt if best is None else max(best, attempt, key=cls._closeness)
        if best is None:
            raise ValueError("no edition to judge by")
        return best

    def _closeness(self) -> tuple[int, int]:
        """Return how many cases passed, and how far up the ladder the others came."""
        rungs = [LADDER.index(o.verdict) for o in self.outcomes if o.verdict in LADDER]
        return len(self.outcomes) - len(self.failing), sum(rungs)

    @property
    def passed(self) -> bool:
        """True if all cases passed."""
        return not self.failing

    @property
    def verdicts(self) -> frozenset[Verdict]:
        """The verdicts on the cases."""
        return frozenset(outcome.verdict for outcome in self.outcomes)

    @property
    def earns(self) -> bool:
        """True if all cases passed, or all of one part."""
        parts = self.passed_by_part
        lost = {part for part, passed in parts if not passed}
        return any(part not in lost for part, _ in parts)

    @property
    def passed_by_part(self) -> list[tuple[str, bool]]:
        """The part of each case, and whether it passed."""
        outcomes = zip(self.cases, self.outcomes, strict=True)
        return [(case.part, outcome.verdict is Verdict.PASSED) for case, outcome in outcomes]

    @property
    def failing(self) -> list[int]:
        """The indices of the failing cases."""
        return [i for i, outcome in enumerate(self.outcomes) if outcome.verdict is not Verdict.PASSED]

    @property
    def first_failing(self) -> tuple[Case, Run, Outcome]:
        """The first failing case with its run and outcome."""
        first = min(self.failing)
        return self.cases[first], self.runs[first], self.outcomes[first]

    @property
    def lasting(self) -> bool:
        """True if the same calls would give the same runs again."""
        return all(run.lasting for run in self.runs)

    def fails_like(self, other: Attempt) -> bool:
        """Return whether another attempt fails first on the same case for the same reason."""
        first = min(self.failing)
        mine, theirs = self.outcomes[first], other.outcomes[first]
        return first == min(other.failing) and (mine.verdict, mine.reason) == (theirs.verdict, theirs.reason)
