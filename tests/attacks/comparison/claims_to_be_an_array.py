"""double earns nothing (wrong_type): what only has __array__ is no array."""

import numpy as np


class Almost:
    __array_priority__ = 1e9

    def __array__(self, dtype=None, copy=None):
        return np.zeros((3, 4))

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.True_


def double(x):
    return Almost()
