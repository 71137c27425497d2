"""Describe how well worker processes are isolated, and why a machine is refused."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from grader.models.report import Isolation
from grader.sandbox.layers.levels import Layer, Level, level

if TYPE_CHECKING:
    from grader.sandbox.subprocess_fallback import Subprocesses
    from grader.sandbox.zygote_client import Zygote

MAY = {
    Level.WEAK: "read what you can read",
    Level.STRONG: "see which files there are, and read none but the installed libraries",
}
"""What student code can do at a level that it cannot do at the next."""


def isolation_of(processes: Zygote | Subprocesses) -> Isolation:
    """Return the level of isolation that the tested layers amount to."""
    return Isolation(level(frozenset(processes.tested)).value, processes.tested, processes.missing)


def without(isolation: Isolation, layers: set[Layer], reason: str) -> Isolation:
    """Return an isolation without layers that turned out to leak.

    Args:
        isolation: the isolation so far.
        layers: the layers that leak.
        reason: how, for people.

    Returns:
        the isolation that is left.
    """
    tested = tuple(layer for layer in isolation.tested if layer not in layers)
    missing = dict.fromkeys(sorted(layers.intersection(isolation.tested)), reason) | dict(isolation.missing)
    return dataclasses.replace(
        isolation, level=level(frozenset(tested)).value, tested=tested, missing=missing
    )


def refusal(isolation: Isolation, required: str) -> str:
    """Return the message that a machine does not isolate student code well enough.

    Args:
        isolation: the isolation that it has.
        required: the level that is needed.

    Returns:
        the message, with what is missing and what to do.
    """
    reasons = "\n".join(f"    {layer}: {reason}" for layer, reason in isolation.missing.items())
    return (
        f"This machine isolates student code at level {isolation.level}; {required} is needed. Missing:\n"
        f"{reasons}\n"
        "  See what to do with: grader doctor. To run it all the same, type --isolation "
        f"{isolation.level}: then student\n  code can {MAY[Level(isolation.level)]}."
    )
