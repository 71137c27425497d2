"""Nothing passes between children of one warm process that live at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import numpy as np
import pytest

from grader.models import serialization
from grader.models.execution import Call, Program, Statement
from grader.sandbox.fork_server import ForkServer, _encode_program, encode_call
from grader.sandbox.zygote_client import Child

from .arena import LEVELS, Arena, names, source

CALL = Call("norm", (np.ones((2, 3)),))
SECONDS = 20.0


@pytest.fixture(params=LEVELS)
def server(request: pytest.FixtureRequest, arena_at: Callable[[str], Arena]) -> ForkServer:
    """The sandbox of each level that counts as isolated."""
    return arena_at(request.param).server


@pytest.fixture
def children(server: ForkServer) -> Iterator[list[Child]]:
    """Three children of one warm process."""
    with ExitStack() as stack:
        yield [stack.enter_context(server._processes.fork()) for _ in range(3)]


def said(child: Child) -> object:
    """What a program answers in a child that has it already."""
    reply = child.request([encode_call(CALL)], SECONDS)[0]
    return serialization.decode(reply[2]) if reply[0] == "returned" else reply[0]


@pytest.mark.parametrize("attack", names(["channels"]))
def test_nothing_passes_between_children_that_live_at_a_time(children: list[Child], attack: str) -> None:
    for child in children:
        child.request([_encode_program(Program((Statement(1, 1, source(attack)),)))], SECONDS)
    answers = [said(child) for child in children]
    assert not [answer for answer in answers if str(answer).startswith("achieved")]
