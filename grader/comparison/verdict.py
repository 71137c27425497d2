"""What an answer is worth: verdicts, outcomes, tolerances. Travels to students with `compare`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

ALLOWANCES = ("number_for_bool", "array_for_number", "either_sign")
"""What an exercise may allow to stand for the expected answer.

That is 0 and 1 for False and True, an array of the shape (1,) for a number, and an array or a number with
the opposite sign in every element.
"""


class Verdict(str, Enum):  # noqa: UP042  # a student's Python may be 3.10, which has no StrEnum
    """The rungs of the comparison, and what keeps a call from reaching them. Only `PASSED` earns."""

    PASSED = "passed"
    WRONG_TYPE = "wrong_type"
    WRONG_STRUCTURE = "wrong_structure"
    WRONG_SHAPE = "wrong_shape"
    WRONG_DTYPE = "wrong_dtype"
    WRONG_VALUE = "wrong_value"
    CHANGED_INPUT = "changed_input"
    NOT_DETERMINISTIC = "not_deterministic"
    DID_NOT_RUN = "did_not_run"
    NOT_ATTEMPTED = "not_attempted"


@dataclass(frozen=True)
class Outcome:
    """What one answer is worth, and why.

    `reason` holds no value of any input or answer, so it may be told of a hidden case; `detail`
    may be told of a public case only. `path` names the part of the result that is at fault, as
    Python would index it, and `actual` and `expected` are that part.
    """

    verdict: Verdict
    reason: str = ""
    detail: str = ""
    path: str = ""
    actual: Any = None
    expected: Any = None

    @property
    def message(self) -> str:
        """The whole text, for cases whose answers are public."""
        return " ".join(filter(None, (self.reason, self.detail)))


@dataclass(frozen=True)
class Tolerance:
    """How far a right answer may be off: |actual - expected| <= rtol |expected| + atol max |expected|.

    What is exactly 0 in the expected answer may be off by `floor`, whatever stands beside it. `allow` names
    what else counts as right: see `ALLOWANCES`.
    """

    rtol: float = 1e-5
    atol: float = 1e-7
    floor: float = 1e-12
    allow: tuple[str, ...] = ()


PASSED = Outcome(Verdict.PASSED)
