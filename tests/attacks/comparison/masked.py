"""double earns nothing (wrong_value): what a masked array hides is compared."""

import numpy as np


def double(x):
    return np.ma.masked_array(np.full(x.shape, 9.0), mask=True)
