"""double earns nothing (wrong_value): differences that overflow are not small."""

import numpy as np


def double(x):
    return np.where(np.arange(x.size).reshape(x.shape) % 2, 1.7e308, -1.7e308)
