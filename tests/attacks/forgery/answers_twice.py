"""norm earns nothing, nor may others: a second reply does not answer the next call."""

import os

from grader import wire


def norm(A):
    data = wire.encode(("returned", 0.0, wire.encode(0.0), []))
    os.write(4, len(data).to_bytes(8, "little") + data)
    return 0.0
