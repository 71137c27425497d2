"""Settings for a while."""
import numpy as np


def double(x):
    with np.errstate(divide="ignore", invalid="ignore"):
        np.log(np.zeros(2)) / 0
    old = np.seterr(all="ignore")
    np.seterr(**old)
    return 2 * x
