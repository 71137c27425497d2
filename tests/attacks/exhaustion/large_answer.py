"""double earns nothing (wrong_type): more bytes than are taken."""

import numpy as np


def double(x):
    return np.ones(9 << 20)
