"""How a process ended, in words."""

from __future__ import annotations

import signal


def in_words(code: int) -> str:
    """What an exit code says: minus the number of a signal, or the number that the process gave."""
    if code >= 0:
        return f"the process ended by itself with exit code {code}"
    names = {each.value: each.name for each in signal.Signals}
    return f"the process was ended by {names.get(-code, f'signal {-code}')}"
