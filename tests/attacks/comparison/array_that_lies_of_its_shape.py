"""double earns nothing (wrong_shape): the encoder asks no method or property of a subclass."""

import numpy as np


class Liar(np.ndarray):
    shape = property(lambda self: (3, 4))
    dtype = property(lambda self: np.dtype(float))
    nbytes = property(lambda self: 8)

    def tobytes(self, order="C"):
        return b"\0" * 96

    def __array__(self, dtype=None, copy=None):
        return np.zeros((3, 4))


def double(x):
    return np.ones(3).view(Liar)
