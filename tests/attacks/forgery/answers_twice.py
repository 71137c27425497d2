"""norm earns nothing, nor may others: a second reply does not answer the next call."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode(("returned", 0.0, serialization.encode(0.0), []))
    os.write(4, len(data).to_bytes(8, "little") + data)
    return 0.0
