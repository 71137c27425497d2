"""double earns nothing (wrong_shape): a wrong answer of many megabytes is explained in time."""

import numpy as np


def double(x):
    return np.arange(4_000_000.0).reshape(2000, 2000)
