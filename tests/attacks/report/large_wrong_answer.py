"""double earns nothing (wrong_shape): of a wrong answer of many megabytes a corner is shown."""

import numpy as np


def double(x):
    return np.full((1000, 1000), -7.5)
