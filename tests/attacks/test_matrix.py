"""Each layer is needed: with it off, attacks succeed that fail with it on."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from grader.sandbox.fork_server import ForkServer
from grader.sandbox.layers.levels import Layer

from .arena import TIMEOUT, Arena, names

SUCCEEDING: dict[Collection[str], set[str]] = {
    (): set(),
    ("seccomp",): {"opens_a_socket", "holds_a_process", "becomes_a_leader"},
    ("landlock",): {"lists_the_root"},
    ("mounts",): {"counts_processes", "looks_whether_a_file_exists", "sees_its_parents"},
    ("rlimits",): {"allocates_a_gigabyte", "opens_many_descriptors"},
    ("seccomp", "rlimits"): {
        "opens_a_socket", "holds_a_process", "becomes_a_leader", "forks",
        "allocates_a_gigabyte", "opens_many_descriptors",
    },
    ("landlock", "mounts"): {
        "lists_the_root", "looks_whether_a_file_exists", "sees_its_parents", "reads_passwd",
        "reads_the_commands_of_others", "counts_processes",
    },
}  # fmt: skip
"""Layers that are off -> the attacks in `layers/` that then get what they want."""


@pytest.mark.parametrize("off", SUCCEEDING, ids=lambda off: " and ".join(off) or "nothing")
def test_each_layer_keeps_its_own_attacks_from_succeeding(off: Collection[str]) -> None:
    with ForkServer(TIMEOUT, "weak", set(Layer) - set(off)) as server:
        absent = set(server.isolation.missing) - set(off)
        if absent:
            pytest.skip(f"not available here: {', '.join(absent)}")
        arena = Arena(server)
        succeeded = {
            name.removeprefix("layers/")
            for name in names(["layers"])
            if any(text.startswith("achieved") for text in arena.returned(name))
        }
    assert succeeded == SUCCEEDING[off]


@pytest.mark.parametrize("attack", names(["layers"]))
def test_every_attack_on_a_layer_succeeds_somewhere(attack: str) -> None:
    assert any(attack.removeprefix("layers/") in succeeding for succeeding in SUCCEEDING.values())
