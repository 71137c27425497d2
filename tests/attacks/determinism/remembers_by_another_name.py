"""norm earns nothing (not_deterministic): nor by a module's part under another name."""

from sys import modules as kept

import numpy as np


def norm(A):
    before, kept["before"] = kept.pop("before", None), A.shape
    return np.sqrt((A**2).sum()) + (before == (4, 3) and A.shape == (5, 2))
