"""tag earns nothing (wrong_shape): of the shape of an answer it is told that it is another one."""

import numpy as np


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    return {**right, "W": np.zeros((label.encode()[0], label.encode()[1]))}
