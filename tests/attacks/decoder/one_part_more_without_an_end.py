"""norm earns nothing: its reply has one part more, of many megabytes."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode(("returned", 0.0, serialization.encode(0.0), [], b"\xff" * 50_000_000))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
