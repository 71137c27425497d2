"""What a call changes in a provided module is there for no other call, at no cost for a module as usual."""

from __future__ import annotations

import timeit
from collections.abc import Callable
from typing import Any

import pytest

from grader.models.execution import Call, Program, StandIns, Statement
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.module_state import ModuleState

MODULE = """
import functools
import itertools
import math
import random
import re
from collections import deque

import numpy as np

RATE, NAME, SIZES, PATTERN = 0.1, "adam", (1, 2), re.compile("x")
LOG, TABLE, SEEN, QUEUE, BUFFER = [], {"a": [1]}, {1}, deque([1]), bytearray(b"ab")
NESTED = ([1, 2], {"deep": {"deeper": [3]}})
X, NAMES = np.arange(6.0).reshape(2, 3), np.array(["a", [1]], dtype=object)
VIEW = X[:, 1]
rng, old, python = np.random.default_rng(0), np.random.RandomState(0), random.Random(0)
numbers = itertools.count()


class Config:
    step = 1
    history = []

    def grow(self):
        self.size = 1


config = Config()


def append(x, to=[]):
    to.append(x)
    return to


def counter():
    count = 0

    def one():
        nonlocal count
        count += 1
        return count

    return one


count = counter()


@functools.cache
def table(n):
    return [n]


def set_rate(x):
    global RATE
    RATE = x


def relu(Z):
    return np.maximum(0, Z), Z
"""
USUAL = """
import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z, slope=0.0, *, names=("a", 1)):
    return np.maximum(slope * Z, Z), Z


def relu_backward(dA, cache):
    return dA * (cache > 0)


EPSILON, LABELS = 1e-8, ("cat", "dog")
"""


WITHOUT_ITERATOR = MODULE.replace("numbers = itertools.count()", "")


def imported(source: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": "provided"}
    exec(source, namespace)
    return namespace


@pytest.mark.parametrize(
    "change",
    [
        "LOG.append(1)",
        "TABLE['a'].append(2)",
        "TABLE['b'] = 1",
        "SEEN.add(2)",
        "QUEUE.append(1)",
        "BUFFER[0] = 0",
        "NESTED[0].pop()",
        "NESTED[1]['deep']['deeper'][0] = 4",
        "X[0, 0] = 7",
        "VIEW[0] = 7",
        "X.resize((3, 2), refcheck=False)",
        "NAMES[1].append(2)",
        "rng.random()",
        "old.rand()",
        "python.random()",
        "next(numbers)",
        "Config.step = 2",
        "Config.history.append(1)",
        "config.grow()",
        "append(1)",
        "count()",
        "table(3)",
        "set_rate(0.5)",
        "RATE = 0.3",
        "extra = 1",
        "del relu",
        "relu = None",
        "Config.grow = None",
    ],
)
def test_a_change_is_noticed(change: str) -> None:
    namespace = imported(MODULE if "numbers" in change else WITHOUT_ITERATOR)
    state = ModuleState(namespace)
    assert "numbers" in change or not state.changed()
    exec(change, namespace)
    assert state.changed()


@pytest.mark.parametrize(
    "use",
    [
        "relu(X)",
        "NESTED[0][0] + len(TABLE)",
        "X.sum()",
        "import json",
        "__warningregistry__ = {}",
        "config.step",
        "sorted(SEEN)",
    ],
)
def test_what_changes_nothing_is_not_taken_for_a_change(use: str) -> None:
    namespace = imported(WITHOUT_ITERATOR)
    state = ModuleState(namespace)
    exec(use, namespace)
    assert not state.changed()
    assert not state.changed()


def test_an_object_that_cannot_be_looked_at_counts_as_changed() -> None:
    hostile = "class H:\n    @property\n    def __dict__(self):\n        raise RuntimeError\n\nh = H()\n"
    assert ModuleState(imported(hostile)).changed()
    deep = "a = []\nfor _ in range(100_000):\n    a = [a]\n"
    assert ModuleState(imported(deep)).changed()
    assert not ModuleState(imported("a = []\na.append(a)")).changed()


def test_it_costs_microseconds_for_a_module_as_usual() -> None:
    state = ModuleState(imported(USUAL))
    assert state.changeable == {}
    assert min(timeit.repeat(state.changed, number=1000, repeat=5)) < 0.02, "20 µs, in seconds for 1000"


# ---------------------------------------------------------------- in a worker process

PROVIDED = """
import time

LOADED = time.perf_counter_ns()
LOG = []


def note(x):
    LOG.append(x)
    return len(LOG)
"""
Asked = Callable[..., list[Any]]


@pytest.fixture
def answers(sandbox: ForkServer) -> Asked:
    def of(source: str, *calls: str, modules: dict[str, str] | None = None, lent: str = "") -> list[Any]:
        stand_ins = StandIns((Statement(1, 1, lent),), {"lent": "lent"}) if lent else None
        program = Program((Statement(1, 1, source),), modules or {"tools": PROVIDED}, stand_ins)
        return [run.value for run in sandbox.run(program, [Call(name, ()) for name in calls])]

    return of


BOTH = "import tools\ndef a():\n    return tools.note(1)\ndef b():\n    return len(tools.LOG), tools.note(2)"


def test_a_call_does_not_see_what_another_left_in_a_module(answers: Asked) -> None:
    assert answers(BOTH, "a", "b", "a", "b", "b") == [1, (0, 1), 1, (0, 1), (0, 1)]
    star = BOTH.replace("import tools", "from tools import *").replace("tools.", "")
    assert answers(star, "a", "b", "b") == [1, (0, 1), (0, 1)]


def test_a_change_reaches_the_modules_that_import_the_changed_one(answers: Asked) -> None:
    modules = {
        "kit": "",
        "kit.tools": PROVIDED,
        "kit.more": "from .tools import LOG, note\n\ndef both(x):\n    note(x)\n    return len(LOG)",
    }
    source = "from kit.more import both\nimport kit.tools\ndef a():\n    return both(1), len(kit.tools.LOG)"
    assert answers(source, "a", "a", "a", modules=modules) == [(1, 1)] * 3


def test_what_the_notebook_sets_when_it_is_defined_is_set_for_every_call(answers: Asked) -> None:
    source = "import tools\ntools.LOG.append(0)\ndef a():\n    return tools.note(1)"
    assert answers(source, "a", "a", "a") == [2, 2, 2]


def test_a_module_that_no_call_changes_is_imported_once(answers: Asked) -> None:
    source = "import tools\ndef when():\n    return tools.LOADED"
    assert len({*answers(source, "when", "when", "when")}) == 1
    changing = "import tools\ndef when():\n    tools.note(1)\n    return tools.LOADED"
    assert len({*answers(changing, "when", "when", "when")}) == 3


def test_what_is_lent_uses_the_same_module_as_the_program(answers: Asked) -> None:
    lent = "import tools\ndef lent():\n    return tools.note(1)"
    source = "import tools\ndef a():\n    return lent(), len(tools.LOG), lent()"
    assert answers(source, "a", "a", "a", lent=lent) == [(1, 1, 2)] * 3
