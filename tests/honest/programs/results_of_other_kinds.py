"""A subclass of a dictionary, and a text of NumPy's."""
from collections import OrderedDict

import numpy as np


def tag(parameters, label):
    return OrderedDict(label=str(np.str_(label.upper())), W=parameters["W"] * np.int64(3))
