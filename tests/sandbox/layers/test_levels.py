"""Tests of what the tested layers amount to."""

from __future__ import annotations

import itertools

import pytest

from grader.sandbox.layers.levels import Layer, Level, level, summary

ALL = frozenset(Layer)


@pytest.mark.parametrize(
    ("tested", "expected"),
    [
        pytest.param(ALL, Level.FULL, id="everything"),
        pytest.param(ALL - {Layer.MOUNTS}, Level.STRONG, id="no mount tree, as in a container"),
        pytest.param(ALL - {Layer.LANDLOCK}, Level.STRONG, id="no landlock, as on an older kernel"),
        pytest.param(ALL - {Layer.SECCOMP}, Level.WEAK, id="no filter of calls"),
        pytest.param(ALL - {Layer.RLIMITS}, Level.WEAK, id="no limits"),
        pytest.param(ALL - {Layer.LANDLOCK, Layer.MOUNTS}, Level.WEAK, id="nothing confines reading"),
        pytest.param({Layer.RLIMITS}, Level.WEAK, id="limits alone, as on macOS"),
        pytest.param({}, Level.WEAK, id="nothing"),
        pytest.param(ALL | {"no capabilities"}, Level.FULL, id="more than is asked for"),
        pytest.param({"seccomp", "landlock", "rlimits"}, Level.STRONG, id="by plain names"),
    ],
)
def test_the_level_is_what_was_tested(tested: set[str], expected: Level) -> None:
    assert level(frozenset(tested)) is expected


def test_losing_a_layer_never_raises_the_level() -> None:
    for size in range(len(ALL) + 1):
        for some in itertools.combinations(Layer, size):
            assert all(level(frozenset(some)).reaches(level(frozenset(some) - {one})) for one in some)


@pytest.mark.parametrize(
    ("reached", "required", "enough"),
    [
        (Level.FULL, Level.STRONG, True),
        (Level.STRONG, Level.STRONG, True),
        (Level.STRONG, Level.FULL, False),
        (Level.WEAK, Level.STRONG, False),
        (Level.WEAK, Level.WEAK, True),
    ],
)
def test_a_level_reaches_itself_and_what_is_below(reached: Level, required: Level, enough: bool) -> None:
    assert reached.reaches(required) is enough


def test_the_summary_names_what_is_missing_and_why() -> None:
    line = summary(ALL - {Layer.MOUNTS}, {"mounts": "Permission denied"})
    assert line == "isolation: strong; not available here: mounts (Permission denied)"


def test_the_summary_of_full_isolation_is_one_word() -> None:
    assert summary(ALL, {}) == "isolation: full"
