"""norm earns nothing (raised): a failure in a cell and line below zero."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode(("raised", 0.0, ("ValueError", "text", [[-7, -(2**70)]])))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
