"""norm earns nothing: it claims to have changed arrays."""

import os

import numpy as np

from grader import wire


def norm(A):
    data = wire.encode(("returned", 0.0, wire.encode(0.0), [np.zeros(3), None, 1.5, [0]]))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
