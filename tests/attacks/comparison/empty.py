"""double earns nothing (wrong_shape): no elements is not all elements right."""

import numpy as np


def double(x):
    return np.zeros((0, *x.shape[1:]))
