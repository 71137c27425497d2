"""Verdicts, outcomes and tolerances of comparisons. Bundled for students together with `compare`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

ALLOWANCES = ("number_for_bool", "array_for_number", "either_sign")
"""The substitutes for an expected answer that an exercise may allow.

These are 0 and 1 for False and True, an array of one element for a number, and the opposite sign in every
element.
"""


class Verdict(str, Enum):  # noqa: UP042  # a student's Python may be 3.10, which has no StrEnum
    """The rungs of the comparison, and the reasons why a call does not reach them. Only `PASSED` earns."""

    PASSED = "passed"
    WRONG_TYPE = "wrong_type"
    WRONG_STRUCTURE = "wrong_structure"
    WRONG_SHAPE = "wrong_shape"
    WRONG_DTYPE = "wrong_dtype"
    WRONG_VALUE = "wrong_value"
    CHANGED_INPUT = "changed_input"
    NOT_DETERMINISTIC = "not_deterministic"
    FORBIDDEN = "forbidden"
    DID_NOT_RUN = "did_not_run"
    NOT_ATTEMPTED = "not_attempted"
    TO_BE_MARKED = "to_be_marked"


@dataclass(frozen=True)
class Outcome:
    """The verdict on one answer, and the reason.

    `reason` contains no value of any input or answer and may be disclosed for a hidden case; `detail` only
    for a public one. `path` is the wrong part of the result as Python would index it, and `actual` and
    `expected` are the values there.
    """

    verdict: Verdict
    reason: str = ""
    detail: str = ""
    path: str = ""
    actual: Any = None
    expected: Any = None

    @property
    def message(self) -> str:
        """The whole text, for public cases."""
        return " ".join(filter(None, (self.reason, self.detail)))


def sentence(text: str) -> str:
    """Return a text with a capital where it begins with "the", as in "the result[0] is wrong."."""
    return f"The{text[3:]}" if text.startswith("the ") else text


@dataclass(frozen=True)
class Tolerance:
    """How far a right answer may be off: |actual - expected| <= rtol |expected| + atol max |expected|.

    An expected number that is exactly 0 may be off by `floor`, whatever the others are, and any number by
    `absolute`. `allow` lists the accepted substitutes: see `ALLOWANCES`.
    """

    rtol: float = 1e-5
    atol: float = 1e-7
    floor: float = 1e-12
    allow: tuple[str, ...] = ()
    absolute: float = 0.0


@dataclass(frozen=True)
class Raises:
    """Stands for an expected answer where an exception of that name, or derived from it, has to be raised."""

    exception: str


PASSED = Outcome(Verdict.PASSED)
