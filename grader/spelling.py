"""Asks back with the name that was meant, where one is mistyped."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def meant(name: str, there: Iterable[str]) -> str:
    """A question with the name that is most like one that is mistyped or cut; empty when none is like it."""
    typed, spelled = name.casefold(), {known.casefold(): known for known in there}
    cut = [known for known in spelled if typed and known.startswith(typed)]
    alike = difflib.get_close_matches(typed, spelled, 1) or cut
    return f"Did you mean {spelled[alike[0]]}? " if alike else ""
