"""Numbers in other clothes than the reference's."""
import math

import numpy as np


def norm(A):
    return np.float32(0) + float(np.longdouble(math.sqrt(float((A**2).sum()))))
