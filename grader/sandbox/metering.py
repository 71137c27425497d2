"""Accounting of the time and the answers of one submission, and the runs of calls beyond its budget."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.models.budget import BUDGET, Budget
from grader.models.execution import Call, Failure, Program, Run, Status
from grader.sandbox import Sandbox
from grader.sandbox.rounds import Round

OUTSIDE = "what stands outside of the graded functions"


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """The consumption of one submission: seconds and bytes of answers, by function."""

    budget: Budget = BUDGET
    seconds: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    def charge(self, functions: Sequence[str], seconds: float, answers: Sequence[int] = ()) -> None:
        """Record the consumption of calls that were made together.

        Args:
            functions: the function of each call.
            seconds: their total duration, which is shared equally.
            answers: bytes of the answer to each call.
        """
        for name in functions:
            self.seconds[name] += seconds / len(functions)  # type: ignore[assignment]  # no need of whole ones
        for name, size in zip(functions, answers, strict=False):
            self.answers[name] += size

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.budget.seconds - self.seconds.total()

    def used_up(self) -> str:
        """Return which budget is used up and by what; empty if none is."""
        if self.seconds.total() >= self.budget.seconds:
            return f"the submission's time budget of {self.budget.seconds:g} s was {_by(self.seconds)}"
        if self.answers.total() >= self.budget.answers:
            size = f"{self.budget.answers / (1 << 20):g} MB"
            return f"the submission's budget of {size} for all answers was {_by(self.answers)}"
        return ""


def _by(taken: Counter[str]) -> str:
    """Name the largest consumer. How much is not disclosed: it may depend on a hidden input."""
    (first, most), *_ = taken.most_common(1)
    return f"used up by {first or OUTSIDE}{'' if 2 * most > taken.total() else ' and others'}"


def unlimited() -> Account:
    """Return an account without limits, for code that is no student's."""
    return Account(Budget(seconds=math.inf, answers=2**63))


def not_run(reason: str) -> Run:
    """Return the run of a call that was not made."""
    return Run(Status.NOT_RUN, failure=Failure("BudgetError", reason))


class Metered:
    """A sandbox that charges all runs to one submission's account.

    Runs of the reference use the `unmetered` sandbox.
    """

    def __init__(self, sandbox: Sandbox, account: Account) -> None:
        self.unmetered = sandbox
        self._account = account

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        then: Sequence[Round] = (),
    ) -> Sequence[Run]:
        """Return one `Run` for each call, in order; see `grader.sandbox.Sandbox`.

        Args:
            program: the program that defines the functions.
            calls: the calls of its functions.
            account: another account to charge.
            then: more calls for the same process, of this program or of others.

        Returns:
            the runs.

        Raises:
            SandboxError: the sandbox broke down.
        """
        return self.unmetered.run(program, calls, account or self._account, then)
