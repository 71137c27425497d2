"""norm earns nothing (wrong_type): the printed number is not the number."""

import numpy as np


def norm(A):
    return str(np.sqrt((A**2).sum()))
