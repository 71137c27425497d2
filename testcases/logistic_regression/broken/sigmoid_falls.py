"""Large numbers become 0 and small ones 1, as without the minus in the exponent."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(z))
