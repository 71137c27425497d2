"""A class that is graded on a cluster keeps the marks that people decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from machines import MARKS, ORDER

from grader.execution.dask_cluster import Cluster
from grader.execution.results_run import graded_into, unwatched
from grader.models.marking import Adjustment
from grader.results.adjustments import NAME, append, locked
from grader.submissions import Handed

pytestmark = MARKS

DECIDED = Adjustment("s01", "", "points", 1.5, "ada", "2026-11-29", "Talked about it.")


def test_an_adjustment_survives_a_grading_on_a_cluster(
    tmp_path: Path, cluster: Cluster, handed: list[Handed]
) -> None:
    folder = tmp_path / "results"
    for _ in range(2):
        graded_into(folder, cluster.header, ORDER, handed, cluster.grade_all, unwatched, only=True)
        if not (folder / NAME).exists():
            with locked(folder) as file:
                append(file, folder / NAME, [DECIDED])
            before = (folder / NAME).read_bytes()
    told = json.loads((folder / "results.json").read_text())["submissions"]
    assert next(one["mark"] for one in told if one["id"] == "s01") == 1.5
    assert "1.5 by ada on 2026-11-29: Talked about it." in (folder / "feedback/s01.html").read_text()
    assert (folder / NAME).read_bytes() == before
