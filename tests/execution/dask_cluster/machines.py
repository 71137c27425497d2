"""Dask clusters on this machine, and what they are asked to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from grader.execution.dask_cluster import CHUNK
from grader.execution.grader import Order

ROOT = Path(__file__).parents[3]
COPIES = 5 * CHUNK
RIGHT = "import numpy as np\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
NOBODY = "tcp://127.0.0.1:9"
ORDER = Order(ROOT, "dnn_step_by_step", "tests", timeout=3.0, isolation="weak")

MARKS = [
    pytest.mark.xdist_group("cluster"),
    pytest.mark.filterwarnings("ignore:Port .* is already in use:UserWarning"),
]


@contextmanager
def started_here(workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers on this machine."""
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as started:
        yield started.scheduler_address
