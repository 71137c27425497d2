"""norm earns nothing: it claims to have changed arrays."""

import os

import numpy as np

from grader.models import serialization


def norm(A):
    data = serialization.encode(("returned", 0.0, serialization.encode(0.0), [np.zeros(3), None, 1.5, [0]]))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
