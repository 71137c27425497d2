"""Earlier editions of an exercise: how a notebook shows that it is of one, and their conventions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What shows that a notebook is of an earlier edition; see `testcase.Edition`."""

    marked_by: re.Pattern[str]
    ruled_out_by: re.Pattern[str]

    def may_hold_in(self, text: str) -> bool:
        """Return whether a notebook with this text may be of the edition."""
        return self.marked_by.search(text) is not None or self.ruled_out_by.search(text) is None

    def hold_in(self, text: str) -> bool:
        """Return whether a notebook with this text is certainly of the edition."""
        return self.marked_by.search(text) is not None and self.ruled_out_by.search(text) is None


@dataclass(frozen=True, slots=True, eq=False)
class Convention(Marks):
    """What functions of an earlier edition return instead of the expected answers; see `testcase.Edition`."""

    expects: Callable[[Any], Any]


def held_in(text: str, conventions: Iterable[Convention]) -> tuple[int, ...]:
    """Return the indices of the conventions that may apply to a notebook.

    Args:
        text: the code of the notebook.
        conventions: the conventions of the exercise.

    Returns:
        indices, in order.
    """
    return tuple(i for i, convention in enumerate(conventions) if convention.may_hold_in(text))
