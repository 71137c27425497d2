"""norm earns nothing (raised): a failure that says nothing."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode(("raised", 0.0, None))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
