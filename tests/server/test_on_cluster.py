"""A Dask cluster grades what is submitted as this machine does."""

from __future__ import annotations

import pytest
from serving import Service

pytest.importorskip("distributed", reason="it needs Dask")

from grader.server.queue.on_cluster import Clusters, grade_some
from grader.server.standing import class_of
from grader.server.uploads import Received, accept


def test_a_cluster_grades_what_waits_and_then_nothing_waits(service: Service, notebooks: dict[str, bytes]):
    there = service.with_settings(cluster="local", workers=1).services
    offered = there.catalogue.find("small")
    assert offered
    for i, kind in enumerate(("wrong", "right")):
        accept(there, service.student, offered, Received(f"{i}.ipynb", notebooks[kind], {}), "page")

    with Clusters(there.settings) as clusters:
        assert grade_some(there, clusters, "tests") == 2
        assert grade_some(there, clusters, "tests") == 0

    with there.database.reading() as connection:
        (ann,) = class_of(connection, there, offered)
    assert [attempt.outline.points for attempt in ann.attempts if attempt.outline] == [0, 5]
    assert service.grade() == 0
