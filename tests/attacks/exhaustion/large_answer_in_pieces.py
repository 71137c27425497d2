"""tag earns nothing: large arrays under names of their own."""

import numpy as np


def tag(parameters, label):
    return {f"W{i}": np.ones(100_000) for i in range(70)}
