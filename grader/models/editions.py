"""The conventions of earlier editions of an exercise, and which of them a notebook may keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Convention:
    """What functions of an earlier edition return instead of the expected answers; see `testcase.Edition`."""

    marked_by: re.Pattern[str]
    ruled_out_by: re.Pattern[str]
    expects: Callable[[Any], Any]

    def may_hold_in(self, text: str) -> bool:
        """Whether a notebook with this text may be of the edition."""
        return self.marked_by.search(text) is not None or self.ruled_out_by.search(text) is None


def held_in(text: str, conventions: Iterable[Convention]) -> tuple[int, ...]:
    """The numbers of the conventions that may hold in a notebook with this text."""
    return tuple(i for i, convention in enumerate(conventions) if convention.may_hold_in(text))
