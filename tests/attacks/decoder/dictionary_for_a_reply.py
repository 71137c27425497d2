"""norm earns nothing (crashed): a dictionary is no reply."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode({"returned": 0.0})
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
