"""What an assignment imports is imported once, in the warm process, and no student chooses it."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from grader.models.execution import Call, Program, Statement, Status
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.import_names import imported, installed, needed
from grader.sandbox.zygote import without_fork_hooks
from grader.sandbox.zygote_client import Zygote

linux = pytest.mark.skipif(sys.platform != "linux", reason="there is no warm process elsewhere")

LOADED = (
    "import sys\ndef loaded(name):\n    return name in sys.modules, getattr(sys.modules.get(name), 'PID', 0)"
)


def program(
    *sources: str, modules: Mapping[str, str] | None = None, imports: tuple[str, ...] = ()
) -> Program:
    statements = tuple(Statement(cell, 1, source) for cell, source in enumerate(sources, 1))
    return Program(statements, modules or {}, imports=frozenset(imports))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("import a, b.c as d", {"a", "b.c"}, id="modules"),
        pytest.param("from a.b import c, d", {"a.b", "a.b.c", "a.b.d"}, id="from a module"),
        pytest.param("from a import *", {"a"}, id="star"),
        pytest.param(
            "try:\n    import a\nexcept ImportError:\n    import b\nelse:\n    import c",
            {"a", "c"},
            id="tried",
        ),
        pytest.param("if True:\n    import a\nelse:\n    import b", {"a", "b"}, id="on a condition"),
        pytest.param("def f():\n    import a", set(), id="in a function"),
        pytest.param("from . import a", set(), id="relative"),
        pytest.param("import", set(), id="no Python"),
        pytest.param("x = '\0'", set(), id="a zero byte"),
    ],
)
def test_imports_at_top_level_are_found(source: str, names: set[str]) -> None:
    assert imported(source) == names


def test_provided_modules_are_not_installed_ones() -> None:
    assert installed(["import numpy, utils.inner", "import json"], ["utils"]) == {"numpy", "json"}


def test_a_program_needs_what_its_modules_import_in_turn() -> None:
    modules = {"a": "import b, json", "b": "import h5py\nimport a", "other": "import csv"}
    imports = ("json", "h5py", "csv", "numpy")
    assert needed(program("from a import *", modules=modules, imports=imports)) == {"json", "h5py"}
    assert needed(program("x = 'import numpy'", modules=modules, imports=imports)) == set()


def test_a_student_chooses_nothing_of_what_is_imported_ahead() -> None:
    assert needed(program("import antigravity, json", imports=("json",))) == {"json"}


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages, each of which notes the process that imported it."""
    folder = tmp_path / "site-packages"
    for name, text in {
        "heavy": "",
        "noisy": "import sys; print('loud'); print('loud', file=sys.stderr); import os; os.write(1, b'loud')",
        "threaded": "import threading as t\nt.Thread(target=t.Event().wait, daemon=True).start()",
        "settling": "import threading as t\nt.Timer(0.05, print).start()",
        "broken": "raise ValueError",
        "minding": "FORKS = []\nos.register_at_fork(after_in_child=lambda: FORKS.append(os.getpid() != PID))",
        "deadly": "import os, sys\nif os.getpid() == 1 or 'zygote' in sys.argv[0]:\n    os._exit(3)",
    }.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(f"import os\nPID = os.getpid()\n{text}")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    return folder


@pytest.fixture
def server(packages: Path) -> Iterator[ForkServer]:
    with ForkServer(required="weak") as started:
        yield started


def asked(server: ForkServer, name: str, *, by_assignment: bool = True) -> tuple[bool, int]:
    """Whether a program that imports a module finds it loaded, and which process did that."""
    source = program(f"import {name}", LOADED, imports=(name,) if by_assignment else ())
    [run] = server.run(source, [Call("loaded", (name,))])
    assert run.status is Status.RETURNED, run.failure
    assert isinstance(run.value, tuple)
    return run.value


@linux
def test_a_module_of_the_assignment_is_imported_once(server: ForkServer) -> None:
    first, second = asked(server, "heavy"), asked(server, "heavy")
    assert first == second
    assert first[0]


@linux
def test_a_module_of_a_student_is_imported_in_each_process(server: ForkServer) -> None:
    assert asked(server, "heavy", by_assignment=False) != asked(server, "heavy", by_assignment=False)


@linux
def test_a_twin_has_what_was_imported(server: ForkServer) -> None:
    first = asked(server, "heavy")
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()

    def work() -> None:
        twin = server.elsewhere()
        answers.put(asked(twin, "heavy"))
        twin.close()

    process = context.Process(target=work)
    process.start()
    process.join()
    assert answers.get() == first


@linux
def test_what_a_package_prints_is_not_shown(server: ForkServer, capfd: pytest.CaptureFixture[str]) -> None:
    asked(server, "noisy")
    assert capfd.readouterr() == ("", "")


@linux
def test_a_package_still_minds_that_it_was_forked(server: ForkServer) -> None:
    source = program("import minding", "def f():\n    return minding.FORKS", imports=("minding",))
    assert server.run(source, [Call("f", ())])[0].value == [True]


@linux
def test_a_worker_process_is_one_thread_whose_locks_are_open(sandbox: ForkServer) -> None:
    looks = """
        def f():
            here = threading.current_thread()
            with threading.RLock(), threading.Condition():
                threading.local().x = random.random()
            known = here is threading.main_thread(), here.ident == threading.get_ident()
            return *known, threading.active_count()
        """
    source = program("import random, threading", textwrap.dedent(looks).strip())
    assert sandbox.run(source, [Call("f", ())])[0].value == (True, True, 1)


PREPARED = """
import io, json, os, sys
from types import SimpleNamespace
from grader.sandbox import zygote

os.register_at_fork = lambda **hooks: print(hooks)
zygote.confine = lambda _: SimpleNamespace(folder="", scratch="", tested=list, missing={})
zygote.Server = lambda *_: sorted({"random", "threading"} & sys.modules.keys())
sys.stdin = io.StringIO(json.dumps({"path": sys.path, "mapped": {}}))
print(zygote.prepared(None))
"""
"""Prepares a warm process up to its layers, and prints hooks that are left and what was imported."""


@linux
def test_the_warm_process_has_no_hooks_of_what_it_imports_for_all() -> None:
    done = subprocess.run([sys.executable, "-c", PREPARED], capture_output=True, text=True, check=True)
    assert done.stdout == "['random', 'threading']\n"


def test_only_what_every_worker_process_needs_is_imported_without_its_hooks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registered: list[object] = []
    monkeypatch.setattr(os, "register_at_fork", lambda **hooks: registered.append(hooks))
    with without_fork_hooks():
        os.register_at_fork(after_in_child=print)
    os.register_at_fork(before=print)
    assert registered == [{"before": print}]


@linux
def test_threads_that_end_soon_are_waited_for(server: ForkServer) -> None:
    before = server._processes
    assert asked(server, "settling") == asked(server, "settling")
    assert server._processes is before


@linux
@pytest.mark.parametrize("name", ["threaded", "deadly"])
def test_what_leaves_threads_or_kills_is_left_to_each_process(server: ForkServer, name: str) -> None:
    before = server._processes
    source = program(
        f"def f():\n    return 1\ntry:\n    import {name}\nexcept BaseException:\n    pass", imports=(name,)
    )
    again = program(f"import {name}", "def f():\n    return 1", imports=(name,))
    assert [run.value for run in server.run(again, [Call("f", ())])] in ([1], [None])
    assert server._processes is not before
    settled = server._processes
    server.run(again, [Call("f", ())])
    server.run(source, [Call("f", ())])
    assert server._processes is settled
    assert asked(server, "heavy")[0]


@linux
def test_a_module_that_cannot_be_imported_costs_only_who_imports_it(server: ForkServer) -> None:
    runs = server.run(
        program("import broken", "def f():\n    return 1", imports=("broken", "missing")), [Call("f", ())]
    )
    assert runs[0].value == 1


@linux
def test_a_module_in_a_course_is_not_imported_by_the_warm_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "course" / "solutions"
    folder.mkdir(parents=True)
    (tmp_path / "course" / "testcases").mkdir()
    (folder / "its_answers.py").write_text("SECRET = 42")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    reader = "import sys\ndef f():\n    return 'its_answers' in sys.modules"
    with ForkServer(required="weak", layers=()) as server:
        source = program(
            "if False:\n    import its_answers", "import json", reader, imports=("its_answers", "json")
        )
        assert isinstance(server._processes, Zygote)
        assert server._processes.import_modules(frozenset({"its_answers"}))
        assert server.run(source, [Call("f", ())])[0].value is False


@linux
@pytest.mark.parametrize(
    "layers", [("seccomp", "landlock", "mounts", "rlimits"), ("seccomp", "landlock", "rlimits"), ()]
)
def test_matplotlib_draws_in_a_child_after_it_was_imported_in_the_warm_process(
    layers: tuple[str, ...],
) -> None:
    pytest.importorskip("matplotlib")
    draw = textwrap.dedent("""\
        def draw():
            utils.plt.plot([1, 2], [3, 4])
            utils.plt.gcf().canvas.draw()
            return utils.plt.get_backend().lower()
        """)
    source = program(
        "import utils",
        draw,
        modules={"utils": "import matplotlib.pyplot as plt"},
        imports=("matplotlib.pyplot",),
    )
    with ForkServer(10.0, required="weak", layers=layers) as server:
        first, second = (server.run(source, [Call("draw", ())])[0] for _ in range(2))
    assert (first.status, first.value) == (Status.RETURNED, "agg"), first.failure
    assert second.value == "agg"
