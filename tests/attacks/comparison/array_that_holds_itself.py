"""double earns nothing: an array whose one element is the array has an end for the encoder."""

import numpy as np


def double(x):
    array = np.empty((), object)
    array[()] = array
    return array
