"""A cluster of two workers on this machine, and what it grades; skipped where Dask is not installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.submissions import Handed, find

if TYPE_CHECKING:
    from grader.execution.dask_cluster import Assigned, Cluster

# Dask is imported by fixtures alone: this file is read where it is not installed, too.


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory, notebook: Callable[..., bytes]) -> list[Handed]:
    """Right ones, wrong ones, one that is no notebook, one that cannot be read, and one of nobody."""
    from machines import COPIES, RIGHT

    folder = tmp_path_factory.mktemp("submissions")
    for i in range(COPIES):
        data = notebook(RIGHT if i % 4 else RIGHT.replace("+ b", f"+ {i}")) if i != 3 else b"\x00\xff"
        (folder / f"s{i:02}.ipynb").write_bytes(data)
    (folder / "s05.ipynb").unlink()
    (folder / "s05.ipynb").symlink_to("s06.ipynb")
    return [*find([folder]), Handed("absent", "", absent=True)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a scheduler with two workers, which the tests share."""
    from machines import started_here

    with started_here(2) as started:
        yield started


@pytest.fixture(scope="module")
def cluster(address: str) -> Iterator[Cluster]:
    """What carries out `ORDER` there. Other tests take another seed, so that they end something else."""
    from machines import ORDER

    from grader.execution.dask_cluster import Cluster

    with Cluster(ORDER, address) as one:
        yield one


@pytest.fixture
def client(address: str) -> Iterator[Any]:
    """A client of the workers beside the cluster that is tested."""
    import distributed

    with distributed.Client(address, set_as_default=False) as one:
        yield one


@pytest.fixture
def assigned() -> Iterator[Assigned]:
    """What a worker is given, in this process."""
    from machines import ORDER, ROOT

    from grader.execution import dask_cluster as clusters

    one = clusters.Assigned(ORDER, clusters._files(load(Course(ROOT), ORDER.assignment)))
    one.setup(SimpleNamespace(address="tcp://late:1"))
    yield one
    one._close()
