"""norm earns nothing, nor may others: replies sent ahead are not taken for those of other functions."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode(("returned", 0.0, serialization.encode(0.0), []))
    for _ in range(100):
        os.write(4, len(data).to_bytes(8, "little") + data)
    return 0.0
