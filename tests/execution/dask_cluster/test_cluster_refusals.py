"""What is no cluster, or has workers that are not alike, is refused with the reason and what to do."""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
dask = pytest.importorskip("dask")

from machines import MARKS, NOBODY, ORDER, ROOT, started_here

from grader.assignments.course import Course
from grader.cli import main
from grader.errors import AssignmentError, UsageError
from grader.execution import dask_client
from grader.execution import dask_cluster as clusters
from grader.execution.dask_cluster import Assigned, Cluster
from grader.models.report import Isolation
from grader.sandbox.fork_server import ForkServer

pytestmark = MARKS


def test_a_worker_that_isolates_too_little_refuses(address: str, client: Any) -> None:
    weak = min(client.run(os.getpid))
    client.run(_without_layers, workers=[weak])
    try:
        with pytest.raises(UsageError, match=f"(?s)Worker {weak} refuses. .* strong is needed"):
            Cluster(dataclasses.replace(ORDER, isolation="strong"), address)
        with Cluster(dataclasses.replace(ORDER, seed="another"), address) as cluster:
            assert cluster.header.isolation.level == "weak"
    finally:
        client.run(_with_all_layers, workers=[weak])


def _without_layers() -> None:
    from grader.execution import grader

    grader.ForkServer = partial(grader.ForkServer, layers=())


def _with_all_layers() -> None:
    from grader.execution import grader

    grader.ForkServer = grader.ForkServer.func


@pytest.mark.parametrize(
    "agreed",
    [
        pytest.param({"numpy": "0.1"}, id="another NumPy"),
        pytest.param({"assignment_sha256": ""}, id="another assignment"),
        pytest.param({"isolation": Isolation("full", (), {})}, id="weaker isolation"),
    ],
)
def test_a_worker_that_joins_later_must_be_like_the_others(
    agreed: dict[str, Any], assigned: Assigned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.execution.grader.ForkServer", partial(ForkServer, layers=()))
    header = assigned.introduce()
    assert assigned.carry_out(header, [None]) == [None]
    with pytest.raises(UsageError, match="Worker tcp://late:1 came later and is not like the others"):
        assigned.carry_out(dataclasses.replace(header, **agreed), [None])


@pytest.mark.parametrize("name", ["grader", "numpy", "python"])
def test_a_worker_with_other_versions_is_refused(name: str, address: str, client: Any) -> None:
    other = min(client.run(os.getpid))
    client.run(_with_an_old, name, workers=[other])
    try:
        with pytest.raises(UsageError, match=f"Worker {other} has {name} 0.0.1, this machine "):
            Cluster(dataclasses.replace(ORDER, seed="another"), address)
    finally:
        client.run(_with_its_own, workers=[other])


def _with_an_old(name: str) -> None:
    from distributed import versions

    info = versions.get_package_info
    versions.get_package_info = lambda names: {**info(names), name: "0.0.1"}


def _with_its_own() -> None:
    import importlib

    from distributed import versions

    importlib.reload(versions)


def test_a_fault_of_the_order_is_known_before_anybody_is_asked() -> None:
    with pytest.raises(AssignmentError, match="there is no such file"):
        Cluster(dataclasses.replace(ORDER, assignment="nothing"), NOBODY)


def test_a_fault_that_a_worker_finds_is_told_with_the_path_here(
    address: str, small_course: Callable[..., Course]
) -> None:
    course = small_course()
    reference = course.solution("small")
    reference.write_text(reference.read_text().replace("2 * x", "1 / 0"))
    broken = dataclasses.replace(ORDER, course=course.root, assignment="small")
    with pytest.raises(UsageError, match=f"refuses. {re.escape(str(reference))}, line 11: double raised"):
        Cluster(broken, address)


def test_a_cluster_without_workers_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "STARTING", 0.5)
    with started_here(0) as address, pytest.raises(UsageError, match="no worker came within"):
        Cluster(ORDER, address)


@pytest.mark.parametrize("nowhere", [NOBODY, "somewhere", "http://127.0.0.1:9", "tls://127.0.0.1:9"])
def test_an_address_where_no_scheduler_is_ends_with_2(
    nowhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dask_client, "CONNECTING", 0.3)
    assert ended([nowhere], tmp_path) == 2
    assert f"\n{nowhere}: there is no Dask scheduler" in f"\n{capsys.readouterr().err}"


def test_without_dask_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "grader.execution.dask_cluster")
    monkeypatch.setitem(sys.modules, "dask", None)
    assert ended(["local"], tmp_path) == 2
    assert "pip install 'dask[distributed]'" in capsys.readouterr().err


def ended(cluster: list[str], folder: Path) -> int:
    """The exit status of grading one notebook by a cluster."""
    (folder / "a.ipynb").write_text("{}")
    paths = ["--course", str(ROOT), "--out", str(folder / "out"), str(folder / "a.ipynb")]
    with pytest.raises(SystemExit) as ending:
        main(["grade", "dnn_step_by_step", *paths, "--cluster", *cluster])
    return int(ending.value.code or 0)


def test_what_a_worker_raises_arrives_as_that_and_not_as_a_lost_scheduler() -> None:
    cluster = object.__new__(Cluster)
    cluster.address = NOBODY
    error = OSError(28, "No space left on device")
    failed = SimpleNamespace(exception=lambda: error, traceback=lambda: None)
    with pytest.raises(OSError, match="No space left"):
        cluster._received(clusters._Chunk([], 0, failed))  # type: ignore[arg-type]  # all that is asked of a future
