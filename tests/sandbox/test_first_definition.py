"""What leads to a variable may take long: a program is not defined more often than its calls need."""

from __future__ import annotations

import pytest

from grader.models.execution import Call, Driver, Program, Statement, Status
from grader.models.protocol import MOVED, reads
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.rounds import Round

COUNTED = "import sys\nsys.defined = getattr(sys, 'defined', 0) + 1\nx = [sys.defined]"
CHANGING = "def drive(student):\n    student.x.append(0)\n    return student.x"


def program(*sources: str, driver: str = "") -> Program:
    statements = tuple(Statement(number, 1, source) for number, source in enumerate(sources, 1))
    return Program(statements, drivers={"x": Driver((Statement(1, 1, driver),))} if driver else {})


def values(sandbox: ForkServer, asked: Program, name: str, *, calls: int) -> list[object]:
    made = [Call(name, (), public=number == 0) for number in range(calls)]
    return [run.value for run in sandbox.run(asked, made)]


def test_the_first_call_has_the_namespace_of_the_first_definition(sandbox: ForkServer) -> None:
    asked = program(COUNTED, "def f(): return x[0]")
    assert values(sandbox, asked, "f", calls=1) == [1]


def test_a_program_whose_objects_are_to_be_elsewhere_is_defined_right_before_each_call(
    sandbox: ForkServer,
) -> None:
    asked = program(MOVED, COUNTED, "def f(): return x[0]")
    assert values(sandbox, asked, "f", calls=1) == [2]


def test_each_further_call_has_a_namespace_of_its_own(sandbox: ForkServer) -> None:
    asked = program(COUNTED, "def f():\n    x.append(0)\n    return x")
    assert values(sandbox, asked, "f", calls=3) == [[1, 0], [2, 0], [3, 0]]


def test_what_leads_to_a_variable_runs_once_for_all_that_only_read_it(sandbox: ForkServer) -> None:
    assert values(sandbox, program(COUNTED, driver=reads("x")), "x", calls=3) == [[1]] * 3


def test_a_driver_of_its_own_has_a_variable_as_it_was_defined(sandbox: ForkServer) -> None:
    assert values(sandbox, program(COUNTED, driver=CHANGING), "x", calls=2) == [[1, 0], [2, 0]]


@pytest.mark.parametrize("calls", [1, 2])
def test_what_a_notebook_says_of_numpy_errors_holds_in_all_calls(sandbox: ForkServer, calls: int) -> None:
    asked = program("import numpy as np\nnp.seterr(all='raise')", "def f(): return np.geterr()['divide']")
    assert values(sandbox, asked, "f", calls=calls) == ["raise"] * calls


def test_what_a_call_says_of_numpy_errors_does_not_hold_in_the_next_program(sandbox: ForkServer) -> None:
    before = program("import numpy as np", "def f(): return len(np.seterr(all='raise'))")
    asked = program("import numpy as np", "x = 1 / np.zeros(1)", "def f(): return x")
    first, second = sandbox.run(before, [Call("f", ())], then=[Round(asked, lambda _: [Call("f", ())])])
    assert first.status is Status.RETURNED
    assert second.status is Status.RETURNED
