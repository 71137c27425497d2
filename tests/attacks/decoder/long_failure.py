"""norm earns nothing (raised): a failure of many megabytes."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode(("raised", 0.0, ("V" * 1_000_000, "x" * 5_000_000, [[1, 1]] * 1_000_000)))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
