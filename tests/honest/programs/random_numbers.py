"""Every generator there is, with and without a seed, for nothing."""
import random

import numpy as np


def double(x):
    np.random.seed(3)
    random.seed(3)
    noise = np.random.randn(*x.shape) + random.random() + np.random.default_rng().normal()
    return 2 * x + 0 * noise
