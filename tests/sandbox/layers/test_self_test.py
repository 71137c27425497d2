"""Tests of the probes: each holds under its layer, and sings without it."""

from __future__ import annotations

import sys

import pytest

from .conftest import Run

LAYERS = {
    "rlimits": ("self_test.rlimits()", "rlimits.apply(rlimits.Limits(memory=64 << 20), footprint)"),
    "mounts": ("self_test.mounts('/etc/passwd')", "show_only('/usr')"),
    "landlock": ("self_test.landlock('/')", "read_only_below('/usr')"),
    "seccomp": ("self_test.seccomp()", "filter_calls()"),
}
"""Layer -> its probe, and how it is switched on; in an order in which all of them can be."""


@pytest.mark.parametrize("layer", LAYERS)
def test_a_probe_tells_whether_its_layer_is_on(run: Run, layer: str) -> None:
    probe, apply = LAYERS[layer]
    printed = run(f"""
        footprint = rlimits.footprint()
        print(self_test.tested(lambda: {probe}), flush=True)
        {apply}
        {probe}
        print("holds")
    """)
    assert printed == ["False", "holds"]


@pytest.mark.parametrize("layer", LAYERS)
def test_no_other_layer_makes_a_probe_hold(run: Run, layer: str) -> None:
    probe, _ = LAYERS[layer]
    others = [apply for name, (_, apply) in LAYERS.items() if name != layer]
    printed = run(f"""
        footprint = rlimits.footprint()
        {"; ".join(others)}
        try:
            {probe}
        except (self_test.BrokenLayerError, MemoryError) as broken:
            print("broken")
    """)
    assert printed == ["broken"]


def test_all_probes_hold_together(run: Run) -> None:
    printed = run("""
        footprint = rlimits.footprint()
        def everything():
            show_only("/usr")
            namespaces.drop_bounding_set()
            be_ordinary()
            namespaces.drop_capabilities()
            namespaces.forbid_new_privileges()
            namespaces.hide()
            ruleset = landlock.ruleset(["/usr"])
            program = seccomp.assemble(os.uname().machine)
            rlimits.apply(rlimits.Limits(memory=64 << 20), footprint)
            landlock.restrict_self(ruleset)
            seccomp.install(program)
        def probed():
            everything()
            self_test.seccomp()
            self_test.landlock("/")
            self_test.mounts("/etc/passwd")
            self_test.rlimits()
        print(self_test.tested(probed), self_test.tested(everything))
    """)
    assert printed == ["True True"]


def test_a_file_that_nobody_may_read_proves_nothing_about_landlock(run: Run) -> None:
    printed = run("""
        namespaces.forbid_new_privileges()
        try:
            self_test.landlock("/no/such/file")
        except self_test.BrokenLayerError as error:
            print(error)
    """)
    assert printed == ["/no/such/file is not readable anyway, so it proves nothing"]


def test_a_fork_refused_by_a_limit_proves_nothing_about_seccomp(run: Run) -> None:
    printed = run("""
        be_ordinary()
        def refuse(*_):
            raise PermissionError(errno.EPERM, "as the filter would")
        socket.socket = refuse
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        try:
            self_test.seccomp()
        except self_test.BrokenLayerError as error:
            print(error)
    """)
    assert printed == ["refused for another reason: Resource temporarily unavailable"]


def test_one_refusal_of_two_proves_nothing_about_seccomp(run: Run) -> None:
    printed = run("""
        def refuse():
            raise PermissionError(errno.EPERM, "as the filter would")
        os.fork = refuse
        try:
            self_test.seccomp()
        except self_test.BrokenLayerError as error:
            print(error)
    """)
    assert printed == ["a socket was opened"]


def test_a_limit_that_could_be_raised_again_does_not_hold(run: Run) -> None:
    printed = run("""
        mapped = rlimits.footprint().address_space
        resource.setrlimit(resource.RLIMIT_AS, (mapped + (64 << 20), mapped + (128 << 20)))
        try:
            self_test.rlimits()
        except self_test.BrokenLayerError as error:
            print(error)
    """)
    assert printed == ["memory has no final limit"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("pass", "True", id="it returned"),
        pytest.param("raise ValueError", "False", id="it raised"),
        pytest.param("raise SystemExit(0)", "False", id="it asked for a clean exit"),
        pytest.param("os.kill(os.getpid(), 9)", "False", id="it was killed"),
        pytest.param("os._exit(3)", "False", id="it left on its own"),
    ],
)
def test_only_a_probe_that_returns_counts(run: Run, body: str, expected: str) -> None:
    printed = run(f"""
        def probe():
            {body}
        print(self_test.tested(probe))
    """)
    assert printed == [expected]


def test_what_a_probe_does_stays_in_its_child(run: Run) -> None:
    printed = run("""
        print(self_test.tested(lambda: os.chdir("/usr")), os.getcwd())
    """)
    assert printed == ["True /"]


def test_the_layers_need_nothing_but_each_other_and_the_standard_library(run: Run) -> None:
    loaded = set(run("print(*{name.split('.')[0] for name in sys.modules})")[0].split())
    assert loaded - sys.stdlib_module_names <= {"layers", "__main__"}
