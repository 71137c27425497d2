"""norm earns nothing (not_deterministic): what is right in one order of calls is not right."""

import builtins

import numpy as np


def norm(A):
    before, builtins.before = getattr(builtins, "before", None), A.shape
    return np.sqrt((A**2).sum()) + (before == (4, 3) and A.shape == (5, 2))
