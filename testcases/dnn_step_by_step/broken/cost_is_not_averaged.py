"""The cost is the sum over the examples: it is not divided by their number."""

import numpy as np


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
