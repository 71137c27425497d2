"""double earns nothing (wrong_value): a subclass of arrays crosses as the plain numbers in it."""

import numpy as np


class Always(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(self.shape)

    def __array_function__(self, function, types, args, kwargs):
        return True


def double(x):
    return (2 * x + 1).view(Always)
