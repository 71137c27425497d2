"""double earns nothing (wrong_dtype): an array of objects is not an array of numbers."""

import numpy as np


class Everything:
    def __eq__(self, other):
        return True

    def __float__(self):
        return 0.0

    __hash__ = None


def double(x):
    return np.full(x.shape, Everything(), object)
