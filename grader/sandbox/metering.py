"""What the calls of one submission have taken of its budget, and what becomes of those it has no more for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from grader.models.budget import BUDGET, Budget
from grader.models.execution import Call, Failure, Program, Run, Status
from grader.sandbox import Sandbox

Further = Callable[[Sequence[Run]], Sequence[Call]]
"""From the runs of calls to those that are made after them in the same process."""

OUTSIDE = "what stands outside of the graded functions"


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """What one submission has taken: seconds and bytes of answers, by the function that took them."""

    budget: Budget = BUDGET
    seconds: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    def charge(self, functions: Sequence[str], seconds: float, answers: Sequence[int] = ()) -> None:
        """Note what calls of functions took together, and how many bytes each answered."""
        for name in functions:
            self.seconds[name] += seconds / len(functions)  # type: ignore[assignment]  # no need of whole ones
        for name, size in zip(functions, answers, strict=False):
            self.answers[name] += size

    def used_up(self) -> str:
        """Which budget is used up and by what, in words; empty when there is some left."""
        if self.seconds.total() >= self.budget.seconds:
            return f"the submission's time budget of {self.budget.seconds:g} s was {_by(self.seconds)}"
        if self.answers.total() >= self.budget.answers:
            size = f"{self.budget.answers / (1 << 20):g} MB"
            return f"the submission's budget of {size} for all answers was {_by(self.answers)}"
        return ""


def _by(taken: Counter[str]) -> str:
    """What has used most of a budget. How much is not told: it may depend on a hidden input."""
    (first, most), *_ = taken.most_common(1)
    return f"used up by {first or OUTSIDE}{'' if 2 * most > taken.total() else ' and others'}"


def unlimited() -> Account:
    """An account for what is no student's: it has something left, whatever happens."""
    return Account(Budget(seconds=math.inf, answers=2**63))


def not_run(reason: str) -> Run:
    """What became of a call that was not made."""
    return Run(Status.NOT_RUN, failure=Failure("BudgetError", reason))


class Metered:
    """A sandbox as one submission has it: what is run there is charged to its account.

    What is asked of the reference goes to the `unmetered` one.
    """

    def __init__(self, sandbox: Sandbox, account: Account) -> None:
        self.unmetered = sandbox
        self._account = account

    def run(
        self,
        program: Program,
        calls: Sequence[Call],
        account: Account | None = None,
        further: Further | None = None,
    ) -> Sequence[Run]:
        """Return one `Run` for each call, in order; see `grader.sandbox.Sandbox`."""
        return self.unmetered.run(program, calls, account or self._account, further)
