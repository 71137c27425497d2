"""norm earns nothing (crashed): a reply without a word."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode([[], [], []])
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
