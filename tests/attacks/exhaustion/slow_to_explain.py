"""double earns nothing (wrong_value): a large answer that is nearly right is explained in time."""

import numpy as np


def double(x):
    return np.where(np.eye(*x.shape), 2 * x + 1, 2 * x)
