"""double earns nothing (wrong_dtype): records are not numbers."""

import numpy as np


def double(x):
    return np.zeros(x.shape, [("value", float), ("__eq__", float)])
