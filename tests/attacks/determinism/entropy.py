"""norm earns nothing: nor one that depends on entropy."""

import os

import numpy as np


def norm(A):
    return np.sqrt((A**2).sum()) + os.urandom(1)[0] / 10
