"""Says how well isolated a sandbox is, from the layers that were tested."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Layer(StrEnum):
    """A layer that was seen to hold counts; one that was merely switched on does not."""

    SECCOMP = "seccomp"
    LANDLOCK = "landlock"
    MOUNTS = "mounts"
    RLIMITS = "rlimits"


class Level(StrEnum):
    """How well student code is isolated, from worst to best."""

    WEAK = "weak"
    STRONG = "strong"
    FULL = "full"

    def reaches(self, required: Level) -> bool:
        """Return whether this level is `required` or better."""
        ranks = list(Level)
        return ranks.index(self) >= ranks.index(required)


def level(tested: frozenset[str]) -> Level:
    """Return the level that the layers in `tested` amount to; names that are no `Layer` count nothing."""
    if tested >= frozenset(Layer):
        return Level.FULL
    confined = Layer.LANDLOCK in tested or Layer.MOUNTS in tested
    if confined and tested >= {Layer.SECCOMP, Layer.RLIMITS}:
        return Level.STRONG
    return Level.WEAK


def summary(tested: frozenset[str], missing: Mapping[str, str]) -> str:
    """Return one line for people: the level, then each layer of `missing` with its reason."""
    line = f"isolation: {level(tested)}"
    if not missing:
        return line
    reasons = ", ".join(f"{layer} ({reason})" for layer, reason in missing.items())
    return f"{line}; not available here: {reasons}"
