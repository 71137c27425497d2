"""The forms of staff: what can be done to a mark, what a form says, and what a page says of what was done."""

from __future__ import annotations

from collections.abc import Mapping

from grader.models.marking import Action
from grader.server.typed import Typed

ACTIONS: tuple[tuple[Action, str], ...] = (
    ("points", "It earns these points"),
    ("add", "Add points (or take off, with a minus)"),
    ("excuse", "Excuse: it does not count"),
    ("late-days", "Accept days of being late"),
    ("undo", "Take back what was decided"),
)
"""What can be done to a mark, and its words."""

DONE = {
    "adjusted": "The mark is adjusted. The student sees it, with your reason.",
    "extended": "The due date is extended. The student sees it.",
    "withdrawn": "The extension is taken back.",
    "commented": "It is said: it stands on the pages of everyone in the group.",
    "silenced": "It is taken back from the pages of everyone in the group.",
    "regraded": "These are the marks now. Students see them.",
    "left": "The marks are as they were.",
    "late": "Somebody was faster, or not all is graded again yet: this is how it is now.",
}
"""What a page says when something was done, by a word in its address."""


def typed_in(fields: Mapping[str, str]) -> Typed:
    """Return what a form says."""
    return Typed(*(fields.get(name, "").strip() for name in ("function", "action", "value", "because")))
