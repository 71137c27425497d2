"""A process that answers may have as many connections as the machine allows."""

from __future__ import annotations

import subprocess
import sys

import pytest

RAISED = """
import resource, sys
from grader.server.web import allow_connections

soft, hard = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
allow_connections()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "allowed"),
    [
        pytest.param(256, 700, 700, id="all that the machine allows"),
        pytest.param(700, 700, 700, id="nothing more to have"),
    ],
)
def test_it_may_open_more_descriptors_than_usual(soft: int, hard: int, allowed: int) -> None:
    command = [sys.executable, "-c", RAISED, str(soft), str(hard)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == [str(allowed), str(hard)]
