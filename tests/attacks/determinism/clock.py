"""norm earns nothing: an answer that depends on the time is not right by luck."""

import time

import numpy as np


def norm(A):
    return np.sqrt((A**2).sum()) * (1 + time.time_ns() % 1000)
