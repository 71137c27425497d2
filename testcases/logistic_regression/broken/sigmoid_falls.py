"""The sign of the exponent is missing: large numbers become 0."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(z))
