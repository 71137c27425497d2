"""Divisions by zero that are warned of and mended."""
import warnings

import numpy as np


def double(x):
    warnings.warn("about to divide")
    ratio = np.nan_to_num(np.array([1.0]) / np.zeros(1), posinf=2.0)
    return x * ratio[0]
