"""Tests of what a child does with statements that are not plain definitions, and which error it tells."""

from __future__ import annotations

import pytest

from grader.models.execution import Call, Program, Run, StandIns, Statement, Status
from grader.notebooks.statements import OF_NOTEBOOKS
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.worker import NOTEBOOK


@pytest.fixture
def run(sandbox: ForkServer):
    """A function from the sources of statements, each a cell, to what calls of `f()` do."""

    def of(*sources: str, calls: int = 1, stand_ins: StandIns | None = None) -> list[Run]:
        statements = tuple(Statement(number, 1, source) for number, source in enumerate(sources, 1))
        return sandbox.run(Program(statements, {}, stand_ins), [Call("f", ()) for _ in range(calls)])

    return of


def test_every_name_of_a_notebook_stands_for_something() -> None:
    assert set(NOTEBOOK) <= OF_NOTEBOOKS
    assert OF_NOTEBOOKS - set(NOTEBOOK) == {"In", "Out", "_", "__", "___"}


def test_what_only_a_notebook_has_does_nothing(run) -> None:
    body = (
        "display(1, x=2); get_ipython().run_line_magic('a', 'b'); get_ipython().system('ls'); exit(); quit(0)"
    )
    (did,) = run(f"def f():\n    {body}\n    return _, __, ___, In, Out, list(get_ipython().getoutput('ls'))")
    assert (did.status, did.value) == (Status.RETURNED, ("", "", "", [], {}, []))


def test_a_failed_statement_is_what_is_told_of_the_name_it_should_have_set(run) -> None:
    (did,) = run("x = 1", "a = int('b')", "c = a + 1", "def f(): return c")
    assert did.failure is not None
    assert str(did.failure).startswith("ValueError: invalid literal")
    assert did.failure.places[-1] == (2, 1)


def test_a_failed_definition_is_told_of_its_function(run) -> None:
    (did,) = run("g = 1 / 0", "@nothing\ndef f(): return 1")
    assert did.status is Status.RAISED
    assert str(did.failure) == "NameError: name 'nothing' is not defined"


def test_a_failed_statement_costs_nobody_who_does_not_need_it(run) -> None:
    (did,) = run("a = 1 / 0", "def f(): return 3")
    assert did.value == 3


def test_what_is_awaited_at_top_level_is_run(run) -> None:
    (did,) = run("async def one(): return 1", "x = await one()", "def f(): return x")
    assert did.value == 1


def test_annotations_are_left_alone_from_the_import_of_that_on(run) -> None:
    (did,) = run("from __future__ import annotations", "def f(x: Nothing = 2) -> Nowhere: return x")
    assert did.value == 2


def test_a_written_module_is_imported_anew_for_each_call(run) -> None:
    first, second = run(
        "%%writefile mine\ncount = [0]\ndef up():\n    count[0] += 1\n    return count[0]",
        "from mine import up",
        "def f(): return up()",
        calls=2,
    )
    assert (first.value, second.value) == (1, 1)


def test_a_written_module_is_appended_to_and_may_import_another(run) -> None:
    (did,) = run(
        "%%writefile one\nK = 1",
        "%%writefile -a one\nK += 1",
        "%%writefile tools.two\nfrom one import K",
        "import tools.two",
        "def f(): return tools.two.K",
    )
    assert did.value == 2


def test_the_line_of_a_fault_in_a_written_module_is_that_of_its_cell(run) -> None:
    (did,) = run("%%writefile mine\n\ndef g():\n    return 1 / 0", "import mine", "def f(): return mine.g()")
    assert did.failure is not None
    assert did.failure.places[-1] == (1, 4)


def test_draws_that_make_a_constant_are_the_same_in_every_child(run) -> None:
    program = ("import numpy as np, random", "x = np.random.rand(), random.random()", "def f(): return x")
    assert run(*program)[0].value == run(*program)[0].value


def test_a_lent_function_is_there_for_what_is_made_of_it(run) -> None:
    lent = StandIns((Statement(1, 1, "def g(): return 5"),), {"g": "g"})
    (did,) = run("h = g", "def f(): return h()", stand_ins=lent)
    assert did.value == 5


def test_a_written_module_takes_the_place_of_no_module_that_python_has(run) -> None:
    (did,) = run("%%writefile copy\ndef copy(x): return 0", "import copy", "def f(): return copy.copy(1)")
    assert did.value == 1


def test_a_local_without_a_value_is_told_as_that(run) -> None:
    (did,) = run("x = 1 / 0", "def f():\n    if False:\n        x = 1\n    return x")
    assert did.failure is not None
    assert did.failure.exception == "UnboundLocalError"


def test_draws_that_make_a_constant_are_the_same_for_each_call_of_a_child(run) -> None:
    program = ("import numpy as np", "x = np.random.rand()", "def f(): return x, np.random.rand()")
    first, second = run(*program, calls=2)
    assert first.value == second.value
