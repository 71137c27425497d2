"""norm earns nothing (crashed): an array where the kind of the reply belongs."""

import os

import numpy as np

from grader.models import serialization


def norm(A):
    data = serialization.encode((np.zeros(3), 0.0, []))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
