"""double and norm earn nothing (not_deterministic): when one function differs, all others are run again."""

import numpy as np


def keep(shape):
    try:
        return np.kept
    except AttributeError:
        return None
    finally:
        np.kept = shape


def double(x):
    before = keep(x.shape)
    return 2 * x + (before == (4, 3) and x.shape == (5, 2))


def norm(A):
    before, np.seen = getattr(np, "seen", None), A.shape
    return np.sqrt((A**2).sum()) + (before == (4, 3) and A.shape == (5, 2))
