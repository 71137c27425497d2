"""Whatever a program does is a run, and costs nobody else anything."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import grader
from grader.errors import IsolationError, SandboxError
from grader.models.execution import Call, Program, Run, StandIns, Statement, Status
from grader.sandbox.environment import readable_paths
from grader.sandbox.fork_server import IMPORTING, RESTARTS, ForkServer
from grader.sandbox.zygote_client import Child, Zygote, ZygoteLostError

NUMPY = Statement(1, 1, "import numpy as np")


def program(source: str, *more: str, **modules: str) -> Program:
    """A program whose statements stand in the cells 2, 3, ..."""
    cells = [Statement(number, 1, text) for number, text in enumerate((source, *more), 2)]
    return Program((NUMPY, *cells), modules)


@pytest.fixture
def run(sandbox: ForkServer) -> Callable[..., Run]:
    """A function from a source that defines `f` to what one call of it does."""

    def one(source: str, *args: Any, seed: int = 0) -> Run:
        (result,) = sandbox.run(program(source), [Call("f", args, seed)])
        return result

    return one


# ---------------------------------------------------------------- answers


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(3, id="a number"),
        pytest.param({"W1": np.ones((2, 3)), "b": (None, "text", [True, 1.5])}, id="a nest"),
        pytest.param(np.arange(200_000.0), id="a large array"),
    ],
)
def test_what_goes_in_comes_out(run: Callable[..., Run], value: Any) -> None:
    result = run("def f(x):\n    return x", value)
    assert result.status is Status.RETURNED
    assert repr(result.value) == repr(value)
    assert result.changed == ()


def test_arguments_go_by_position(run: Callable[..., Run]) -> None:
    assert run("def f(other, names):\n    return other - names", 5, 3).value == 2


def test_prints_and_warnings_count_nothing(run: Callable[..., Run]) -> None:
    source = "import sys\ndef f():\n    print('x' * 100_000)\n    sys.stderr.write('e')\n    return np.log(0)"
    assert run(source).value == -np.inf


def test_an_exception_is_told_with_its_place(run: Callable[..., Run]) -> None:
    result = run("def f():\n    return g()\n\ndef g():\n    raise KeyError('W9')")
    assert result.status is Status.RAISED
    assert result.failure is not None
    assert str(result.failure) == "KeyError: 'W9'"
    assert result.failure.places[-1] == (2, 5)


@pytest.mark.parametrize("raised", ["SystemExit(0)", "KeyboardInterrupt", "GeneratorExit", "MemoryError"])
def test_every_exception_is_a_run(run: Callable[..., Run], raised: str) -> None:
    assert run(f"def f():\n    raise {raised}").status is Status.RAISED


def test_an_exception_without_a_text_of_its_own_is_told_all_the_same(run: Callable[..., Run]) -> None:
    source = "class Odd(Exception):\n    def __str__(self):\n        raise self\ndef f():\n    raise Odd"
    result = run(source)
    assert result.failure is not None
    assert (result.failure.exception, result.failure.text) == ("Odd", "")


def test_a_function_that_is_not_there_is_missing(run: Callable[..., Run]) -> None:
    assert run("g = 1").status is Status.MISSING


def test_a_call_of_a_function_whose_statement_fails_raises_the_reason(run: Callable[..., Run]) -> None:
    result = run("def f(x=nowhere):\n    return 1")
    assert result.status is Status.RAISED
    assert result.failure is not None
    assert result.failure.text == "name 'nowhere' is not defined"


def test_changed_arguments_are_named_by_their_positions(run: Callable[..., Run]) -> None:
    result = run(
        "def f(a, b, c):\n    a[0] = 9\n    c['new'] = 1\n    return 0", np.zeros(2), np.zeros(2), {}
    )
    assert result.changed == (0, 2)


def test_an_object_that_cannot_cross_is_an_answer_of_another_type(run: Callable[..., Run]) -> None:
    result = run("def f():\n    return lambda: 0")
    assert result.status is Status.RETURNED
    assert not callable(result.value)


# ---------------------------------------------------------------- independence


def test_no_call_sees_what_another_left_behind(sandbox: ForkServer) -> None:
    source = program(
        "seen = []",
        "def f(x):\n    globals()['late'] = 1\n    seen.append(x)\n    x[0] = 9\n    return len(seen)",
        "def g():\n    return 'late' in globals()",
    )  # fmt: skip
    argument = np.zeros(1)
    runs = sandbox.run(source, [Call("f", (argument,)), Call("f", (argument,)), Call("g", ())])
    assert [run.value for run in runs] == [1, 1, False]
    assert argument[0] == 0


def test_no_child_holds_a_hidden_call_beside_a_public_one(sandbox: ForkServer) -> None:
    source = program(
        "import sys",
        "def f(x):\n"
        "    frame = sys._getframe()\n"
        "    while 'channel' not in frame.f_locals:\n"
        "        frame = frame.f_back\n"
        "    return bytes(frame.f_locals['channel'].received)",
    )  # fmt: skip
    hidden = Call("f", ("a secret",), public=False)
    runs = sandbox.run(source, [Call("f", (1,)), Call("f", ("known",)), hidden, hidden, Call("f", (1,))])
    assert [(b"known" in run.value, b"a secret" in run.value) for run in runs] == [
        (True, False), (False, False), (False, True), (False, False), (False, False),
    ]  # fmt: skip


def test_public_calls_of_functions_go_together_and_hidden_ones_do_not(sandbox: ForkServer) -> None:
    looks = "(x):\n    return bytes(sys._getframe(2).f_locals['channel'].received)"
    source = program("import sys", f"def f{looks}", f"def g{looks}")
    hidden = [Call(function, (f"for {function}",), public=False) for function in "fg"]
    runs = sandbox.run(source, [Call("f", (1,)), Call("g", ("for all",)), *hidden])
    assert [(b"for all" in run.value, b"for g" in run.value) for run in runs[::2]] == [
        (True, False), (False, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "status"),
    [("os._exit(3)", Status.CRASHED), ("time.sleep(60)", Status.TIMED_OUT)],
    ids=["ends", "does not end"],
)
def test_calls_that_go_together_are_told_apart_when_one_is_lost(
    sandbox: ForkServer, ending: str, status: Status
) -> None:
    source = program(
        "import os, time", f"def f(x):\n    return x if x < 2 else {ending}", "def g():\n    return 7"
    )
    runs = sandbox.run(source, [*(Call("f", (i,)) for i in range(4)), Call("g", ())])
    assert [(run.status, run.value) for run in runs] == [
        (Status.RETURNED, 0), (Status.RETURNED, 1), (status, None), (status, None), (Status.RETURNED, 7),
    ]  # fmt: skip


def test_more_calls_than_a_pipe_holds_are_all_answered(sandbox: ForkServer) -> None:
    large = np.arange(4000.0)
    runs = sandbox.run(program("def f(x, i):\n    return x + i"), [Call("f", (large, i)) for i in range(9)])
    assert [run.value[0] for run in runs] == list(range(9))


def test_a_seed_fixes_what_a_call_draws(run: Callable[..., Run]) -> None:
    source = "import random\ndef f():\n    return random.random(), np.random.rand()"
    assert run(source, seed=1).value == run(source, seed=1).value
    assert run(source, seed=1).value != run(source, seed=2).value


def test_a_changed_numpy_setting_lasts_one_call(sandbox: ForkServer) -> None:
    source = program("def f():\n    np.seterr(all='raise')", "def g():\n    return np.log(0)")
    runs = sandbox.run(source, [Call("f", ()), Call("g", ())])
    assert runs[1].value == -np.inf


def test_programs_do_not_see_each_other(sandbox: ForkServer) -> None:
    sandbox.run(program("np.left = 1", "def f():\n    np.behind = 1"), [Call("f", ())])
    (run,) = sandbox.run(program("def f():\n    return hasattr(np, 'behind')"), [Call("f", ())])
    assert run.value is False


def test_provided_modules_come_before_all_others(sandbox: ForkServer) -> None:
    source = program("from colorsys import x", "def f():\n    return x", colorsys="x = 'provided'")
    assert sandbox.run(source, [Call("f", ())])[0].value == "provided"


def test_modules_of_one_text_are_modules_of_their_own(sandbox: ForkServer) -> None:
    text = {"v1": "seen = []", "v2": "seen = []", "v3": "seen = [0]"}
    source = program(
        "import v1, v2, v3", "def f():\n    v1.seen.append(1); return v1.seen, v2.seen, v3.seen", **text
    )
    assert sandbox.run(source, [Call("f", ())])[0].value == ([1], [], [0])


def test_stand_ins_take_the_place_of_a_programs_own(sandbox: ForkServer) -> None:
    lent = StandIns(
        (Statement(1, 1, "HIDDEN = 5"), Statement(2, 1, "def g():\n    return HIDDEN")), {"g": "g"}
    )
    own = program("HIDDEN = 1", "def g():\n    return 0", "def f():\n    return g(), HIDDEN")
    (run,) = sandbox.run(Program(own.statements, {}, lent), [Call("f", ())])
    assert run.value == (5, 1)


# ---------------------------------------------------------------- lost children

HOSTILE = program(
    "import os, signal",
    "def loops():\n    while True:\n        pass",
    "def leaves(code):\n    os._exit(code)",
    "def dies():\n    os.kill(os.getpid(), signal.SIGKILL)",
    "def garbles():\n    os.write(4, b'\\xff' * 8)",
    "def hangs_up():\n    os.close(4)\n    os.close(3)",
    "def works(x):\n    return x",
)


@pytest.mark.parametrize(
    ("call", "status"),
    [
        pytest.param(Call("loops", ()), Status.TIMED_OUT, id="loops"),
        pytest.param(Call("leaves", (0,)), Status.CRASHED, id="leaves and claims success"),
        pytest.param(Call("leaves", (3,)), Status.CRASHED, id="leaves"),
        pytest.param(Call("dies", ()), Status.CRASHED, id="dies"),
        pytest.param(Call("garbles", ()), Status.CRASHED, id="garbles"),
        pytest.param(Call("hangs_up", ()), Status.CRASHED, id="hangs up"),
    ],
)
def test_a_lost_child_costs_its_function_the_rest_and_others_nothing(
    sandbox: ForkServer, call: Call, status: Status
) -> None:
    start = time.monotonic()
    runs = sandbox.run(HOSTILE, [Call("works", (1,)), call, call, call, Call("works", (2,)), call])
    assert [run.status for run in runs] == [
        Status.RETURNED, status, status, status, Status.RETURNED, status,
    ]  # fmt: skip
    assert [runs[0].value, runs[4].value] == [1, 2]
    assert time.monotonic() - start < 2.5 * sandbox.timeout, "only one call was waited for"


def test_a_program_that_never_gets_defined_costs_all_its_calls_once(sandbox: ForkServer) -> None:
    start = time.monotonic()
    endless = program("def f():\n    return 1", "class Endless:\n    while True:\n        pass")
    runs = sandbox.run(endless, [Call("f", ())] * 5)
    assert {run.status for run in runs} == {Status.TIMED_OUT}
    assert time.monotonic() - start < (IMPORTING + 2) * sandbox.timeout


@pytest.mark.parametrize(
    "source", ["import slow\n\ndef f():\n    return 1", "def f():\n    import slow\n    return 1"]
)
def test_what_a_program_imports_may_take_longer_than_a_call(source: str) -> None:
    importing = program(source)
    slow = dataclasses.replace(importing, modules={"slow": "import time\ntime.sleep(1)"})
    with ForkServer(0.6, required="weak") as hasty:
        assert [run.value for run in hasty.run(slow, [Call("f", ())])] == [1]


FORGED = """
import os, sys
def f(x):
    wire = sys.modules['grader.models.serialization']
    data = wire.encode({reply})
    os.write(4, len(data).to_bytes(8, 'little') + data)
    os.read(3, 1)
"""


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        pytest.param(
            "('returned', 0.0, wire.encode(1), [0, 7, -1, True, 'x'])", Status.RETURNED, id="positions"
        ),
        pytest.param("('returned', 0.0, b'?', [])", Status.RETURNED, id="an answer that is no value"),
        pytest.param("('returned', 0.0, 1, 2)", Status.CRASHED, id="no bytes"),
        pytest.param("('raised', 0.0, ('E', 5, 'x', []))", Status.RAISED, id="a failure of wrong types"),
        pytest.param("['anything']", Status.CRASHED, id="no reply at all"),
        pytest.param("('passed', 10)", Status.CRASHED, id="a verdict"),
    ],
)
def test_a_forged_reply_is_no_more_than_a_claim(run: Callable[..., Run], reply: str, status: Status) -> None:
    result = run(FORGED.format(reply=reply), np.zeros(1))
    assert result.status is status
    assert result.changed in {(), (0,)}


# ---------------------------------------------------------------- a lost zygote


@pytest.fixture
def own() -> Iterator[ForkServer]:
    with ForkServer(1.0, required="weak") as server:
        yield server


class Lost(Zygote):
    """A warm process that is gone the first `times` that a child is wanted."""

    times = 0

    def fork(self) -> Child:
        if Lost.times > 0:
            Lost.times -= 1
            raise ZygoteLostError("the warm process is gone")
        return super().fork()


def test_a_warm_process_that_is_lost_is_replaced() -> None:
    works = program("def f():\n    return 1")
    with ForkServer(1.0, required="weak", processes=Lost) as server:
        Lost.times = 1
        assert [run.value for run in server.run(works, [Call("f", ())] * 2)] == [1, 1]


def test_a_warm_process_that_is_lost_again_and_again_is_our_fault() -> None:
    with ForkServer(1.0, required="weak", processes=Lost) as server:
        Lost.times = RESTARTS + 1
        with pytest.raises(SandboxError, match="broke down"):
            server.run(program("def f():\n    return 1"), [Call("f", ())])


def test_nothing_is_left_over(own: ForkServer) -> None:
    own.run(HOSTILE, [Call("works", (1,))])
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    own.run(HOSTILE, [Call("works", (1,)), Call("dies", ()), Call("leaves", (0,)), Call("works", (1,))] * 3)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


# ---------------------------------------------------------------- environment


def test_less_isolation_than_required_is_refused() -> None:
    with pytest.raises(
        IsolationError, match=r"(?s)level weak; strong is needed.*grader doctor.*--isolation weak"
    ):
        ForkServer(required="strong", layers=())


def test_no_folder_of_the_grader_may_be_read() -> None:
    package = Path(grader.__file__).parent
    assert not any(package.is_relative_to(path) for path in readable_paths())
    assert any(path.endswith("/numpy") for path in readable_paths())


def test_a_child_knows_nothing_of_who_runs_it(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "x")
    result = run("import os, sys\ndef f():\n    return sorted(os.environ), sys.argv[1:2] == [], os.getcwd()")
    assert result.status is Status.RETURNED
    assert "SECRET" not in result.value[0]
    assert "HOME" not in result.value[0]
