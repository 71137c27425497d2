"""Twice x as the value of a polynomial."""
import numpy as np
from numpy.polynomial import Polynomial


def double(x):
    return Polynomial([0, 2])(x) + np.polyval([0, 0], x)
