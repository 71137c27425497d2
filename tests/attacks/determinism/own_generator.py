"""norm earns nothing (wrong_value): a generator without a seed is seeded by entropy."""

import numpy as np


def norm(A):
    return np.sqrt((A**2).sum()) + np.random.default_rng().random()
