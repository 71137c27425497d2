"""double earns nothing (wrong_type): __class__ deceives isinstance, not the encoder."""

import numpy as np


class Masked:
    __class__ = np.ndarray
    shape = (3, 4)
    dtype = np.dtype(float)


def double(x):
    return Masked()
