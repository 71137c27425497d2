"""norm earns nothing (wrong_type): several guesses are no answer."""

import numpy as np


def norm(A):
    return [np.sqrt((A**2).sum()), np.abs(A).sum()]
