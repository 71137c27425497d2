"""As many processes grade as there are cores to use, each on a core that no other grader is on."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from grader.execution import cores

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
linux = pytest.mark.skipif(sys.platform != "linux", reason="cores are chosen on Linux only")


@pytest.fixture
def groups(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """A function that makes control groups: the file that names them, and where they are mounted."""

    def make(named: str, **files: str) -> tuple[Path, Path]:
        (tmp_path / "cgroup").write_text(named)
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return tmp_path / "cgroup", tmp_path / "sys"

    return make


@pytest.mark.parametrize(
    ("named", "files", "limit"),
    [
        pytest.param("0::/\n", {}, math.inf, id="none"),
        pytest.param("0::/\n", {"sys/cpu.max": "max 100000\n"}, math.inf, id="version 2, no limit"),
        pytest.param("0::/\n", {"sys/cpu.max": "150000 100000\n"}, 1.5, id="version 2, in a container"),
        pytest.param("0::/a/b\n", {"sys/a/cpu.max": "200000 100000\n"}, 2, id="version 2, of a group around"),
        pytest.param(
            "0::/a/b\n",
            {"sys/a/cpu.max": "200000 100000\n", "sys/a/b/cpu.max": "50000 100000\n"},
            0.5,
            id="the least of several",
        ),
        pytest.param(
            "3:cpu,cpuacct:/a\n1:name=systemd:/\n0::/\n",
            {
                "sys/cpu,cpuacct/a/cpu.cfs_quota_us": "300000\n",
                "sys/cpu,cpuacct/a/cpu.cfs_period_us": "100000\n",
            },
            3,
            id="version 1",
        ),
        pytest.param(
            "3:cpu:/docker/12ab\n",
            {"sys/cpu/cpu.cfs_quota_us": "300000\n", "sys/cpu/cpu.cfs_period_us": "100000\n"},
            3,
            id="version 1, in a container that sees its own group alone",
        ),
        pytest.param(
            "3:cpu:/\n",
            {"sys/cpu/cpu.cfs_quota_us": "-1\n", "sys/cpu/cpu.cfs_period_us": "100000\n"},
            math.inf,
            id="version 1, no limit",
        ),
        pytest.param("4:cpuset:/a\n", {"sys/cpuset/a/cpu.max": "1 1\n"}, math.inf, id="another controller"),
        pytest.param("0::/\n", {"sys/cpu.max": "nonsense\n"}, math.inf, id="nonsense"),
        pytest.param(
            "0::/../..\n", {"sys/cpu.max": "max 100000\n"}, math.inf, id="outside of what is mounted"
        ),
    ],
)
def test_a_quota_is_what_the_control_groups_say(
    groups: Callable[..., tuple[Path, Path]], named: str, files: dict[str, str], limit: float
) -> None:
    assert cores.quota(*groups(named, **files)) == limit


def test_there_is_no_quota_where_there_are_no_control_groups(tmp_path: Path) -> None:
    assert cores.quota(tmp_path / "absent", tmp_path) == math.inf


@pytest.mark.parametrize(
    ("quota", "usable"),
    [
        pytest.param(math.inf, 4, id="no quota"),
        pytest.param(1.5, 2, id="a part of a core is one more process"),
        pytest.param(0.1, 1, id="at least one"),
        pytest.param(64, 4, id="more than there are"),
    ],
)
def test_cores_that_may_be_used_are_counted(
    monkeypatch: pytest.MonkeyPatch, quota: float, usable: int
) -> None:
    monkeypatch.setattr(cores, "allowed", lambda: [0, 2, 4, 6])
    monkeypatch.setattr(cores, "quota", lambda: quota)
    assert cores.usable() == usable


@linux
def test_a_core_that_one_may_not_run_on_is_not_counted() -> None:
    code = (
        f"import os; os.sched_setaffinity(0, {CORES[:1]}); "
        "from grader.execution.cores import usable; print(usable())"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"1\n"


WORKER = """
import os, sys
from grader.execution import cores
cores.CLAIM, cores.quota = "\\0" + sys.argv[1], lambda: float(sys.argv[3])
cores.stay_on_one(int(sys.argv[2]))
print(*sorted(os.sched_getaffinity(0)), flush=True)
sys.stdin.read()
"""
CLAIM = f"cores of test {os.getpid()} "  # which other graders of this machine do not look at


@contextmanager
def worker(number: int, quota: float = math.inf) -> Iterator[list[int]]:
    """The cores that a worker stays on, as long as it is at work."""
    command = [sys.executable, "-c", WORKER, CLAIM, str(number), str(quota)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin:
            yield [int(core) for core in process.stdout.readline().split()]


@linux
@pytest.mark.parametrize(
    "number", [0, 1, len(CORES)], ids=["first", "second", "one more than there are cores"]
)
def test_a_worker_stays_on_one_core(number: int) -> None:
    with worker(number) as on:
        assert on == [CORES[number % len(CORES)]]


@linux
def test_workers_of_two_graders_are_not_on_the_same_core() -> None:
    with ExitStack() as stack:
        on = [stack.enter_context(worker(0)) for _ in CORES]
        assert sorted(on) == [[core] for core in CORES]
        assert stack.enter_context(worker(0)) == CORES  # it stays on none: all are taken


@linux
def test_a_core_is_free_again_when_its_worker_has_ended() -> None:
    for _ in range(2):
        with worker(0) as on:
            assert on == CORES[:1]


@linux
@pytest.mark.skipif(len(CORES) == 1, reason="no quota is less than one core")
def test_under_a_quota_a_worker_stays_on_no_core() -> None:
    with worker(0, quota=1) as on:
        assert on == CORES
