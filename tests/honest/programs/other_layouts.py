"""Arrays that lie in memory in another order."""
import numpy as np


def double(x):
    turned = np.asfortranarray(2 * x)[::-1][::-1]
    return turned.T.T.view()
