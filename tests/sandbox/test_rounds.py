"""Rounds of calls in one process, of one program or of several."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from grader.models.budget import Budget
from grader.models.execution import Call, Program, Run, Statement, Status
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.metering import Account
from grader.sandbox.rounds import Round


def test_further_calls_follow_from_the_answers_in_the_same_process(sandbox: ForkServer) -> None:
    program = Program((Statement(1, 1, "import os\ndef f(x):\n    return os.getpid(), x"),))
    asked = []

    def further(runs: Sequence[Run]) -> list[Call]:
        asked.append([run.value[1] for run in runs])
        return [Call("f", (run.value[1] + 10,), public=False) for run in runs]

    runs = sandbox.run(program, [Call("f", (x,)) for x in (1, 2)], then=[Round(program, further)])
    assert [run.value[1] for run in runs] == [1, 2, 11, 12]
    assert len({run.value[0] for run in runs}) == 1
    assert asked == [[1, 2]]


MODULE = {"given": "SEEN = []"}
AHEAD = Program(
    (Statement(1, 1, "import given, os\ndef f(x):\n    given.SEEN += [x]\n    return os.getpid(), x"),),
    MODULE,
)
WHOLE = Program(
    (*AHEAD.statements, Statement(2, 1, "def g(x):\n    return os.getpid(), [*given.SEEN], x")), MODULE
)


def whole(*calls: Call) -> Round:
    return Round(WHOLE, lambda _: calls)


def test_another_program_follows_in_the_same_process_of_which_nothing_was_there(sandbox: ForkServer) -> None:
    calls = [Call("f", (1,)), Call("g", (2,)), Call("f", (3,), public=False)]
    runs = sandbox.run(AHEAD, calls, then=[whole(Call("g", (4,))), whole(Call("f", (5,)))])
    assert [run.status for run in runs] == [Status.RETURNED, Status.MISSING, *[Status.RETURNED] * 3]
    assert len({run.value[0] for run in runs if run.value}) == 1
    assert runs[3].value[1:] == ([], 4), "the modules are new as well"
    assert [run.value[1] for run in (runs[0], runs[2], runs[4])] == [1, 3, 5]


FORGED = "sys.modules['given'] = types.SimpleNamespace(SEEN=['forged'])"
NOT_RUN = (
    "sys.modules['given'] = made = util.module_from_spec(util.find_spec('given')); made.SEEN = ['forged']"
)
CHANGED = "given.SEEN.append('forged')"


@pytest.mark.parametrize(
    ("imports", "forging"),
    [
        pytest.param("import given", FORGED, id="of one that was imported"),
        pytest.param("import os", FORGED, id="of one that was not"),
        pytest.param("from importlib import util", NOT_RUN, id="made and never run"),
        pytest.param("import given", f"{CHANGED}; sys.meta_path[0].states.clear()", id="nobody knows of it"),
        pytest.param("import given", f"{CHANGED}; given.__name__ = 'other'", id="it has another name"),
    ],
)
def test_what_stands_in_place_of_a_module_is_gone_for_the_next_program(
    sandbox: ForkServer, imports: str, forging: str
) -> None:
    source = f"import sys, types\n{imports}\ndef f(x):\n    {forging}\n    return x"
    ahead = Program((Statement(1, 1, source),), MODULE)
    runs = sandbox.run(ahead, [Call("f", (1,))], then=[whole(Call("g", (2,)))])
    assert [run.status for run in runs] == [Status.RETURNED, Status.RETURNED]
    assert runs[1].value[1:] == ([], 2)


@pytest.mark.parametrize(
    ("broken", "first"),
    [
        ("def f(x):\n    os._exit(1)", Status.CRASHED),
        ("os._exit(1)", Status.CRASHED),
        ("f = 1 / 0", Status.RAISED),
    ],
    ids=["a call", "the definition", "a statement"],
)
def test_a_program_that_is_lost_costs_the_next_one_nothing(
    sandbox: ForkServer, broken: str, first: Status
) -> None:
    program = Program((Statement(1, 1, "import os"), Statement(2, 1, broken)))
    runs = sandbox.run(program, [Call("f", (1,)), Call("f", (2,))], then=[whole(Call("g", (3,)))])
    assert [run.status for run in runs] == [first, first, Status.RETURNED]


def test_a_program_that_is_lost_keeps_the_runs_before_it(sandbox: ForkServer) -> None:
    ends = Program((*AHEAD.statements, Statement(2, 1, "os._exit(1)")), MODULE)
    then = [Round(ends, lambda _: [Call("f", (2,))]), Round(ends, lambda _: [Call("f", (3,))])]
    runs = sandbox.run(AHEAD, [Call("f", (1,))], then=then)
    assert [run.status for run in runs] == [Status.RETURNED, Status.CRASHED, Status.CRASHED]


@pytest.mark.parametrize("left", [[], [Call("f", (2,))]], ids=["nothing", "a call"])
def test_further_calls_are_asked_for_once_where_the_child_was_lost(
    sandbox: ForkServer, left: list[Call]
) -> None:
    program = Program((Statement(1, 1, "import os\ndef f(x):\n    return x if x > 1 else os._exit(1)"),))
    runs = sandbox.run(program, [Call("g", ()), Call("f", (1,))], then=[Round(program, lambda _: left)])
    assert [run.status for run in runs] == [Status.MISSING, Status.CRASHED, *[Status.CRASHED] * len(left)]


def test_further_calls_that_there_is_no_time_for_are_not_made(sandbox: ForkServer) -> None:
    program = Program((Statement(1, 1, "def f(x):\n    return x"),))
    account = Account(Budget(seconds=1))
    account.charge(["f"], 1)
    then = [Round(program, lambda runs: [Call("f", (2,)) for _ in runs])]
    runs = sandbox.run(program, [Call("f", (1,))], account, then)
    assert [run.status for run in runs] == [Status.NOT_RUN] * 2
