"""double earns nothing (wrong_type): an array that claims a terabyte is too large to cross."""

import numpy as np


def double(x):
    return np.broadcast_to(0.0, (10**6, 10**6))
