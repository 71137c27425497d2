"""Exit statuses as text."""

from __future__ import annotations

import signal


def in_words(code: int) -> str:
    """Describe an exit code; a negative one is the number of a signal."""
    if code >= 0:
        return f"the process ended by itself with exit code {code}"
    names = {each.value: each.name for each in signal.Signals}
    return f"the process was ended by {names.get(-code, f'signal {-code}')}"
