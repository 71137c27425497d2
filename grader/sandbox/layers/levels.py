"""Levels of isolation, derived from the layers that were tested."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Layer(StrEnum):
    """An isolation layer. It counts when a test has shown that it holds, not when it was switched on."""

    SECCOMP = "seccomp"
    LANDLOCK = "landlock"
    MOUNTS = "mounts"
    RLIMITS = "rlimits"


class Level(StrEnum):
    """A level of isolation, from worst to best."""

    WEAK = "weak"
    STRONG = "strong"
    FULL = "full"

    def reaches(self, required: Level) -> bool:
        """Return whether this level is `required` or better."""
        ranks = list(Level)
        return ranks.index(self) >= ranks.index(required)


def level(tested: frozenset[str]) -> Level:
    """Return the level that tested layers amount to; unknown names are ignored."""
    if tested >= frozenset(Layer):
        return Level.FULL
    confined = Layer.LANDLOCK in tested or Layer.MOUNTS in tested
    if confined and tested >= {Layer.SECCOMP, Layer.RLIMITS}:
        return Level.STRONG
    return Level.WEAK


def summary(tested: frozenset[str], missing: Mapping[str, str]) -> str:
    """Format the level, and each missing layer with its reason, as one line.

    Args:
        tested: the layers that hold.
        missing: layer -> the reason why it does not.

    Returns:
        the line.
    """
    line = f"isolation: {level(tested)}"
    if not missing:
        return line
    reasons = ", ".join(f"{layer} ({reason})" for layer, reason in missing.items())
    return f"{line}; not available here: {reasons}"
