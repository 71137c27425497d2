"""norm earns nothing: arrays where the parts of a failure belong."""

import os

import numpy as np

from grader.models import serialization


def norm(A):
    data = serialization.encode(("raised", 0.0, (np.zeros(3), np.zeros(3), np.zeros(3))))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
